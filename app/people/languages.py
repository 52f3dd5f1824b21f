"""The languages that persons and cases can be in. The numbers never change: a new language is put at the end."""

from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset({"ar", "he"})


@dataclass(frozen=True)
class Language:
    """A language by its number, its tag (BCP 47), and its name in English."""

    number: int
    code: str
    title: str


_KNOWN = (
    ("ru", "Russian"),
    ("en", "English"),
    ("uk", "Ukrainian"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("pt", "Portuguese"),
    ("pt-BR", "Portuguese (Brazil)"),
    ("pl", "Polish"),
    ("nl", "Dutch"),
    ("sv", "Swedish"),
    ("da", "Danish"),
    ("nb", "Norwegian"),
    ("fi", "Finnish"),
    ("cs", "Czech"),
    ("sk", "Slovak"),
    ("hu", "Hungarian"),
    ("ro", "Romanian"),
    ("bg", "Bulgarian"),
    ("el", "Greek"),
    ("tr", "Turkish"),
    ("ar", "Arabic"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("zh", "Chinese"),
    ("zh-TW", "Chinese (Taiwan)"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("vi", "Vietnamese"),
    ("th", "Thai"),
    ("id", "Indonesian"),
    ("et", "Estonian"),
    ("lv", "Latvian"),
    ("lt", "Lithuanian"),
    ("sl", "Slovenian"),
    ("hr", "Croatian"),
    ("sr", "Serbian"),
    ("ka", "Georgian"),
    ("hy", "Armenian"),
    ("az", "Azerbaijani"),
    ("kk", "Kazakh"),
    ("be", "Belarusian"),
)
LANGUAGES = tuple(Language(number, code, title) for number, (code, title) in enumerate(_KNOWN, start=1))
NUMBERS = {one.code: one.number for one in LANGUAGES}
CODES = {one.number: one.code for one in LANGUAGES}


def language_number(code: str | None) -> int | None:
    """The number of a language; of one that has none, that of the language in general, such as of ``de-AT``."""
    if code is None:
        return None
    return NUMBERS.get(code) or NUMBERS.get(code.partition("-")[0])
