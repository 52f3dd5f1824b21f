"""Settings."""

from marshmallow import fields

from app.api.casey.schemas.settings import told_of_setting
from app.api.casey.views.shapes import Shape, many
from app.config.settings import DECLARED

Settings = Shape.from_dict(
    {name: fields.Raw(required=True, allow_none=True, metadata=told_of_setting(name)) for name in DECLARED},
    name="Settings",
)


class Committed(Shape):
    """The names of the settings that were written into the configuration file."""

    committed = many(fields.String())
