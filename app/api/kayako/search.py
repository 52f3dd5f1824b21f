"""Searching for cases, users and organizations."""

import re
from collections.abc import Mapping

from app.api.auth import caller, check_allowed
from app.api.kayako.envelope import Many
from app.api.kayako.paging import Offset
from app.api.kayako.people import under_their_names
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.search import Searched
from app.api.kayako.views.search import RESULT
from app.cases.findings import Kind, findings
from app.people.access import Act

WORDS: Mapping[str, Kind] = {
    "CASES": Kind.CASES,
    "CONVERSATIONS": Kind.CASES,
    "USERS": Kind.PERSONS,
    "ORGANIZATIONS": Kind.ORGANIZATIONS,
}
WHERE = re.compile(r"(?:^|\s)in:(\w+)", re.ASCII)
# Which kinds need more than what every search needs.
NEEDED = {Kind.PERSONS: Act.READ_PERSONS, Kind.ORGANIZATIONS: Act.READ_PERSONS}


@route("/search", "GET", Act.READ_CASES, asks=Searched, shows=RESULT, many=True, scope="search")
def index(asked: Json) -> Answer:
    """What has all these words: cases, then users, then organizations, the newest of each first."""
    page = Offset.asked(asked)
    with under_their_names(q="query"):
        found = findings(WHERE.sub(" ", asked["query"]), _kinds(asked), page.skip + page.limit + 1)
    return Many(RESULT, found[page.skip : page.skip + page.limit], len(found), page)


def _kinds(asked: Json) -> list[Kind]:
    """What to look for: what is asked for, in ``resources`` or in the words, else all that the caller may see.

    Raises Forbidden.
    """
    named = [*asked.get("resources", ()), *(one.upper() for one in WHERE.findall(asked["query"]))]
    wanted = list(dict.fromkeys(WORDS[one] for one in named if one in WORDS))
    if not wanted:
        return [kind for kind in Kind if kind not in NEEDED or caller().allows(NEEDED[kind])]
    for kind in wanted:
        if kind in NEEDED:
            check_allowed(caller(), NEEDED[kind])
    return wanted
