"""A plain text as HTML: its lines, its indents and its links, and nothing else."""

import re
from html import escape

from markupsafe import Markup

LINK = re.compile(r"https?://[^\s<>\"']{1,2000}")
BEHIND_LINK = ".,;:!?)]}*_"
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def text_as_html(text: str) -> Markup:
    """The text as it stands, in paragraphs."""
    paragraphs = BLANK_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Markup("\n".join(f"<p>{_lines(one)}</p>" for one in paragraphs if one.strip()))


def _lines(paragraph: str) -> str:
    return "<br>\n".join(_blanks_kept(_with_links(line)) for line in paragraph.strip("\n").split("\n"))


def _blanks_kept(line: str) -> str:
    """Indents and gaps as wide as they were written; a single blank lets the line break."""
    return re.sub(r"^ +|(?<= ) +", lambda blanks: "&nbsp;" * len(blanks[0]), line)


def _with_links(line: str) -> str:
    pieces, behind = [], 0
    for link in LINK.finditer(line):
        url = link[0].rstrip(BEHIND_LINK)
        pieces += [escape(line[behind : link.start()]), f'<a href="{escape(url)}">{escape(url)}</a>']
        behind = link.start() + len(url)
    return "".join([*pieces, escape(line[behind:])])
