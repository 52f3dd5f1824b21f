"""The operator's own look: his colour, made readable in daylight and in the dark; and whence his logo comes."""

import hashlib
from urllib.parse import urlsplit

from flask import Blueprint, Response

from app.colors import DARK, DAYLIGHT, breath_of, readable, readable_on
from app.config import settings

A_YEAR = 365 * 24 * 60 * 60

bp = Blueprint("branding", __name__)


@bp.get("/brand/<version>.css")
def stylesheet(version: str) -> Response:
    """The colours alone. The version in the address changes with them."""
    response = Response(_stylesheet(settings().brand_color), content_type="text/css; charset=utf-8")
    fresh = version == brand_version()
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if fresh else "no-store"
    return response


def brand_version() -> str:
    """What changes whenever the colours do."""
    return hashlib.sha256(settings().brand_color.encode()).hexdigest()[:12]


def logo_origin() -> str:
    """The one place outside from which a picture is taken, as a policy names it."""
    logo = settings().brand_logo
    where = urlsplit(logo) if logo else None
    return f" {where.scheme}://{where.netloc}" if where else ""


def _stylesheet(color: str) -> str:
    light, dark = readable(color, on=DAYLIGHT), readable(color, on=DARK)
    return (
        f":root {{ {_tokens(light)} --tint: {breath_of(light, DAYLIGHT)}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_tokens(dark)} --tint: {breath_of(dark, DARK)}; }} }}\n"
    )


def _tokens(accent: str) -> str:
    return f"--accent: {accent}; --on-accent: {readable_on(accent)};"
