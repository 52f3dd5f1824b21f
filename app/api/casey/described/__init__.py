"""What the OpenAPI document says besides what marshmallow knows: rules that span members, examples, links."""
