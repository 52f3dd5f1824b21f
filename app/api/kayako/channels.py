"""Channels and mailboxes."""

from app.api.auth import caller
from app.api.kayako.envelope import Many
from app.api.kayako.finding import case_at, one_at
from app.api.kayako.listing import few
from app.api.kayako.paging import Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.channels import CHANNEL, Channel, channel_of, spoken
from app.api.kayako.views.mailboxes import MAILBOX, every_mailbox
from app.api.kayako.words import NOTE
from app.api.lenient import Lenient, number
from app.cases.models import PostKind
from app.cases.posts import channels_used
from app.people.access import Act
from app.people.persons import person_numbered


class ForWhom(Lenient):
    """For whom a case is to be opened."""

    user_id = number()


@route("/cases/channels", "GET", Act.READ_CASES, asks=ForWhom, shows=CHANNEL, many=True)
def for_new(asked: Json) -> Answer:
    """The channels through which a case can be opened, for the caller or for somebody else."""
    person = person_numbered(asked["user_id"], field="user_id") if "user_id" in asked else caller().person
    return _all(spoken(every_mailbox() if person and person.email else ()))


@route("/cases/<case>/reply/channels", "GET", Act.READ_CASES, shows=CHANNEL, many=True)
def for_reply(case: str) -> Answer:
    """The channels through which a case can be answered."""
    requester = case_at(case).requester
    return _all(spoken(every_mailbox() if requester.email else ()))


@route("/cases/<case>/channels", "GET", Act.READ_CASES, shows=CHANNEL, many=True)
def used(case: str) -> Answer:
    """The channels through which something was written on a case."""
    found = channels_used(case_at(case))
    return _all([*dict.fromkeys(Channel(NOTE) if kind is PostKind.NOTE else channel_of(one) for one, kind in found)])


def _all(channels: list[Channel]) -> Many:
    return Many(CHANNEL, channels, len(channels))


@route("/mailboxes", "GET", Act.READ_CASES, asks=Paged, shows=MAILBOX, many=True)
def mailboxes(asked: Json) -> Answer:
    """The mailbox of the support address, and further ones."""
    return few(MAILBOX, [*every_mailbox().values()], asked)


@route("/mailboxes/<mailbox>", "GET", Act.READ_CASES, shows=MAILBOX)
def mailbox(mailbox: str) -> Answer:
    """One mailbox."""
    return one_at(MAILBOX, mailbox)
