"""Parameters of lists that may have several values: in whatever form an array comes, and at most twenty of them."""

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.api.deskie.client import Deskie
from tests.api.deskie.conftest import Staff
from tests.api.deskie.listed import listed
from tests.api_client import Api
from tests.cast import Cast

Pairs = list[tuple[str, Any]]
Said = dict[str, Any]

FORMS: dict[str, Callable[[str, Iterable[Any]], Pairs]] = {
    "k=v&k=w": lambda name, values: [(name, one) for one in values],
    "k[]=v&k[]=w": lambda name, values: [(f"{name}[]", one) for one in values],
    "k[0]=v&k[1]=w": lambda name, values: [(f"{name}[{number}]", one) for number, one in enumerate(values)],
    "k[1]=v&k[2]=w": lambda name, values: [(f"{name}[{number}]", one) for number, one in enumerate(values, start=1)],
}
OF_CASES = (
    *("user_id", "user_email", "user_phone", "user_custom_id", "subject", "staff_id", "group_id", "channel"),
    *("priority", "status", "labels", "company_id", "participant_id", "custom_fields[cf_1]", "custom_fields[cf_2]"),
)
OF_USERS = ("user_email", "user_phone", "user_custom_id", "company_id", "language_id", "custom_fields[cf_2]")
OF_COMPANIES = ("company_name", "company_domains")
LISTS = {"case": ("cases", OF_CASES), "user": ("users", OF_USERS), "company": ("companies", OF_COMPANIES)}
each_list = pytest.mark.parametrize("kind", LISTS)


@pytest.fixture
def said(staff: Staff, api: Api, cast: Cast) -> list[Said]:
    """Of three cases, users and companies all that lists ask for. They differ in everything."""
    for level, key in (("case", "order"), ("person", "city")):
        api.post("/fields", {"level": level, "key": key, "title": key, "type": "text"})
    facts = (
        ("low", "open", "web", cast.ben.id),
        ("high", "waiting", "email", cast.amy.id),
        ("critical", "closed", "call", 0),
    )
    words = ("priority", "status", "channel", "staff_id")
    return [
        _furnished(staff("olga"), name * 2, number, dict(zip(words, some, strict=True)))
        for number, (name, some) in enumerate(zip(("ada", "bea", "cid"), facts, strict=True))
    ]


def _furnished(olga: Deskie, name: str, number: int, facts: Said) -> Said:
    """A case, with a user, a company, a group and a label of its own."""
    company = {"company_name": name, "company_domains": f"{name}.test"}
    user = {
        "user_email": f"{name}@{name}.test",
        "user_phone": f"+49 30 {number}777{number}",
        "language_id": number + 3,
        "user_custom_id": f"{name}-7",
        "custom_fields": {"cf_2": name},
    }
    ids = {"company_id": _made(olga, "companies", **company), "user_id": _made(olga, "users", **user)}
    ids |= {"group_id": _made(olga, "groups", group_title=name), "labels": _made(olga, "labels", label_title=name)}
    facts |= {"subject": f"About {name}", "group_id": ids["group_id"]}
    more = {"labels": [ids["labels"]], "custom_fields": {"cf_1": name}}
    case = olga.opened(user["user_email"], **facts, **more)
    own = {"custom_fields[cf_1]": name, "custom_fields[cf_2]": name, "participant_id": ids["user_id"]}
    return {**company, **user, **facts, **ids, **own, "case_id": case["case_id"]}


def _made(olga: Deskie, path: str, **new: Any) -> int:
    """The id of something new."""
    kind = "company" if path == "companies" else path.removesuffix("s")
    answer = olga.post(f"/{path}.json", {kind: new})
    assert answer.status_code == 201, answer.text
    number: int = answer.json[kind][f"{kind}_id"]
    return number


def ids(deskie: Deskie, kind: str, pairs: Pairs) -> list[int]:
    """The ids of what a list shows, from the oldest on."""
    answer = deskie.get(f"/{LISTS[kind][0]}.json?{urlencode(pairs)}")
    assert answer.status_code == 200, answer.text
    return sorted(row[kind][f"{kind}_id"] for key, row in answer.json.items() if key != "total_count")


@each_list
def test_any_of_several_values_will_do_in_whatever_form_they_come(deskie: Deskie, said: list[Said], kind: str) -> None:
    for name, form in product(LISTS[kind][1], FORMS.values()):
        for some in (said[:1], said[1:]):
            pairs = form(name, [one[name] for one in some])
            assert ids(deskie, kind, pairs) == [one[f"{kind}_id"] for one in some], pairs


@each_list
def test_there_are_at_most_twenty_values(deskie: Deskie, said: list[Said], kind: str) -> None:
    for name, form in product(LISTS[kind][1], FORMS.values()):
        many = [said[0][name]] * 21
        assert ids(deskie, kind, form(name, many[:20])) == [said[0][f"{kind}_id"]], name
        answer = deskie.get(f"/{LISTS[kind][0]}.json?{urlencode(form(name, many))}")
        field = name.partition("[")[0]
        error = "incorrect_user_email" if field == "user_email" else f"wrong_{field}"
        assert (answer.status_code, answer.json["error"]) == (422, error), name


def test_both_kinds_of_fields_and_other_arrays_narrow_together(deskie: Deskie, said: list[Said]) -> None:
    """The document's own example."""
    query = (
        "limit=50&page=1&custom_fields[cf_1][]=adaada&custom_fields[cf_1][]=beabea&custom_fields[cf_2][]=beab"
        "&custom_fields[cf_2][]=cidc&status[]=open&status[]=waiting"
    )
    assert listed(deskie, query) == [said[1]["case_id"]]
