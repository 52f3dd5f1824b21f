"""Settings."""

from marshmallow import INCLUDE, fields

from app.api.casey.views.shapes import Shape, many


class Settings(Shape):
    """Every setting by its wire name; secrets are masked."""

    class Meta:
        unknown = INCLUDE


class Committed(Shape):
    """The names of the settings that were written into the configuration file."""

    committed = many(fields.String())
