"""What the documentation says about names, tables, commands and links is what there is."""

import re
from pathlib import Path

import click
import pytest
from flask import Flask

from app.api.casey import PREFIX
from app.cli.admin import casey, settings_table
from app.cli.daemon import caseyd
from app.mail.deciding.orders.verbs import VERBS
from app.mail.deciding.reasons import SENTENCES
from app.mail.deciding.screening import EVERY_RULE
from app.mail.models import Delivery, MailPurpose, Outcome
from app.people.access import NEEDED
from tests.docs.deciding import conclusions, holding, steps
from tests.docs.pages import PAGES, ROOT, anchors, first_cells, linked, name, section
from tests.docs.variables import process_variables

README, API, MAIL = ROOT / "README.md", ROOT / "docs/api/casey.md", ROOT / "docs/mail.md"
every_page = pytest.mark.parametrize("page", PAGES, ids=name)


def test_the_readme_has_the_table_of_settings_that_the_declarations_make() -> None:
    assert section(README, "settings").strip() == settings_table(), "paste what `casey config table` prints"


def test_the_readme_lists_the_variables_that_the_process_reads() -> None:
    assert set(first_cells(section(README, "variables"))) == process_variables()


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, fragment in linked(page):
        assert target.exists(), f"there is no {target}"
        assert not fragment or fragment in anchors(target), f"{name(target)} has no heading #{fragment}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, open_pages = {README}, [README]
    while open_pages:
        new = {target for target, _ in linked(open_pages.pop()) if target.suffix == ".md"} - reached
        reached |= new
        open_pages += new
    assert set(PAGES) - reached == set()


@every_page
def test_every_make_target_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = re.findall(r"(?:^|`|\$ )make ([a-z]+)", page.read_text("utf-8"), re.M)
    assert set(named) <= targets


@every_page
def test_every_command_a_page_names_exists(page: Path) -> None:
    text = " ".join(page.read_text("utf-8").split("\n"))
    for line in re.findall(r"`(caseyd?(?: [^`]+)?)`", text):
        words = [word for word in line.split() if re.fullmatch(r"[a-z-]+", word)]
        _check_command(words)


def _check_command(words: list[str]) -> None:
    command: click.Command = {"casey": casey, "caseyd": caseyd}[words[0]]
    for word in words[1:]:
        if isinstance(command, click.Group) and not word.startswith("-"):
            assert word in command.commands, f"there is no `{' '.join(words)}`"
            command = command.commands[word]
        elif word.startswith("--") and word != "--help":
            options = {option for one in command.params for option in one.opts}
            assert word in options, f"`{' '.join(words)}` has no {word}"


def test_the_api_page_lists_every_route_with_the_role_it_needs(app: Flask) -> None:
    found = {
        (f"{method} {_shown(rule.rule)}", _role(app.view_functions[rule.endpoint]))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIX)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    rows = re.findall(r"^\| `([A-Z]+ /\S+)` \| (\w+) \|", section(API, "routes"), re.M)
    both = {(call.replace("/cases/{uuid}", "/case/{uuid}"), role) for call, role in rows}
    assert set(rows) | both == found


def _role(view: object) -> str:
    act = getattr(view, "needs", None)
    return str(NEEDED[act]) if act else "link"


def _shown(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.removeprefix(PREFIX))


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Screening", list(EVERY_RULE)),
        ("Outcomes", [str(outcome) for outcome in Outcome]),
        ("Sending", [str(status) for status in Delivery]),
    ],
)
def test_the_mail_page_lists_all_there_is(heading: str, names: list[str]) -> None:
    assert first_cells(mail_section(heading)) == names


def mail_section(heading: str) -> str:
    [text] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", MAIL.read_text("utf-8"), re.M | re.S)
    return str(text)


def test_the_mail_page_says_when_each_mail_is_sent_and_the_api_page_names_each() -> None:
    purposes = {str(purpose) for purpose in MailPurpose}
    assert set(first_cells(mail_section("What is sent, and when"))) == purposes
    [listed] = re.findall(r"`purpose` says why(.*?)\)\),", API.read_text("utf-8"), re.S)
    assert set(re.findall(r"`(\w+)`", listed)) == purposes


def test_the_mail_page_lists_every_step_of_deciding() -> None:
    assert set(first_cells(mail_section("Steps"))) == steps() - set(EVERY_RULE)


def test_the_mail_page_lists_every_reason_of_every_outcome() -> None:
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|(.*)\|$", mail_section("Outcomes"), re.M)
    reasons = {outcome: set(re.findall(r"`([^`]+)`", cell)) for outcome, cell in rows}
    assert reasons["held"] == holding() == set(SENTENCES)
    assert reasons["ignored"] == conclusions("IGNORED")
    assert {one.partition(":")[0] for one in reasons["quarantined"]} == conclusions("QUARANTINED")


def test_the_mail_page_lists_every_order_of_the_team() -> None:
    assert [cell.split()[0] for cell in first_cells(mail_section("Orders by mail"))] == [f"#{verb}" for verb in VERBS]
