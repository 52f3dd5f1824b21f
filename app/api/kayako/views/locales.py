"""Languages on Kayako's wire, and texts that may be there in several of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zlib import crc32

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_flag, a_number, a_text
from app.people.languages import LANGUAGES, RIGHT_TO_LEFT, Language


class LocaleShape(Shape):
    """A language."""

    id = a_number()
    locale = a_text()
    name = a_text()
    native_name = a_text()
    direction = a_text("LTR or RTL.")
    is_public = a_flag()


class TranslationShape(Shape):
    """A text in a language."""

    id = a_number()
    locale = a_text()
    translation = a_text()


@dataclass(frozen=True)
class Translation:
    """A text as it is written here: in one language, that of the operator."""

    id: int
    text: str


def _locales(rows: Sequence[Language], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.number,
            "locale": one.code.lower(),
            "name": one.title,
            "native_name": one.title,
            "direction": "RTL" if one.code in RIGHT_TO_LEFT else "LTR",
            "is_public": True,
        }
        for one in rows
    ]


def _translations(rows: Sequence[Translation], _optional: Collection[str]) -> list[Json]:
    return [{"id": one.id, "locale": "en-us", "translation": one.text} for one in rows]


def translated(of: str, text: str) -> list[Ref]:
    """A text in the languages in which it is there; ``of`` says of what, and its number is made of that."""
    number = crc32(of.encode()) & 0x7FFFFFFF
    return [Ref("locale_field", number, row=Translation(number, text))]


LOCALE = Resource(
    "locale",
    LocaleShape,
    _locales,
    lambda numbers: {one.number: one for one in LANGUAGES if one.number in numbers},
    path="locales/{}",
)
TRANSLATION = Resource("locale_field", TranslationShape, _translations)
