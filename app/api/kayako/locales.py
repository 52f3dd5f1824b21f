"""Languages."""

from app.api.kayako.finding import one_at
from app.api.kayako.listing import few
from app.api.kayako.paging import Paged
from app.api.kayako.routing import PUBLIC, Answer, Json, route
from app.api.kayako.views.locales import LOCALE
from app.people.languages import LANGUAGES


@route("/locales", "GET", PUBLIC, asks=Paged, shows=LOCALE, many=True)
def index(asked: Json) -> Answer:
    """Every language that a case or a person can be in."""
    return few(LOCALE, LANGUAGES, asked)


@route("/locales/<locale>", "GET", PUBLIC, shows=LOCALE)
def show(locale: str) -> Answer:
    """One language."""
    return one_at(LOCALE, locale)
