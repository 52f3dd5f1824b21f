"""What a house has in it when its native API is fuzzed: something for each thing that can be done."""

from app.cases.links import Purpose, secret_of
from tests.e2e.fuzzing.casey.conversations import cases, conversations
from tests.e2e.fuzzing.casey.mailing import codes, links, mails, sent
from tests.e2e.fuzzing.casey.making import BEN, made
from tests.e2e.fuzzing.furnished import Furnished, Ready
from tests.house import House
from tests.work import work_until_quiet

OURS = "info@example.com"


def furnish(house: House) -> Furnished:
    """Bring in those whom the examples of the document name, and what waits for something to be done with it."""
    house.start("web", CASEY_API_RATE_LIMIT="1000000", CASEY_MAIL_ALIASES=OURS)
    ready = {**_people(house), **conversations(house), **cases(house), **mails(house), **_work(house)}
    _settings(house)
    with house.inside() as app:
        work_until_quiet(app)
        link = secret_of(links(Purpose.CASE)[0])
    keys = {"/": f"Bearer {house.key}", "/public/": f"Link {link}"}
    return Furnished({**ready, **sent(house), **codes(house)}, keys)


def _people(house: House) -> Ready:
    made(house, "/organizations", {"name": "Other Ltd."})
    team = made(house, "/teams", {"name": "Tools"})["uuid"]
    ben = made(house, "/persons", {"name": "Ben Foo", "email": BEN, "team": True})["uuid"]
    made(house, f"/teams/{team}/members", {"person": ben})
    twice = [{"name": "Somebody", "email": f"somebody.twice.{number}@other.tld"} for number in range(4)]
    doubles = [made(house, "/persons", one)["uuid"] for one in twice]
    for number, double in enumerate(doubles):
        made(house, f"/persons/{double}/identities", {"value": f"twice.{number}@home.test"})
    return {"/persons/{uuid}/merge": [[one] for one in doubles], "/teams/{uuid}/members": [[team, ben]]}


def _work(house: House) -> Ready:
    """Jobs that have made a file."""
    jobs = [made(house, "/exports/cases", {"format": one})["uuid"] for one in ("csv", "ndjson")]
    return {"/jobs/{uuid}/file": [[one] for one in jobs]}


def _settings(house: House) -> None:
    """Definitions of the operator's own, a mailbox to be read, and somebody to be told."""
    made(house, "/fields", {"level": "case", "key": "order_number", "type": "text", "title": "Order number"})
    made(house, "/statuses", {"label": "Waiting for parts", "base": "waiting"})
    made(house, "/filters", {"name": "Mine", "query": {"status": "open"}})
    made(house, "/mailboxes", {"address": OURS, "username": "info", "server": "mail.example.com", "password": "it"})
    for _ in range(3):
        webhook = made(house, "/webhooks", {"url": "https://shop.example.com/casey"})["uuid"]
        made(house, f"/webhooks/{webhook}/test")
