"""Nobody comes to a link of another by a mail that quotes it, wherever that mail is shown."""

import re
from email.message import EmailMessage
from typing import Any

from flask import Flask

from tests.api_client import Api
from tests.cast import AMY, OLGA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.sandbox import Outside, link_in


def quoting(mail: EmailMessage) -> str:
    """What a program that answers by itself puts behind its answer."""
    body = mail.get_body(("plain",))
    assert body is not None
    return "I am away.\n\n" + "\n".join(f"> {line}" for line in body.get_content().splitlines())


@on_both
def test_nobody_gets_at_the_link_of_another_by_a_mail_that_quotes_it(
    app: Flask, api: Api, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    work()
    invited = (outside.inbox(AMY) or outside.inbox(OLGA))[-1]
    secret = link_in(invited, "/c/").rpartition("/")[2]
    outside.reply(invited, quoting(invited))
    work()
    page = ben.open(f"/team/cases/{case['uuid']}").text
    [mail] = set(re.findall(r'/mails/([0-9a-f-]{36})"', page))
    olga = signed_in(app, OLGA)
    for browser, path in (
        (ben, f"/team/cases/{case['uuid']}"),
        (ben, f"/team/cases/{case['uuid']}/mails/{mail}"),
        (olga, f"/team/operator/inbound/{mail}"),
    ):
        page = browser.open(path).text
        assert "I am away." in page or "/mails/" not in path
        assert secret not in page


@on_both
def test_nobody_signs_in_by_a_link_that_was_quoted(
    app: Flask, api: Api, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    asking = Browser(app)
    asking.open("/team/sign-in")
    asking.submit(address=OLGA, next="")
    work()
    mail = outside.inbox(OLGA)[-1]
    secret = link_in(mail, "/team/sign-in/").rpartition("/")[2]
    outside.send(letter(OLGA, f"Re: [{case['reference']}] lamp", f"{quoting(mail)}\n\nAlone: {secret}"))
    work()
    page = ben.open(f"/team/cases/{case['uuid']}").text
    [uuid] = set(re.findall(r'/mails/([0-9a-f-]{36})"', page))
    for browser, path in (
        (ben, f"/team/cases/{case['uuid']}"),
        (ben, f"/team/cases/{case['uuid']}/mails/{uuid}"),
        (signed_in(app, OLGA), f"/team/operator/inbound/{uuid}"),
    ):
        page = browser.open(path).text
        assert "I am away." in page or "/mails/" not in path
        assert secret not in page


def test_a_mail_as_it_came_is_for_admins(api: Api, cast: Cast, case: Any, work: Worker, outside: Outside) -> None:
    outside.send(letter(AMY, f"Re: [{case['reference']}] lamp", "I look after it."))
    work()
    [mail] = api.get("/inbound").json["items"]
    assert api.get(f"/inbound/{mail['uuid']}/raw").status_code == 200
    assert api.as_(cast.keys["ben"]).get(f"/inbound/{mail['uuid']}").status_code == 200
    assert api.as_(cast.keys["ben"]).get(f"/inbound/{mail['uuid']}/raw").status_code == 403
