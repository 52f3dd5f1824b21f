"""The operator's look: his name, his colour as far as it can be read, his logo and footer."""

import re

import pytest
from flask import Flask

from app.colors import DARK, DAYLIGHT, contrast, readable
from tests.api_client import Api


@pytest.mark.parametrize("color", ["#1b6a5c", "#ffee00", "#ffffff", "#000000", "#ff0000", "#0000ff", "#7f7f7f"])
@pytest.mark.parametrize("ground", [DAYLIGHT, DARK])
def test_every_colour_becomes_one_that_can_be_read(color: str, ground: str) -> None:
    assert contrast(readable(color, on=ground), ground) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable("#1b6a5c", on=DAYLIGHT) == "#1b6a5c"


def test_buttons_can_be_read_whatever_the_colour(app: Flask, api: Api) -> None:
    for color in ("#ffee00", "#1b6a5c", "#c80000"):
        assert api.post("/config", {"brandColor": color}).status_code == 200
        style = re.search(r'href="(/brand/[0-9a-f]+\.css)"', app.test_client().get("/").text)
        assert style
        sheet = app.test_client().get(style[1])
        assert sheet.headers["Cache-Control"].startswith("public")
        for accent, on in re.findall(r"--accent: (#\w+); --on-accent: (#\w+)", sheet.text):
            assert contrast(accent, on) >= 4.5


def test_a_page_bears_the_name_the_logo_and_the_footer_of_the_house(app: Flask, api: Api) -> None:
    said = {"brandName": "Tea & Co", "brandFooter": "Tea & Co, Tea Lane 1", "brandLogo": "https://tea.test/logo.png"}
    assert api.post("/config", said).status_code == 200
    answer = app.test_client().get("/nowhere")
    assert "Tea &amp; Co</span>" in answer.text
    assert "Tea &amp; Co, Tea Lane 1" in answer.text
    assert 'src="https://tea.test/logo.png"' in answer.text
    assert "img-src 'self' data: https://tea.test;" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("logo", ["/etc/passwd", "https://tea.test/;script-src *", "https://a b/x", "javascript:x"])
def test_what_is_no_address_of_a_picture_is_no_logo(api: Api, logo: str) -> None:
    answer = api.post("/config", {"brandLogo": logo})
    assert (answer.status_code, answer.json["field"]) == (422, "brandLogo")


def test_a_page_says_in_which_language_it_is(app: Flask, api: Api) -> None:
    assert '<html lang="en" dir="ltr">' in app.test_client().get("/").text
    swedish = app.test_client().get("/", headers={"Accept-Language": "sv-SE,sv;q=0.9,en;q=0.5"})
    assert '<html lang="sv" dir="ltr">' in swedish.text
    api.post("/config", {"language": "fr"})
    assert '<html lang="fr"' in app.test_client().get("/").text
