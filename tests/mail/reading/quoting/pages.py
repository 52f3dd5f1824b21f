"""What a reader sees of an HTML part when its quotes are folded."""

from selectolax.lexbor import LexborHTMLParser

from app.mail.reading.quoting import mark_quotes

BLOCKS = "br, p, div, tr, td, hr, blockquote, h1, li"


def marked(html: str) -> LexborHTMLParser:
    """The page with its quotes marked."""
    tree = LexborHTMLParser(html)
    mark_quotes(tree)
    return tree


def words_of(tree: LexborHTMLParser) -> str:
    """All words of a page, a blank between blocks."""
    for gone in tree.css("head, style, script"):
        gone.decompose()
    for block in tree.css(BLOCKS):
        block.insert_before(" ")
        block.insert_after(" ")
    return " ".join(tree.body.text().split()) if tree.body else ""


def visible_words(html: str) -> str:
    """The words that are left when everything marked is taken away."""
    tree = marked(html)
    for quote in tree.css("[data-quoted]"):
        quote.insert_before(" ")
        quote.decompose()
    return words_of(tree)
