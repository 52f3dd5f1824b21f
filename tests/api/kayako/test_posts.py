"""Posts by Kayako's dialect: what was written on a case and what happened to it, and how far it got."""

from typing import Any

import pytest
from flask import Flask

from app.cases.models import Case
from app.cases.read_markers import read_so_far
from app.extensions import db
from app.mail.models import OutboundEmail
from app.people.models import Person
from tests.api.kayako.client import Kayako
from tests.api.kayako.written import noted, wrote
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.portal.browser import Browser
from tests.queries import queries
from tests.sandbox import Outside, link_in


def texts(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["contents"] for one in answer.json["data"]]


def of(kayako: Kayako, posts: str, text: str) -> Any:
    [found] = [one for one in kayako.get(posts).json["data"] if one["contents"] == text]
    return found


@on_both
def test_posts_come_from_the_latest_back_without_activities(
    api: Api, kayako: Kayako, cast: Cast, case: Any, posts: str
) -> None:
    wrote(api, case, "one")
    noted(api, case, "two")
    answer = kayako.get(posts)
    assert texts(answer)[:2] == ["two", "one"]
    body = answer.json
    assert (body["resource"], body["limit"], body["total_count"]) == ("post", 10, 3)
    assert "offset" not in body
    first = body["data"][1]
    assert first["creator"] == {"id": cast.ben.id, "resource_type": "user"}
    assert first["original"] == {"id": first["id"], "resource_type": "case_message"}
    assert first["identity"]["resource_type"] == "identity_email"
    assert (first["subject"], first["is_requester"], first["source"]) == (case["subject"], False, "API")
    assert (first["attachments"], first["download_all"], first["client_id"], first["metadata"]["user_agent"]) == (
        [],
        None,
        None,
        "",
    )
    assert first["resource_url"].endswith(f"/api/v1/cases/posts/{first['id']}")
    assert body["data"][0]["original"]["resource_type"] == "note"
    assert body["data"][2]["is_requester"] is True


@on_both
def test_a_page_is_walked_both_ways_by_the_ids_of_its_posts(api: Api, kayako: Kayako, case: Any, posts: str) -> None:
    wrote(api, case, *"abcde")
    newest = kayako.get(f"{posts}?limit=2")
    assert texts(newest) == ["e", "d"]
    assert newest.json["previous_url"] is None
    following = newest.json["next_url"]
    last = newest.json["data"][1]["id"]
    assert f"after_id={last}" in following
    assert newest.headers["Link"] == f'<{following}>; rel="next"'
    older = kayako.get(f"{posts}?limit=2&after_id={last}")
    assert texts(older) == ["c", "b"]
    first = older.json["data"][0]["id"]
    assert f"before_id={first}" in older.json["previous_url"]
    assert texts(kayako.get(f"{posts}?limit=2&before_id={first}")) == ["e", "d"]
    end = kayako.get(newest.json["last_url"].partition("/api/v1")[2])
    assert texts(end)[0] == "a"
    assert "Link" not in end.headers
    assert texts(kayako.get(newest.json["first_url"].partition("/api/v1")[2])) == ["e", "d"]


def test_after_and_before_together_are_refused(kayako: Kayako, posts: str) -> None:
    [error] = kayako.get(f"{posts}?after_id=1&before_id=2").json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_INVALID", "before_id")


@on_both
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("NOTES", {"note"}),
        ("messages", {"case_message"}),
        ("ACTIVITIES", {"activity"}),
        ("Messages,notes", {"case_message", "note"}),
        ("ALL", {"case_message", "note", "activity"}),
        ("SHADOW_POSTS,CHAT_MESSAGES,FACEBOOK_POSTS,FACEBOOK_POST_COMMENTS", set()),
        ("FACEBOOK_MESSAGES,TWEETS,TWITTER_MESSAGES", set()),
    ],
)
def test_filters_show_some_kinds_alone(
    api: Api, kayako: Kayako, case: Any, posts: str, filters: str, expected: set[str]
) -> None:
    wrote(api, case, "one")
    noted(api, case, "two")
    answer = kayako.get(f"{posts}?filters={filters}&limit=200").json
    assert {one["original"]["resource_type"] for one in answer["data"]} == expected
    assert answer["total_count"] == len(answer["data"])


def test_an_unknown_filter_is_refused(kayako: Kayako, posts: str) -> None:
    [error] = kayako.get(f"{posts}?filters=PIGEONS").json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_INVALID", "filters")


