"""The languages of Deskie's wire. The numbers are ours, and never change: a new language is put at the end."""

from app.errors import Invalid

LANGUAGES = (
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
NUMBERS = {code: number for number, (code, _) in enumerate(LANGUAGES, start=1)}
CODES = {number: code for code, number in NUMBERS.items()}
UNKNOWN = 0


def language_id(code: str | None) -> int:
    """The number of a language; of one that has none, that of the language in general, such as of ``de-AT``."""
    if code is None:
        return UNKNOWN
    return NUMBERS.get(code) or NUMBERS.get(code.partition("-")[0], UNKNOWN)


def language_code(number: int, *, field: str = "language_id") -> str | None:
    """The language with this number; none for 0. Raises Invalid."""
    if number != UNKNOWN and number not in CODES:
        raise Invalid("There is no language with this id. GET /api/languages.json lists them.", field=field)
    return CODES.get(number)
