"""What verbs say in English is said on pages in the language of their reader."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.portal.said import said
from app.portal.sentences import OF_VERBS
from app.translating import speaking
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in

APP = Path(__file__).parents[2] / "app"
SOME = "1"


def written() -> Iterator[str]:
    """Every text in the code of Casey, values in it as SOME; also as the end of a sentence."""
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and path.name != "sentences.py":
                yield re.sub(r"\{\}", SOME, node.value)
            elif isinstance(node, ast.JoinedStr):
                yield "".join(str(one.value) if isinstance(one, ast.Constant) else SOME for one in node.values)


def test_every_sentence_in_the_list_is_said_by_some_verb() -> None:
    known = {one for text in written() for one in (text, f"This {text}.", f"{SOME} {text}.")}
    shapes = {one: re.sub(r"%\(\w+\)s", SOME, one) for one in OF_VERBS}
    built = {  # put together from a sentence and how a mail stands, or what kinds of things are not rated
        "This mail is not held: it waits to be decided about.",
        "This mail is not held: it is %(outcome)s already.",
        "This mail cannot be decided about again: it waits to be decided about.",
        "This mail cannot be decided about again: it is %(outcome)s already.",
    }
    assert {one for one, shape in shapes.items() if shape not in known} <= built | said_of_a_kind()


def test_whatever_can_be_wrong_with_a_setting_is_in_the_list() -> None:
    shapes = {re.sub(r"%\(\w+\)s", SOME, one) for one in OF_VERBS}
    reasons = {
        _text(one.args[0])
        for one in ast.walk(ast.parse((APP / "config" / "kinds.py").read_text()))
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "ValueError"
    }
    by_no_form = {"must be true or false", "must be a string", "must be 1"}  # of these a form lets choose
    assert len(reasons) > len(by_no_form)
    assert {one for one in reasons - by_no_form if f"{SOME} {one}." not in shapes} == set()


def _text(said: ast.expr) -> str:
    """What a call says, values in it as SOME."""
    if isinstance(said, ast.BinOp):
        return _text(said.left) + SOME
    parts = said.values if isinstance(said, ast.JoinedStr) else [said]
    return "".join(str(one.value) if isinstance(one, ast.Constant) else SOME for one in parts)


def said_of_a_kind() -> set[str]:
    """What is put together from a sentence and one of few words."""
    return {
        one
        for one in OF_VERBS
        if re.fullmatch(
            r"(Here \w+ are not rated \(caseRating\)|The case is .+ and takes no messages|.+ MB large)\.", one
        )
        or "dropped, as mailKeepRaw says" in one
    }


def test_a_sentence_keeps_its_values_in_every_language() -> None:
    sentence = "A rule put the label <b>%(x)s on the case; it cannot be taken off."
    with speaking("de"):
        assert (
            said(sentence) == "Eine Regel hat der Anfrage das Etikett <b>%(x)s gegeben; es kann nicht entfernt werden."
        )
        assert said("Nobody has ever said this.") == "Nobody has ever said this."
    assert said(sentence) == sentence


@pytest.mark.parametrize(("language", "sentence"), [("de", "mit sich selbst"), ("fr", "avec elle-même")])
def test_ben_is_told_in_his_language_why_something_was_not_done(
    app: Flask, api: Api, cast: Cast, language: str, sentence: str
) -> None:
    api.patch(f"/persons/{cast.ben.uuid}", {"language": language})
    case = api.opened(UNA)
    ben: Browser = signed_in(app, cast.ben.email)
    ben.open(f"/team/cases/{case['uuid']}")
    answer = ben.press("/merge", into=case["reference"])
    assert answer.status_code in {409, 422}
    assert sentence in answer.text
