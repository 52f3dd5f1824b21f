"""What is asked of the search, and of the completion of what somebody writes."""

from app.api.kayako.paging import USUAL, Paged
from app.api.kayako.schemas.fields import numbers, words
from app.api.lenient import Lenient, number, text
from app.cases.findings import FARTHEST
from app.cases.words import LONGEST
from app.people.models import Role

RESOURCES = ("CASES", "CONVERSATIONS", "USERS", "ORGANIZATIONS")


class Searched(Paged):
    """Query of GET /search."""

    query = text(LONGEST, least=1, required=True)
    resources = words(RESOURCES)
    offset = number(most=FARTHEST, load_default=0)


class Completed(Lenient):
    """Query of the completions."""

    name = text(LONGEST, required=True)
    limit = number(least=1, load_default=USUAL)


class CompletedAddresses(Lenient):
    """Query of GET /autocomplete/emails."""

    address = text(LONGEST, required=True)
    limit = number(least=1, load_default=USUAL)


class CompletedUsers(Completed):
    """Query of GET /autocomplete/users."""

    within = words([f"{one.upper()}S" for one in Role], data_key="in")
    but = numbers(data_key="exclude", load_default=list)
