"""How a page of the team is shown: with who is signed in, and the ways to the others."""

from typing import Any
from uuid import UUID

from flask import Response
from flask_wtf import FlaskForm

from app.people.access import Act, can
from app.portal.pages import page
from app.portal.team.session import member


class Button(FlaskForm):  # type: ignore[misc]
    """A form of one button: all it carries is the token that no other site knows."""


def team_page(template: str, status: int = 200, /, *, frames: bool = False, **values: Any) -> Response:
    """A page below ``portal/team/`` for the member who is signed in, in his language and time zone."""
    reader = member()
    operator = can(reader.role, Act.READ_CONFIG)
    shown: dict[str, Any] = {"button": Button(), "operator": operator} | values
    return page(f"team/{template}", status, reader=reader, frames=frames, **shown)


def named_uuid(text: str | None) -> UUID | None:
    """The uuid that a form names, if it is one."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
