"""The pages of the documentation, and what is found on them."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def name(page: Path) -> str:
    """The page as people call it."""
    return str(page.relative_to(ROOT))


def without_examples(page: Path) -> str:
    """The prose of a page, without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S)


def section(page: Path, marker: str) -> str:
    """What stands between ``<!-- marker -->`` and ``<!-- /marker -->``."""
    [found] = re.findall(rf"<!-- {marker} -->\n(.*?)<!-- /{marker} -->", page.read_text("utf-8"), re.S)
    return str(found)


def first_cells(table: str) -> list[str]:
    """The code in the first cell of each row of a Markdown table."""
    return re.findall(r"^\| `([^`|]+)` \|", table, re.M)


def linked(page: Path) -> list[tuple[Path, str]]:
    """The pages and files that a page links to here, each with its fragment."""
    here = [link for link in LINK.findall(without_examples(page)) if not re.match(r"[a-z]+:", link)]
    parts = [link.partition("#") for link in here]
    return [((page.parent / path).resolve() if path else page, fragment) for path, _, fragment in parts]


def anchors(page: Path) -> set[str]:
    """The fragments that lead to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", without_examples(page), re.M)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
