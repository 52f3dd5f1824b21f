"""What every page shares: how it is rendered, in whose language, and which headers protect it."""

from collections.abc import Collection

from flask import Response, make_response, render_template, request

from app.config import settings
from app.people.models import Person
from app.portal.branding import brand_version, logo_origin
from app.portal.said import said
from app.translating import LANGUAGES, nearest, speaking

# Pages hold no script but ours and nothing from elsewhere but the operator's logo; what people wrote is only ever shown
# as text.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{logo}; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {framers}"
)


def page(
    template: str,
    status: int = 200,
    /,
    *,
    reader: Person | None = None,
    frames: bool = False,
    framed_by: Collection[str] = (),
    **values: object,
) -> Response:
    """A page that is not kept by caches, and tells nobody where its reader came from.

    It is in the language of its ``reader``, else of the browser. With ``frames`` it may show another page of ours in a
    frame; pages of the origins ``framed_by`` may show it in one.
    """
    with speaking(language_of(reader)):
        text = render_template(f"portal/{template}", reader=reader, **look(), **values)
    response = make_response(text, status)
    policy = POLICY.format(logo=logo_origin(), framers=" ".join(framed_by) or "'none'")
    response.headers.update(
        {
            "Content-Security-Policy": f"{policy}; frame-src 'self'" if frames else policy,
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        }
    )
    return response


def language_of(reader: Person | None) -> str:
    """In which language somebody reads: his own, else what his browser asks for, else that of the house."""
    own = reader.language if reader else None
    return nearest(own or request.accept_languages.best_match(LANGUAGES), settings().language)


def look() -> dict[str, object]:
    """How the operator wants the page to look."""
    return {"brand": settings(), "brand_version": brand_version()}


def error_page(status: int, sentence: str) -> Response:
    """A page that says what is wrong, in one plain sentence."""
    return page("error.html", status, status=status, sentence=said_in(None, sentence))


def said_in(reader: Person | None, sentence: str | None) -> str | None:
    """What a verb says, in the language of its reader."""
    with speaking(language_of(reader)):
        return said(sentence) if sentence else None
