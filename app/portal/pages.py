"""What every page shares: how it is rendered and which headers protect it."""

from flask import Response, make_response, render_template

# Pages hold no script and nothing from elsewhere; what people wrote is only ever shown as text.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def page(template: str, status: int = 200, /, *, frames: bool = False, **values: object) -> Response:
    """A page that is not kept by caches, not framed, and tells nobody where its reader came from.

    With ``frames`` it may show another page of ours in a frame.
    """
    response = make_response(render_template(f"portal/{template}", **values), status)
    response.headers.update(
        {
            "Content-Security-Policy": f"{POLICY}; frame-src 'self'" if frames else POLICY,
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        }
    )
    return response


def error_page(status: int, sentence: str) -> Response:
    """A page that says what is wrong, in one plain sentence."""
    return page("error.html", status, status=status, sentence=sentence)
