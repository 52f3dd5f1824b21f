"""HTML: safe to be shown, and as text the lines that a reader sees. Nothing the sender wrote is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.mail.reading.incoming import Incoming
from app.mail.reading.parsing import parse

HEAD = b"From: una@customer.test\r\nMessage-ID: <1@x.test>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def read(html: str) -> Incoming:
    return parse(HEAD + html.encode("utf-8", "surrogatepass"))


def both(plain: str, html: str) -> Incoming:
    head = HEAD.replace(b"text/html; charset=utf-8", b"multipart/alternative; boundary=b")
    kind = "Content-Type: text/{}; charset=utf-8\r\n\r\n{}\r\n"
    parts = f"--b\r\n{kind.format('plain', plain)}--b\r\n{kind.format('html', html)}--b--\r\n"
    return parse(head + parts.encode())


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>Hello&nbsp;Una,</p><div>1 &lt; 2 &amp;amp;<br>next</div>", ["Hello Una,", "", "1 < 2 &amp;", "next"]),
        ("<div>a</div><div><br></div><div>b</div>", ["a", "", "b"]),
        ("a<br><br>b<br>", ["a", "", "b"]),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", ["a", "", "b"]),
        ("<p class=MsoNormal>a</p><p class=MsoNormal>b</p><p class=MsoNormal>&nbsp;</p><p>c</p>", ["a", "b", "", "c"]),
        ("<p style='margin: 0'>a</p><p style='margin:0'>b</p>", ["a", "b"]),
        ("one\n  two <b>three</b>\tfour<i>!</i>", ["one two three four!"]),
        ("<ul><li>one</li><li>two <ul><li>inner</ul></ul>end", ["- one", "- two", "  - inner", "", "end"]),
        ("<ol start=3><li>three<li>four</ol>", ["3. three", "4. four"]),
        ("<table><tr><th>Key</th><th>Day</th></tr><tr><td>17</td><td>May</td></table>", ["Key | Day", "17 | May"]),
        ("<table><tr><td></td><td>layout</td><td> </td></tr></table>", ["layout"]),
        ("<pre>a\n    b\n\n  c</pre>", ["a", "    b", "", "  c"]),
        ("<h1>Title</h1>text<hr>more", ["Title", "", "text", "---", "more"]),
        ("<a href='https://x.test/a'>here</a>", ["here <https://x.test/a>"]),
        ("<a href='https://x.test/'>x.test</a>", ["x.test"]),
        ("<a href='https://www.x.test/a'>https://www.x.test/a</a>", ["https://www.x.test/a"]),
        ("<a href='mailto:una@x.test?subject=Hi'>una@x.test</a>", ["una@x.test"]),
        ("<a href='mailto:una@x.test'>Una</a>", ["Una <una@x.test>"]),
        ("<a href='javascript:alert(1)'>here</a><a name=x>there</a>", ["herethere"]),
        ("see <img src='cid:a' alt='a plan'> and <img src='http://x.test/p.gif'>", ["see a plan and"]),
        ("a<script>no()</script><style>no {}</style><!-- no --><template>no</template>b", ["ab"]),
        ("<head><title>no</title></head><body>yes", ["yes"]),
        ("<button>Go</button> <textarea>as is</textarea> <select><option>A<option>B</select>", ["Go as is", "A", "B"]),
        ("<div><div><div>deep</div></div></div><table><tr><td><p>in</p></td></tr></table>", ["deep", "", "in"]),
        ("<div>" * 100 + "deep", ["deep"]),
        ("", [""]),
    ],
)  # fmt: skip
def test_html_becomes_the_lines_that_a_reader_sees(html: str, lines: list[str]) -> None:
    assert read(html).text.split("\n") == lines


DANGER = re.compile(r"<(?:script|style|svg|math|iframe|form|input|template)|<[^>]*(?:javascript:|\son\w+=|https?:)")
QUOTING = (
    '<div dir="ltr">New words</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, 1 Jun 2026 at 10:00 '
    'Ben &lt;<a href="mailto:support@casey.test">support@casey.test</a>&gt; wrote:<br></div><blockquote '
    'class="gmail_quote" style="margin:0"><div>Old words</div><div>Second line</div></blockquote></div>'
)


def test_what_is_quoted_is_told_apart_in_text_and_in_html() -> None:
    mail = read(QUOTING)
    assert mail.answer == "New words"
    assert mail.text.endswith("> Old words\n> Second line")
    assert mail.html
    folded = mail.html.split('<div class="quoted">')
    assert len(folded) == 2
    assert "New words" in folded[0]
    assert "Old words" in folded[1]
    assert "wrote:" in folded[1]


def test_a_quote_alone_is_all_visible() -> None:
    assert read(QUOTING.replace("New words", "")).visible is None


def test_the_sender_cannot_mark_his_words_as_quoted() -> None:
    mail = read('<div data-quoted="1" class="quoted">Pay me</div><p>Hi</p>')
    assert mail.visible is None
    assert mail.html == "<div>Pay me</div><p>Hi</p>"


def test_of_plain_text_and_html_the_plain_text_is_read_and_the_html_shown() -> None:
    mail = both("plain\n\nOn Mon, 1 Jun 2026 at 10:00, Ben <ben@team.test> wrote:\n> old", QUOTING)
    assert mail.answer == "plain"
    assert "> old" in mail.text
    assert mail.html
    assert "New words" in mail.html


@pytest.mark.parametrize(
    "excuse",
    [
        " \n ",
        "This message is in HTML format, but your mail program does not support it.",
        "To view this e-mail, use an HTML compatible e-mail viewer!",
        "Ihr E-Mail-Programm kann leider keine HTML-E-Mails anzeigen.",
        "Votre messagerie ne permet pas d'afficher ce message au format HTML.",
    ],
)
def test_a_plain_text_that_says_nothing_gives_way_to_the_html(excuse: str) -> None:
    assert both(excuse, "<p>The words themselves</p><p>and more of them</p>").text.startswith("The words themselves")


@pytest.mark.parametrize(
    "plain", ["I cannot view the HTML of your page.", "Why do you not support HTML?\nYours, Una", "html view: no"]
)
def test_a_plain_text_that_speaks_of_html_stays(plain: str) -> None:
    rest = plain.replace("\n", "<br>")
    assert both(plain, f"<div>{rest}</div><p>What only the page says.</p>").text == plain


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p onclick='x()' style='color:red' id=a class=b>Hi</p>", "<p>Hi</p>"),
        ("<script>x()</script><style>p{}</style>Hi", "Hi"),
        ("<a href='javascript:x()'>a</a>", '<a rel="noopener noreferrer nofollow">a</a>'),
        ("<a href='/relative'>a</a>", '<a rel="noopener noreferrer nofollow">a</a>'),
        ("<a href='cid:x'>a</a>", '<a rel="noopener noreferrer nofollow">a</a>'),
        ("<a href='http://x' target=_top>a</a>", '<a href="http://x" rel="noopener noreferrer nofollow">a</a>'),
        ("<img src='https://x.test/p.gif' alt='words'>", "words"),
        ("<img src='data:image/png;base64,AAAA'>Hi", "Hi"),
        ("<img src='CID:a%40b' width=10 height=10000000 onerror=x()>", '<img src="cid:a@b" width="10">'),
        ("<form action=/x><input name=a>Hi<button>b</button></form>", "Hib"),
        ("<iframe src=https://x.test></iframe><object data=x></object><embed src=x>Hi", "Hi"),
        (
            "<table background=http://x.test/a><tr><td colspan=2 bgcolor=red>a",
            '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
        ),
        ("<svg onload=x()><a xlink:href='javascript:x()'>a<svg>b</svg></a></svg>", "ab"),
        ("<base href=https://x.test><meta http-equiv=refresh content=0><link rel=stylesheet href=x>Hi", "Hi"),
        ("<div class=quoted>Hi</div>", "<div>Hi</div>"),
        ("<p><!-- comment -->Hi<![endif]--></p>", "<p>Hi</p>"),
    ],
)  # fmt: skip
def test_what_is_shown_is_safe(html: str, shown: str) -> None:
    assert read(html).html == shown


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "<svg>", "<math>", "<style>", "</style>", "<title>", "<img src=x onerror=x()>",
             "<a href=javascript:x()>", "<!--", "-->", "<![CDATA[", "]]>", "<template>", "<noscript>", "<table>",
             "<blockquote type=cite>", "<textarea>", "<mtext>", "<mglyph>", "&lt;script&gt;", "<script>", "'", '"',
             ">", "<td>", "Hi"]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_no_page_becomes_dangerous(html: str) -> None:
    shown = read(html).html or ""
    assert not re.search(
        r"<(?:script|style|svg|math|iframe|form|input|template)|<[^>]*(?:javascript:|\son\w+=|https?:)", shown
    )


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300 + "words" + "</div>" * 300 + "end",
        "<p>words</p>" * 200_000 + "end",
        "<b><p>" * 300 + "words</p>end",
    ],
    ids=["deep", "long", "unclosed"],
)
def test_a_page_beyond_bounds_is_not_shown_and_keeps_all_its_words(html: str) -> None:
    mail = read("<style>p{}</style><script>no()</script><!-- no -->" + html)
    assert mail.html is None
    assert mail.text.split().count("words") == html.count("words")
    assert mail.text.endswith("end")
    assert "no" not in mail.text.split()


def test_a_page_beyond_bounds_is_read_line_by_line() -> None:
    page = "<div>" * 300 + "<p>1 &lt; 2 <b>and</b>\nso</p><ul><li>one<li>two</ul><a href=x>unclosed <p>last"
    assert read(page).text.split("\n") == ["1 < 2 and so", "one", "two", "unclosed", "last"]
