"""What is asked and said about identities."""

from app.api.kayako.paging import Paged
from app.api.lenient import Lenient, flag, number, text
from app.people.identities import LONGEST


class Identities(Paged):
    """Query of GET /identities/{kind}."""

    user_id = number()


class Domains(Paged):
    """Query of GET /identities/domains."""

    organization_id = number()


class IdentityChange(Lenient):
    """Body of PUT /identities/{kind}/{id}."""

    is_primary = flag()
    is_validated = flag()
    is_notification_enabled = flag()


class NewEmail(IdentityChange):
    """Body of POST /identities/emails."""

    user_id = number(required=True)
    email = text(LONGEST, least=1, required=True)


class NewPhone(IdentityChange):
    """Body of POST /identities/phones."""

    user_id = number(required=True)
    number = text(LONGEST, least=1, required=True)


class NewTwitter(IdentityChange):
    """Body of POST /identities/twitter."""

    user_id = number(required=True)
    screen_name = text(LONGEST, least=1, required=True)


class NewFacebook(IdentityChange):
    """Body of POST /identities/facebook."""

    user_id = number(required=True)
    user_name = text(LONGEST, least=1, required=True)


class NewDomain(Lenient):
    """Body of POST /identities/domains."""

    organization_id = number(required=True)
    domain = text(255, least=1, required=True)
