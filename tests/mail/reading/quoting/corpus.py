"""The hand-made mails of the corpus, and what a reader should see of each.

In ``*.txt`` every line begins with ``V|`` where it is new, and with ``Q|`` where it is a quote or a signature. In
``*.html`` the lines that stay visible follow below ``=== visible``.
"""

from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
BELOW = "\n=== visible\n"


@dataclass(frozen=True)
class PlainCase:
    """A plain text; for each line its words and whether the author wrote them anew."""

    name: str
    lines: list[tuple[str, bool]]

    @property
    def text(self) -> str:
        return "\n".join(line for line, _ in self.lines)

    def written(self, *, visible: bool) -> list[str]:
        """The lines that are not blank."""
        return [line for line, new in self.lines if new is visible and line.strip()]


@dataclass(frozen=True)
class HtmlCase:
    """An HTML part, and the words of it that stay visible."""

    name: str
    html: str
    visible: str


def plain_cases() -> list[PlainCase]:
    """All plain texts, in the order of their names."""
    return [PlainCase(path.stem, _lines(path)) for path in sorted(CORPUS.glob("*.txt"))]


def _lines(path: Path) -> list[tuple[str, bool]]:
    found = []
    for line in path.read_text("utf-8").removesuffix("\n").split("\n"):
        kind, bar, words = line[:1], line[1:2], line[2:]
        assert kind + bar in ("V|", "Q|"), f"{path.name}: {line}"
        found.append((words, kind == "V"))
    return found


def html_cases() -> list[HtmlCase]:
    """All HTML parts, in the order of their names."""
    found = []
    for path in sorted(CORPUS.glob("*.html")):
        html, _, visible = path.read_text("utf-8").partition(BELOW)
        found.append(HtmlCase(path.stem, html, " ".join(visible.split())))
    return found
