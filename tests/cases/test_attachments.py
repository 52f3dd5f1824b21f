"""What a post holds besides its text: names, kinds and quoted parts as somebody else says they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.attachments import new_attachment
from app.cases.content import LONGEST_HTML, Content, NewFile, Piece, kept_spans, pieces
from app.cases.models import Post
from app.cases.posting import write_post
from app.cases.queries import case_by_reference
from app.people.persons import known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import on_both

BODY = "Yes, it is.\n\n> Is it you?\n\nSee you, Una"
EDGE = st.integers(min_value=-2, max_value=45)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\una\\notes.txt", "notes.txt"),
        ("..", "file"),
        ("/", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("a\r\nSet-Cookie: x=1\r\n.txt", "aSet-Cookie: x=1.txt"),
        ("a\x00b\x1b[2J.txt", "a\ufffdb[2J.txt"),
        ("harmless\u202efdp.exe", "harmlessfdp.exe"),
        ("zero\u200bwidth\u2028line.txt", "zerowidthline.txt"),
        ("\ud800.txt", "\ufffd.txt"),
        ("Übergrößenträger \U0001f600.png", "Übergrößenträger \U0001f600.png"),
        ("n" * 300 + ".pdf", "n" * 251 + ".pdf"),
        ("n" * 300 + "." + "x" * 300, "n" * 255),
    ],
)
def test_a_file_name_is_metadata_and_never_a_path(said: str, kept: str) -> None:
    with transaction():
        assert new_attachment(NewFile(said, "text/plain", b"")).name == kept


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Text/HTML; charset=utf-8", "text/html"),
        ("image/svg+xml", "image/svg+xml"),
        ("", "application/octet-stream"),
        ("pdf", "application/octet-stream"),
        ("text/plain\r\nX-Evil: 1", "application/octet-stream"),
        ("text/" + "x" * 300, "application/octet-stream"),
        ("text/plaïn", "application/octet-stream"),
    ],
)
def test_a_content_type_that_is_none_is_not_believed(said: str, kept: str) -> None:
    with transaction():
        assert new_attachment(NewFile("a", said, b"")).content_type == kept


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        (((0, 11), (25, 39)), [[0, 11], [25, 39]]),
        (((0, 39),), [[0, 39]]),
        ((), None),
        (((25, 39), (0, 11)), None),
        (((0, 20), (11, 38)), None),
        (((0, 99),), None),
        (((-5, 11),), None),
        (((11, 0),), None),
        (((11, 13),), None),  # it would show nothing
        (((0, 11, 26),), None),
    ],
)
def test_spans_that_do_not_fit_the_text_are_not_believed(spans: tuple[tuple[int, ...], ...], kept: object) -> None:
    assert kept_spans(spans, BODY) == kept


@given(st.lists(st.tuples(EDGE, EDGE), max_size=5))
def test_nothing_that_was_written_disappears_whatever_the_spans_say(spans: list[tuple[int, int]]) -> None:
    found = pieces(BODY, kept_spans(spans, BODY))
    assert "".join(piece.text for piece in found).split() == BODY.split()
    assert any(not piece.quoted for piece in found)


def test_what_is_new_and_what_was_quoted_come_in_their_order() -> None:
    assert pieces(BODY, [[0, 11], [25, 39]]) == [
        Piece("Yes, it is.", quoted=False),
        Piece("\n\n> Is it you?", quoted=True),
        Piece("\n\nSee you, Una", quoted=False),
    ]
    assert pieces(BODY, None) == [Piece(BODY, quoted=False)]


@pytest.mark.usefixtures("context")
def test_endless_html_is_left_out_since_there_is_the_text(api: Api) -> None:
    assert written(api, Content(html="x" * (LONGEST_HTML + 1))).html is None
    assert written(api, Content(html="x" * LONGEST_HTML)).html == "x" * LONGEST_HTML


@on_both
@pytest.mark.usefixtures("context")
def test_what_no_database_can_store_is_replaced_and_the_spans_still_fit(api: Api) -> None:
    post = written(api, Content(html="<p>\x00\ud800</p>", visible=((0, 6),)), body="zero \x00\n> quoted")
    assert post.html == "<p>\ufffd\ufffd</p>"
    assert pieces(post.body, post.visible)[0] == Piece("zero \ufffd", quoted=False)


def written(api: Api, content: Content, body: str = "Hi") -> Post:
    """A message with this content on a case of una's."""
    reference = api.opened(UNA)["reference"]
    with transaction():
        case = case_by_reference(reference)
        assert case is not None
        return write_post(case, body, by=known_person(UNA, field="from"), channel="mail", content=content)