def test_a_post_is_found_by_what_it_is_made_of(api: Api, kayako: Kayako, case: Any, posts: str) -> None:
    noted(api, case, "two")
    note = of(kayako, posts, "two")["id"]
    assert texts(kayako.get(f"{posts}?resource_type=note&id={note}")) == ["two"]
    assert texts(kayako.get(f"{posts}?resource_type=case_message&id={note}")) == []
    assert texts(kayako.get(f"{posts}?resource_type=note")) == ["two"]
    assert kayako.get(f"{posts}?id={note}").json["errors"][0]["parameter"] == "resource_type"


def test_an_activity_is_a_post_without_channel_and_status(kayako: Kayako, posts: str) -> None:
    found = kayako.get(f"{posts}?filters=ACTIVITIES").json["data"]
    [activity] = [one for one in found if one["contents"] == "Una Customer opened the conversation."]
    assert activity["subject"] == activity["contents"]
    assert activity["source_channel"] is activity["post_status"] is activity["post_status_updated_at"] is None
    again = kayako.get(f"/cases/posts/{activity['id']}").json["data"]
    assert again == activity
    opened = kayako.get(f"/cases/posts/{activity['id']}?include=activity").json["data"]["original"]
    assert (opened["verb"], opened["object"]) == ("CREATE_CASE", {"id": 1, "resource_type": "case"})


@on_both
def test_what_a_post_names_is_opened(api: Api, kayako: Kayako, case: Any, posts: str) -> None:
    wrote(api, case, "one")
    opened = kayako.get(f"{posts}?include=case_message,note,channel,attachment").json["data"][0]
    assert (opened["original"]["body_text"], opened["original"]["fullname"]) == ("one", "Ben Foo")
    assert (opened["source_channel"]["type"], opened["destination_medium"]) == ("MAIL", "MAIL")


@on_both
def test_a_page_costs_the_same_however_long_it_is(app: Flask, api: Api, kayako: Kayako, case: Any, posts: str) -> None:
    def cost() -> int:
        with queries(app) as asked:
            assert kayako.get(f"{posts}?filters=ALL&include=*&limit=100").status_code == 200
        return len(asked)

    cost()  # the first call notes that the key is in use
    few = cost()
    wrote(api, case, *"abcdefgh")
    for text in "ijkl":
        noted(api, case, text)
    assert cost() <= few + 1 <= 28  # a note is a kind of its own


@on_both
def test_a_mail_that_has_left_is_sent_and_one_that_arrived_delivered(
    api: Api, kayako: Kayako, case: Any, posts: str, work: Worker
) -> None:
    wrote(api, case, "one")
    post = of(kayako, posts, "one")
    assert (post["post_status"], post["post_status_reject_type"]) == ("SENT", None)
    work()
    assert kayako.put(f"/cases/posts/{post['id']}", {"post_status": "DELIVERED"}).json == {
        "status": 200,
        "session_id": kayako.get("/session").json["data"]["id"],
    }
    assert of(kayako, posts, "one")["post_status"] == "DELIVERED"
    deliveries = api.get(f"/cases/{case['uuid']}/deliveries").json["items"]
    assert "delivered" in {one["status"] for one in deliveries}


BOUNCE = """\
From: MAILER-DAEMON@mx.customer.test
To: support@casey.test
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@mx.customer.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It came back.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.customer.test

Final-Recipient: rfc822; una@customer.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user here

--b
Content-Type: message/rfc822

Message-ID: {id}
Subject: x

--b--
"""


def bounced(app: Flask, outside: Outside, work: Worker, post: int) -> None:
    """The mail of a post to una comes back."""
    with app.app_context():
        rows = db.session.scalars(db.select(OutboundEmail).where(OutboundEmail.post_id == post))
        [id] = [one.message_id for one in rows if one.address == UNA]
    outside.send(BOUNCE.replace("{id}", id).replace("\n", "\r\n").encode())
    work()


@on_both
def test_a_mail_that_came_back_is_rejected_in_the_words_of_the_server_and_never_seen(
    app: Flask, api: Api, kayako: Kayako, case: Any, posts: str, work: Worker, outside: Outside
) -> None:
    wrote(api, case, "one", "two")
    work()
    bounced(app, outside, work, of(kayako, posts, "one")["id"])
    rejected = of(kayako, posts, "one")
    assert (rejected["post_status"], rejected["post_status_reject_type"]) == ("REJECTED", "BOUNCE")
    assert "no such user here" in rejected["post_status_reject_reason"]
    assert rejected["post_status_updated_at"] >= rejected["created_at"]
    kayako.put(f"/cases/posts/{of(kayako, posts, 'two')['id']}", {"post_status": "seen"})
    assert of(kayako, posts, "one")["post_status"] == "REJECTED"
    assert {one["post_status"] for one in kayako.get(posts).json["data"]} == {"SEEN", "REJECTED"}


