"""What somebody wrote by a call, as text or as HTML or as both."""

from app.errors import Invalid
from app.mail.reading.html.safe import safe
from app.mail.reading.html.text import text_of_html
from app.mail.reading.html.tree import opened
from app.text import storable


def text_and_html(text: str | None, html: str | None, *, folded: bool = False) -> tuple[str, str | None]:
    """The text, made of the HTML where there is none, and the HTML as it may be shown, by the same rules as in mail.

    ``folded`` is for HTML that was made so before. Raises Invalid for HTML that is nested without measure, or from
    which no text can be made though one is needed.
    """
    if html is None:
        return text or "", None
    tree = opened(storable(html))
    if tree is None:
        raise Invalid("This HTML is nested too deeply, or has too many attributes.", field="html")
    made, _ = text_of_html(tree)
    if text is None and not made.strip():
        raise Invalid("There is nothing to be read in this HTML.", field="html")
    return made if text is None else text, safe(tree, folded=folded)
