"""Taking what is quoted out of HTML that was made safe."""

from selectolax.lexbor import LexborHTMLParser

from app.mail.reading.html.safe import FOLDED


def without_quotes(html: str) -> str:
    """Safe HTML without what it quotes; all of it, where nothing else would be left."""
    tree = LexborHTMLParser(html)
    for quoted in tree.css(f"div.{FOLDED}"):
        quoted.decompose()
    left = (tree.body.inner_html if tree.body else "") or ""
    return left.strip() if tree.text().strip() or tree.css_first("img") else html