@on_both
def test_what_is_seen_lets_all_before_it_be_seen_and_moves_the_marker_of_the_reader(
    app: Flask, api: Api, kayako: Kayako, cast: Cast, case: Any, posts: str
) -> None:
    wrote(api, case, *"abc", by=UNA)
    middle = of(kayako, posts, "b")["id"]
    assert kayako.put(f"/cases/posts/{middle}", {"post_status": "SEEN"}).status_code == 200
    states = {one["contents"]: one["post_status"] for one in kayako.get(posts).json["data"]}
    assert (states["a"], states["b"], states["c"]) == ("SEEN", "SEEN", "SENT")
    with app.app_context():
        found = read_so_far([1], db.session.get_one(Person, cast.ben.id))[1]
        assert (found.post_id, found.unread) == (middle, 1)
        assert read_so_far([1], db.session.get_one(Person, cast.amy.id))[1].unread == 4
    kayako.put(f"/cases/posts/{of(kayako, posts, 'a')['id']}", {"post_status": "SEEN"})
    with app.app_context():
        assert read_so_far([1], db.session.get_one(Person, cast.ben.id))[1].post_id == middle
        assert db.session.get_one(Case, 1)


def test_whoever_answers_on_the_page_of_the_case_has_seen_what_is_on_it(
    app: Flask, api: Api, kayako: Kayako, case: Any, posts: str, outside: Outside
) -> None:
    wrote(api, case, "one")
    browser = Browser(app)
    browser.open(link_in(outside.inbox(UNA)[0], "/c/"))
    assert of(kayako, posts, "one")["post_status"] == "SENT"
    browser.submit(message="two")
    assert of(kayako, posts, "one")["post_status"] == "SEEN"
    assert of(kayako, posts, "two")["post_status"] == "SENT"
    assert of(kayako, posts, "two")["source"] == "HELPCENTER"


def test_only_what_is_known_can_be_said_of_a_post(kayako: Kayako, posts: str) -> None:
    post = kayako.get(posts).json["data"][0]["id"]
    [error] = kayako.put(f"/cases/posts/{post}", {"post_status": "SENT"}).json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_INVALID", "post_status")
    [error] = kayako.put(f"/cases/posts/{post}", {}).json["errors"]
    assert error["code"] == "FIELD_REQUIRED"
    assert kayako.put("/cases/posts/4711", {"post_status": "SEEN"}).status_code == 404


def test_a_post_is_shown_by_its_id(kayako: Kayako, posts: str) -> None:
    first = kayako.get(posts).json["data"][-1]
    answer = kayako.get(f"/cases/posts/{first['id']}.json")
    assert (answer.json["data"], answer.json["resource"]) == (first, "post")
    assert kayako.get("/cases/posts/4711").status_code == 404
    assert kayako.get("/cases/4711/posts").status_code == 404


HTML = """<p>It is <b>worse</b> now.</p><script>alert(1)</script>
<div class="gmail_quote"><div>On Monday Ben wrote:</div><blockquote>Is it better?</blockquote></div>"""


def test_the_mail_of_a_post_is_shown_as_it_came_and_without_what_it_quotes(
    kayako: Kayako, case: Any, posts: str, work: Worker, outside: Outside
) -> None:
    mail = letter(UNA, f"Re: [{case['reference']}]", "It is worse now.")
    mail.add_alternative(HTML, subtype="html")
    outside.send(mail)
    work()
    post = kayako.get(posts).json["data"][0]
    assert (post["source"], post["source_channel"] is None) == ("MAIL", False)
    answer = kayako.get(f"/cases/posts/{post['id']}/email_original").json
    original = answer["data"]
    assert (answer["resource"], original["resource_type"]) == ("post", "email_original")
    assert (original["from"], original["to"]) == (UNA, "support@casey.test")
    assert original["subject"] == f"Re: [{case['reference']}]"
    assert "Is it better?" in original["html_content"]
    assert "script" not in original["html_content"]
    assert "<b>worse</b>" in original["striped_html"]
    assert "Is it better?" not in original["striped_html"]
    assert original["source_content"].startswith(f"From: {UNA}\nTo: support@casey.test\n")
    assert "It is worse" not in original["source_content"]


def test_what_was_no_mail_has_no_original(kayako: Kayako, posts: str) -> None:
    post = kayako.get(posts).json["data"][0]["id"]
    assert kayako.get(f"/cases/posts/{post}/email_original").status_code == 404
