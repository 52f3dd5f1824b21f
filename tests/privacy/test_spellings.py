"""However a text is spelt, split or encoded, it is found; and what only looks like it stays."""

from typing import Any
from unicodedata import normalize

import pytest
from flask import Flask

from app.people.persons import create_person
from app.privacy.identifying import identifying, words_everywhere, words_of_his
from app.privacy.mails import GONE, struck_mail
from app.privacy.sought import address, any_of, spoken
from app.privacy.words import Words, occur, strike
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker
from tests.letters import letter
from tests.privacy.calls import called
from tests.privacy.canary import found_anywhere
from tests.privacy.orders import redacted
from tests.sandbox import Outside

SECRET = "Vögel 4111"
WORDS = [Words(any_of([spoken(SECRET)]), "[gone]")]
HIS = "quill@feather.co"
ADDRESS = [Words(any_of([address(HIS)]), "[gone]")]


@pytest.mark.parametrize(
    "spelt",
    [
        SECRET,
        SECRET.upper(),
        normalize("NFD", SECRET),
        "V\u00adö\u200bgel 4111",
        "Vögel\u00a0\uff14\uff11\uff11\uff11",
        "Vögel\r\n> > 4111",
        "Vögel | 4111",
        "V%C3%B6gel%204111",
        "v%c3%b6gel+4111",
    ],
)
def test_a_text_is_struck_out_however_it_is_spelt(spelt: str) -> None:
    assert strike(f"It is {spelt}, see?", WORDS) == "It is [gone], see?"


def test_what_is_spelt_otherwise_around_it_stays() -> None:
    assert strike(f"½ {SECRET} …", WORDS) == "½ [gone] …"


@pytest.mark.parametrize(
    "html",
    [
        "V&ouml;gel <b>41</b>11",
        "V&#246;gel<br>4111",
        "<td>Vögel</td><td>4111</td>",
        "<span>Vögel</span><span>4111</span>",
        "<p>Vö&#8203;gel</p>\n<p>4111</p>",
    ],
)
def test_a_text_is_found_across_tags(html: str) -> None:
    assert occur(html, WORDS)


@pytest.mark.parametrize("html", ["<b>Vögel</b> <i>4112</i>", "Vögel <img alt='x'> 411"])
def test_another_text_is_not(html: str) -> None:
    assert not occur(html, WORDS)


def test_a_text_across_the_cells_of_a_table_is_nowhere_any_more(
    app: Flask, api: Api, work: Worker, outside: Outside, cast: Cast
) -> None:
    mail = letter(UNA, "Hello", "x")
    mail.set_content(f"<table><tr><td>Vögel</td><td>4111</td></tr></table><p>{SECRET}<br>ok</p>", subtype="html")
    outside.send(mail)
    work()
    redacted(api, work, text=SECRET)
    assert found_anywhere(app, "Vögel") == []
    [case] = called(api, "/cases")["items"]
    assert "ok" in called(api, f"/cases/{case['uuid']}/messages")["items"][0]["message"]


def test_a_text_in_the_name_of_an_attached_file_is_found() -> None:
    mail = letter(UNA, "Hello", "x")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename=f"{SECRET} and more.pdf")
    assert GONE.encode() in struck_mail(mail.as_bytes(), WORDS)


@pytest.mark.parametrize(
    "text",
    [
        f"Write to {HIS}.",
        f"mailto:?cc=%3C{HIS.replace('@', '%40')}%3E",
        f"{HIS.upper()}.vcf",
        f"({HIS})",
    ],
)
def test_an_address_is_struck_out_wherever_it_ends(text: str) -> None:
    assert "quill" not in strike(text, ADDRESS).lower()


@pytest.mark.parametrize("text", [f"{HIS}.uk", f"j{HIS}", f"j.{HIS}", f"{HIS}-op.test"])
def test_a_longer_address_is_another_ones(text: str) -> None:
    assert strike(text, ADDRESS) == text


def test_a_domain_is_found_in_letters_and_as_it_is_kept() -> None:
    words = [Words(any_of([address("quill@xn--bcher-kva.example")]), "[gone]")]
    assert strike("quill@bücher.example or quill@xn--bcher-kva.example", words) == "[gone] or [gone]"


def test_a_name_of_one_word_goes_with_the_address_behind_it(context: Flask) -> None:
    with transaction():
        known = identifying({create_person("Rose", HIS, by=None).id})
    words = [*words_everywhere(known), *words_of_his(known)]
    text = f'"Rose" <{HIS}> wrote: a rose is a rose'
    assert strike(text, words) == '"Erased person" <erased@erased.invalid> wrote: a rose is a rose'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"post": 41110, "said": SECRET}, {"post": 41110, "said": "[gone]"}),
        ({SECRET: 1}, {SECRET: 1}),
        ({"meta": {SECRET: [SECRET]}}, {"meta": {"[gone]": ["[gone]"]}}),
    ],
)
def test_members_that_are_ours_keep_their_names(old: Any, new: Any) -> None:
    assert strike(old, WORDS) == new


def test_numbers_that_are_ours_stay_and_those_of_others_go() -> None:
    words = [Words(any_of([spoken("4111")]), "[gone]")]
    assert strike({"post": 4111, "meta": {"card": 4111, "on": True, "rest": 5}}, words) == {
        "post": 4111,
        "meta": {"card": "[gone]", "on": True, "rest": 5},
    }


class Slow:
    """A pattern that takes for ever."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


def test_a_text_without_its_signs_is_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail may have 35 MB, and there may be a million of them."""
    for words in (WORDS, ADDRESS):
        monkeypatch.setattr(words[0].sought, "_pattern", Slow())
        assert not occur("somebody@feather.co " * 10, words)
        assert strike("somebody@feather.co wrote", words) == "somebody@feather.co wrote"
