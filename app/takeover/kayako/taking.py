"""Taking over an account of Kayako: how it is set up, then everybody, then every case.

Its list of cases begins with those that changed last, so that cases move in it while it is read, and one that leaves it
lets those behind it move over the edge of a page, where nobody sees them. Ids do not move: the list is read once, for
the highest of them, and then every stretch of ids from the first on, in which it does not matter what changes, until
there is nothing in one behind the highest. What has no place in the list, such as spam and the trash, is found by its
id too. How far that got is noted after each stretch.

The list of users begins with the newest. Who comes meanwhile lets somebody be seen twice, and who is missed since
somebody left comes with the first case that names him.
"""

from collections import Counter
from functools import partial

from app.cases.custom_fields import FieldLevel
from app.takeover.answers import Json, NotRead
from app.takeover.kayako.cases import WHOLE_CASES, KayakoAccount
from app.takeover.kayako.fields import WHOLE_FIELDS, OwnFields, of_its_own, take_field, take_form
from app.takeover.kayako.people import WHOLE_USERS, Everybody, take_titled
from app.takeover.kayako.source import KayakoSource
from app.takeover.running import Run, Tell
from app.takeover.source import AT_ONCE

FIELDS = {
    FieldLevel.CASE: "/cases/fields",
    FieldLevel.PERSON: "/users/fields",
    FieldLevel.ORGANIZATION: "/organizations/fields",
}
WHOLE_ORGANIZATIONS = "identity_domain,contact_address"
HIGHEST_ID = 2**31 - 1


def take_over(source: KayakoSource, tell: Tell) -> Counter[str]:
    """Take over everybody and every case, as a Run does."""
    run = Run(source, tell)
    everybody = Everybody(_fields(run, source))
    forms = [one for one in source.rows("/cases/forms", include=WHOLE_FIELDS) if one.get("is_enabled") is not False]
    run.each("forms", forms, lambda _, row: take_form(row))
    run.each("teams", source.rows("/teams"), take_titled)
    organizations = source.rows("/organizations", include=WHOLE_ORGANIZATIONS)
    run.each("organizations", organizations, everybody.take_organization)
    _users(run, source, everybody)
    _cases(run, source, KayakoAccount(source, run.takeover_id, everybody))
    return run.finished()


def _fields(run: Run, source: KayakoSource) -> OwnFields:
    """The account's own fields, which are here afterwards."""
    rows = {level: of_its_own(source.rows(path, include=WHOLE_FIELDS)) for level, path in FIELDS.items()}
    for level, some in rows.items():
        run.each("fields", some, partial(lambda level, _, row: take_field(level, row), level))
    return OwnFields(rows)


def _users(run: Run, source: KayakoSource, everybody: Everybody) -> None:
    for page in source.pages("/users", run.position("place of users"), include=WHOLE_USERS):
        run.each("users", page.rows, everybody.take_user)
        run.reached("place of users", page.following)


def _cases(run: Run, source: KayakoSource, account: KayakoAccount) -> None:
    """Every case, from the oldest on. Those that were merged are told in those that they were merged into."""
    highest, last = _highest(run, source), run.position("last case") or 0
    found: list[Json] = []
    while found or last < highest:
        first, last = last + 1, last + AT_ONCE
        found = _between(source, first, last)
        run.cases(account, [one for one in found if not one.get("is_merged")])
        run.reached("last case", last)


def _highest(run: Run, source: KayakoSource) -> int:
    """The highest id of a case that the list shows, or showed when that was begun from which this goes on."""
    known: int | None = run.position("highest case")
    if known is None:
        known = max((_id(source, row) for row in source.rows("/cases", fields="id")), default=0)
        run.reached("highest case", known)
    return known


def _id(source: KayakoSource, row: Json) -> int:
    found = row.get("id")
    if not isinstance(found, int) or not 0 < found <= HIGHEST_ID:
        raise NotRead(f"{source.url} has a case whose id is no number of ours. Is it the address of an account?")
    return found


def _between(source: KayakoSource, first: int, last: int) -> list[Json]:
    """The cases with these ids, from the oldest on."""
    ids = ",".join(map(str, range(first, last + 1)))
    rows = source.rows("/cases", ids=ids, include=WHOLE_CASES, fields="+tags")
    return sorted((one for one in rows if first <= _id(source, one) <= last), key=lambda one: int(one["id"]))
