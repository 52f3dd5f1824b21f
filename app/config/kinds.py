"""The kinds a setting can be of: how a value is checked, and how it is read from the environment.

A check takes the wire value (JSON) and returns the value Casey works with. It raises ValueError with the end of a
sentence that begins with the name of the setting: ``caseConfirmation must be true or false``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from email_validator import EmailNotValidError, validate_email

from app.clock import duration, time_zone
from app.config.shapes import ADDRESS, LENGTH, NAMED, TEXT, line_with, list_of

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
PART = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
NAME = rf"({PART}\.)*{PART}"
DOMAIN = re.compile(rf"(?=.{{1,253}}$){NAME}")
ORIGIN = r"\*|[hH][tT][tT][pP][sS]?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"
WEB = r"^https?://[^/\s]"
COLOR = "#[0-9A-Fa-f]{6}"
PICTURE = r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._~!$&()*+=:@%/?-]*"


@dataclass(frozen=True)
class Kind:
    """A kind of value: its name in the documentation, its check, how text becomes its wire value, its JSON Schema."""

    name: str
    check: Callable[[object], object]
    read: Callable[[str], object] = str
    told: Mapping[str, Any] = field(default_factory=dict)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _read_flag(text: str) -> object:
    known = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
    return known.get(text.strip().lower(), text)


def _read_number(text: str) -> object:
    return int(text) if re.fullmatch(r"-?\d{1,12}", text.strip(), re.ASCII) else text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a string")
    if len(value) > 1000:
        raise ValueError("must be at most 1000 characters long")
    if UNPRINTABLE.search(value):
        raise ValueError("must not contain control characters or line breaks")
    return value


def _duration(value: object) -> timedelta:
    if not isinstance(value, int | str):
        raise ValueError("must be a number of seconds or a duration such as 45s, 10m, 12h, 30d or 2w")
    length = duration(value)
    if not length:
        raise ValueError("must be longer than nothing")
    return length


def _address(value: object) -> str:
    text = _text(value)
    try:
        checked = validate_email(text, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        raise ValueError("must be an e-mail address such as support@example.com") from None
    if re.search(r"=\?|[\s<>,;:\\\"()\[\]]", text):
        raise ValueError("must be a plain e-mail address such as support@example.com")
    return checked.ascii_email or checked.normalized


def _addresses(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > 100:
        raise ValueError("must be an array of at most 100 e-mail addresses")
    try:
        return tuple(_address(one) for one in value)
    except ValueError:
        raise ValueError("must be an array of e-mail addresses such as info@example.com") from None


def _read_list(text: str) -> object:
    return [one.strip() for one in text.split(",") if one.strip()]


def _domain(value: object) -> str:
    text = _text(value)
    if not DOMAIN.fullmatch(text):
        raise ValueError("must be a domain name such as example.com")
    return text.lower()


def _color(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(COLOR, text):
        raise ValueError("must be a colour such as #1b6a5c")
    return text.lower()


def _picture(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(PICTURE, text):
        raise ValueError("must be the address of a picture such as https://example.com/logo.png")
    return text


def _origins(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > 100:
        raise ValueError("must be an array of at most 100 origins")
    if not all(isinstance(one, str) and re.fullmatch(ORIGIN, one) for one in value):
        raise ValueError("must be an array of origins such as https://shop.example.com, or of * alone")
    return tuple(one.lower() for one in value)


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > 100:
        raise ValueError("must be an array of at most 100 names")
    if not all(isinstance(one, str) and 0 < len(one) <= 100 and not UNPRINTABLE.search(one) for one in value):
        raise ValueError("must be an array of names of 1 to 100 characters, such as order_id")
    return tuple(value)


Flag = Kind("bool", _flag, _read_flag, {"type": "boolean"})
Text = Kind("string", _text, told=TEXT)
Duration = Kind("int or string", _duration, told=LENGTH)
Address = Kind("string", _address, told={**ADDRESS, "examples": ["info@example.com"]})
Addresses = Kind("array of strings", _addresses, _read_list, list_of(ADDRESS))
Domain = Kind(
    "string",
    _domain,
    told={"type": "string", "pattern": f"^{NAME}$", "maxLength": 253, "examples": ["mail.example.com"]},
)
Color = Kind("string", _color, told={"type": "string", "pattern": f"^{COLOR}$", "examples": ["#1b6a5c"]})
Picture = Kind("string", _picture, told={"type": "string", "pattern": f"^{PICTURE}$", "maxLength": 1000})
Origins = Kind("array of strings", _origins, _read_list, list_of({"type": "string", "pattern": f"^({ORIGIN})$"}))
Names = Kind("array of strings", _names, _read_list, list_of(NAMED))
TimeZone = Kind("string", time_zone, told={"type": "string", "maxLength": 60})


def Number(low: int, high: int) -> Kind:  # noqa: N802 - stands beside the other kinds and reads like one
    """Whole numbers from low to high, both included."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return value

    return Kind("int", check, _read_number, {"type": "integer", "minimum": low, "maximum": high})


def DurationWithin(shortest: str, longest: str) -> Kind:  # noqa: N802
    """A duration from the shortest to the longest, both included."""
    low, high = duration(shortest), duration(longest)

    def check(value: object) -> timedelta:
        length = _duration(value)
        if not low <= length <= high:
            raise ValueError(f"must be from {shortest} to {longest}")
        return length

    return Kind("int or string", check, told=LENGTH)


def OneOf(*choices: str) -> Kind:  # noqa: N802
    """One of a few words."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            raise ValueError("must be " + " or ".join(choices))
        return value

    return Kind("string", check, told={"type": "string", "enum": [*choices]})


def Format(*needed: str, url: bool = False) -> Kind:  # noqa: N802
    """A text with placeholders, each of which must occur; with url, it must be an http(s) address too."""

    def check(value: object) -> str:
        text = _text(value)
        missing = [name for name in needed if name not in text]
        if missing:
            raise ValueError(f"must contain {' and '.join(missing)}")
        if url and not re.match(WEB, text):
            raise ValueError("must begin with http:// or https://")
        return text

    return Kind("string", check, told=line_with(*([WEB] if url else []), *map(re.escape, needed)))
