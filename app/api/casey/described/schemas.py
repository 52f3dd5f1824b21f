"""How a schema is put into the document: with patterns as JSON Schema has them, and what the schema itself tells."""

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields, validate

from app.api.casey.schemas.told import Json


def pattern_of(regex: str) -> str:
    """The same for JSON Schema, which searches where marshmallow matches from the beginning, and has no ``\\Z``.

    That nothing passes too, lest two sentences be said of it, is left out: there is a least length for that.
    """
    written = regex.removesuffix(r"|\Z").replace(r"\Z", "$")
    return f"^(?:{written})" if "|" in written else f"^{written}"


class Converter(OpenAPIConverter):
    """Makes JSON Schema of schemas and their fields."""

    def field2pattern(self, field: fields.Field[Any], **_: Any) -> Json:
        """All patterns that a text must match."""
        found = [pattern_of(str(one.regex.pattern)) for one in field.validators if isinstance(one, validate.Regexp)]
        if len(found) < 2:
            return {"pattern": found[0]} if found else {}
        return {"allOf": [{"pattern": one} for one in found]}

    def schema2jsonschema(self, schema: Schema) -> Json:
        """The members of a schema, and what it tells besides."""
        found: Json = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
        told = getattr(schema, "told", None)
        return {**found, **told(self.resolve_nested_schema)} if told else found


class Plugin(MarshmallowPlugin):
    """Marshmallow's schemas in our document."""

    Converter = Converter
