"""Mails are in the language of their reader, and what is answered to them is understood."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from app.mail.models import MailPurpose
from app.mail.reading.quoting import MARKERS, visible_spans
from app.mail.sending.composing.templates import NAMES, SAMPLES, mail_template
from app.overrides import change_settings
from app.people.models import Role
from app.transaction import transaction
from app.translating import ENGLISH, LANGUAGES, speaking
from tests.cast import BEN, UNA, Cast
from tests.mail.outgoing import made, opened_case, posted, somebody

LINES = dict(zip(LANGUAGES, MARKERS, strict=True))
# What is no sentence of the template but given to it.
GIVEN = {"#add max@example.com", *(f"{one['name']}: {one['url']}" for one in SAMPLES["choices"])}  # type: ignore[attr-defined]
OTHERS = [one for one in LANGUAGES if one != ENGLISH]


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Iterator[None]:
    with app.app_context(), transaction():
        yield


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_is_in_the_language_of_its_reader(language: str) -> None:
    somebody(UNA).language = f"{language}-XX"
    mail = made(posted(opened_case(), BEN, "It is repaired."), UNA)
    text, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    words = text.get_content().replace("\r\n", "\n")
    assert words.startswith(f"{LINES[language]}\n\n")
    assert f'<html lang="{language}" dir="ltr">' in page.get_content()
    quoted = "\n".join(f"> {line}" for line in words.splitlines())
    answer = "Thank you.\n\n"
    assert visible_spans(answer + quoted) == ((0, len(answer)),)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("purpose", MailPurpose)
def test_no_english_is_left_in_a_mail_of_another_language(purpose: MailPurpose, language: str) -> None:
    values = {name: SAMPLES.get(name, f"<{name}>") for name in NAMES[purpose]}
    for part in ("subject.txt", "body.txt"):
        template = mail_template(purpose, part)
        with speaking(language):
            told = template.render(values)
        english = {line for line in template.render(values).splitlines() if re.search(r"[a-z]+ [a-z]+", line)}
        assert {*told.splitlines()} & english <= GIVEN, (purpose, part)


def test_the_house_says_in_which_language_it_writes_to_whoever_has_none_of_his_own(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        change_settings({"language": "fr"}, by=None, role=Role.OWNER)
        mail = made(posted(opened_case(), BEN, "It is repaired."), UNA)
        text = mail.get_body(("plain",))
        assert text is not None
        assert text.get_content().startswith(LINES["fr"])
