"""What is asked and said about users."""

from app.api.kayako.paging import Paged
from app.api.kayako.schemas.fields import numbers, parts, words
from app.api.lenient import flag
from app.people.models import Role


class Users(Paged):
    """Query of GET /users."""

    role = words([one.upper() for one in Role])
    team = numbers()
    organization = numbers()
    ids = numbers()
    legacy_ids = parts()
    is_enabled = flag()


class Members(Paged):
    """Query of GET /teams/{id}/members and /organizations/{id}/members."""

    is_enabled = flag()


class Known(Paged):
    """Query of a list that can be asked for by the ids of the integrator's own."""

    legacy_ids = parts()
