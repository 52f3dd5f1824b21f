"""`casey mail`: looking at mail from the command line, and having it decided about again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.cli.admin import casey
from app.mail.inbound import inbound_by_prefix
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside
from tests.storage import contents

Run = Callable[..., Result]


@pytest.fixture
def run(environ: dict[str, str], app: Flask) -> Run:
    """Run `casey mail ...` over the database of the test."""
    return lambda *words: CliRunner(env=environ).invoke(casey, ["mail", *words])


@pytest.fixture
def some(app: Flask, api: Api, work: Worker, outside: Outside) -> list[str]:
    """The ids of four mails: two opened a case, two are held."""
    outside.send(letter(UNA, "It is broken", "Please help."))
    outside.send(letter(f"Ben <{BEN}>", "Cake", "In the kitchen."))
    outside.send(letter(EVE, "\x1b[31mRed", "Hi", Precedence="bulk"))
    outside.send(b"Subject: nobody\r\n\r\nHi")
    work()
    return [str(row.uuid) for row in inbound(app)]


def test_mails_are_listed_from_the_newest_back(run: Run, some: list[str]) -> None:
    lines = run("list").output.splitlines()
    assert [line.split()[0] for line in lines] == some[::-1]
    held = run("list", "--outcome", "held").output.splitlines()
    assert [line.split()[0] for line in held] == [some[3], some[1]]
    assert held[0].split()[3:] == ["held", "no_sender", "-", "-", "nobody"]
    assert held[1].split()[3:] == ["held", "from_team_without_case", "-", BEN, "Cake"]
    assert held[0].index("nobody") == held[1].index("Cake")
    assert len(run("list", "--limit", "1").output.splitlines()) == 1


def test_a_listed_mail_names_its_case_and_a_long_subject_is_cut(
    app: Flask, run: Run, outside: Outside, work: Worker
) -> None:
    outside.send(letter(UNA, "It is broken " * 9, "Please help."))
    work()
    [line] = run("list").output.splitlines()
    assert line.split()[3:7] == ["opened", "-", cases(app)[0].reference, UNA]
    assert line.endswith("broken It is...")
    assert len(line) < 200


def test_before_any_mail_the_list_is_empty(run: Run) -> None:
    found = run("list")
    assert (found.exit_code, found.output) == (0, "")


def test_a_mail_without_a_sender_is_shown_as_such(run: Run, some: list[str]) -> None:
    assert "from: (none)" in run("show", some[3]).output.splitlines()


def test_what_strangers_wrote_does_not_steer_the_terminal(run: Run, some: list[str]) -> None:
    assert "\x1b" not in run("list").output + run("show", some[2]).output
    assert "Red" in run("show", some[2]).output


def test_a_mail_is_shown_by_its_id_or_the_beginning_of_it(run: Run, some: list[str]) -> None:
    shown = run("show", some[1]).output
    assert "outcome: held (from_team_without_case)" in shown
    assert "  own_loop_header: no" in shown
    assert f"from: Ben <{BEN}>" in shown
    assert run("show", some[1][:-2].upper()).output == shown
    assert run("show", some[1].replace("-", "")).output == shown


@on_both
def test_the_beginning_of_an_id_finds_its_mail(app: Flask, some: list[str]) -> None:
    with app.app_context():
        assert [str(inbound_by_prefix(one[:-1]).uuid) for one in some] == some


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("", "Several mails begin with"),
        ("0", "Several mails begin with"),
        ("ffff", "There is no such mail."),
        ("xyz", "xyz is not the beginning of a UUID."),
        ("0" * 40, "is not the beginning of a UUID."),
    ],
)
def test_an_id_that_names_no_single_mail_is_refused(run: Run, some: list[str], id: str, says: str) -> None:
    found = run("show", id)
    assert found.exit_code == 1
    assert says in found.output


def test_a_held_mail_is_tried_again(app: Flask, api: Api, run: Run, some: list[str], work: Worker) -> None:
    api.patch(f"/persons/{api.get(f'/persons?email={BEN}').json['items'][0]['uuid']}", {"team": False})
    assert "in a moment" in run("retry", some[1]).output
    assert "outcome: waiting" in run("show", some[1]).output
    work()
    assert cases(app)[-1].subject == "Cake"
    refused = run("retry", some[1])
    assert (refused.exit_code, "it is opened already" in refused.output) == (1, True)


def test_a_simulation_prints_what_would_be_decided_and_does_nothing(
    app: Flask, api: Api, run: Run, tmp_path: Path
) -> None:
    reference = api.opened(UNA)["reference"]
    file = tmp_path / "mail.eml"
    before = contents(app)
    for sender, says in ((UNA, "outcome: posted"), (EVE, "outcome: held (unknown_sender)")):
        file.write_bytes(letter(sender, f"Re: {reference}", "Hello").as_bytes())
        found = run("simulate", str(file))
        assert (found.exit_code, found.output.splitlines()[0]) == (0, says)
        assert "  threading: subject" in found.output.splitlines()
    assert contents(app) == before
    assert run("simulate", str(tmp_path / "none.eml")).exit_code == 2


def test_a_simulation_reads_standard_input_and_says_when_there_is_nothing(
    environ: dict[str, str], app: Flask, run: Run, tmp_path: Path
) -> None:
    mail = letter(EVE, "Hello", "Hello").as_bytes()
    found = CliRunner(env=environ).invoke(casey, ["mail", "simulate", "-"], input=mail)
    assert (found.exit_code, found.output.splitlines()[0]) == (0, "outcome: opened")
    (tmp_path / "empty.eml").touch()
    empty = run("simulate", str(tmp_path / "empty.eml"))
    assert (empty.exit_code, empty.output) == (1, "Error: FILE is empty.\n")


@pytest.mark.parametrize("command", ["list", "show", "retry", "simulate"])
def test_every_command_explains_itself(run: Run, command: str) -> None:
    found = run(command, "--help")
    assert found.exit_code == 0
    assert len(found.output.splitlines()) > 6
