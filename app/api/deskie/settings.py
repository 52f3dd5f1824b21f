"""How the house is set up: fields of the operator's own, languages, addresses."""

from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.pages import Paged, page_asked
from app.api.deskie.views.settings import (
    LEVELS,
    AddressList,
    FieldList,
    LanguageList,
    address_row,
    field_row,
    language_rows,
)
from app.api.deskie.views.shapes import numbered
from app.cases.field_definitions import numbered_fields
from app.listing.numbered import Numbered
from app.mail.our_addresses import our_addresses
from app.people.access import Act


@route("/custom_fields.json", "GET", Act.READ_CASES, asks=Paged, answers=FieldList)
def custom_fields(asked: Json) -> Answer:
    """The operator's own fields of cases and users."""
    found = numbered_fields([*LEVELS], page_asked(asked))
    return numbered("custom_field", map(field_row, found.rows), found.total)


@route("/languages.json", "GET", Act.READ_CASES, asks=Paged, answers=LanguageList)
def languages(asked: Json) -> Answer:
    """The languages there are."""
    return _page("language", language_rows(), page_asked(asked))


@route("/client_emails.json", "GET", Act.READ_CASES, asks=Paged, answers=AddressList)
def client_emails(asked: Json) -> Answer:
    """The support address, its aliases, and those of further mailboxes."""
    return _page("client_emails", [address_row(one) for one in our_addresses()], page_asked(asked))


def _page(name: str, rows: list[Json], page: Numbered) -> Json:
    return numbered(name, rows[page.before : page.before + page.limit], len(rows))
