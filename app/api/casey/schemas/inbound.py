"""What is asked of received mail."""

from marshmallow import fields

from app.api.casey.schemas.fields import Page, Strict, one_of
from app.mail.models import Outcome


class InboundPage(Page):
    """Query of the list of received mails."""

    outcome = one_of(Outcome, load_default=None)


class Replay(Strict):
    """Query of POST /inbound/{uuid}/replay."""

    dry_run = fields.Boolean(load_default=False, error_messages={"invalid": "This must be true or false."})
