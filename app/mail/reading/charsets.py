"""Bytes as text, whatever a mail says, or fails to say, about their charset. Nothing in here ever raises."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

import cchardet

# Names that mails use for charsets, and what they mean.
ALIASES = {
    "utf8mb4": "utf-8", "utf8mb3": "utf-8", "utf-8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "unicode": "utf-8",
    "x-unknown": "utf-8", "unknown": "utf-8", "unknown-8bit": "utf-8", "default": "utf-8", "none": "utf-8",
    "binary": "utf-8", "7bit": "utf-8", "8bit": "utf-8", "x-user-defined": "utf-8", "cp65001": "utf-8",
    "unicode-1-1-utf-7": "utf-7", "unicode-2-0-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7",
    "ansi": "cp1252", "ms-ansi": "cp1252", "x-ansi": "cp1252", "latin": "cp1252", "cp28591": "cp1252",
    "x-gbk": "gb18030", "cp936": "gb18030", "x-euc-cn": "gb18030", "gb-2312-80": "gb18030", "x-big5": "big5hkscs",
    "x-x-big5": "big5hkscs", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932", "x-ms-cp932": "cp932",
    "ks-c-5601": "cp949", "ks-c-5601-1987": "cp949", "ks-c-5601-1989": "cp949", "ksc5601": "cp949", "cp51949": "cp949",
    "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext", "x-euc-jp": "euc_jp", "cp51932": "euc_jp",
    "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "logical": "iso8859-8", "visual": "iso8859-8",
    "iso-8859-6-i": "iso8859-6", "iso-8859-6-e": "iso8859-6", "cp28605": "iso8859-15", "cp20866": "koi8-r",
    "koi8": "koi8-r", "koi": "koi8-r", "koi8-ru": "koi8-u", "cp21866": "koi8-u", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "x-macroman": "mac_roman", "x-mac-ce": "mac_latin2",
    "x-mac-centraleurroman": "mac_latin2",
    "x-mac-cyrillic": "mac_cyrillic", "x-mac-ukrainian": "mac_cyrillic", "x-mac-greek": "mac_greek",
    "x-mac-turkish": "mac_turkish", "x-mac-icelandic": "mac_iceland", "x-mac-croatian": "mac_croatian",
    "x-mac-romanian": "mac_romanian", "x-mac-japanese": "cp932", "x-mac-korean": "cp949",
    "x-mac-chinesesimp": "gb18030", "x-mac-chinesetrad": "big5hkscs",
}  # fmt: skip
NUMBERED = re.compile(r"(?:x-)?(?:windows|win|cp|ibm|ms|microsoft-cp)-?(\d{3,5})")
# Where a charset is named, its larger sibling is often used. Those who say ASCII and write more mean anything.
MEANT = {
    "ascii": "utf-8", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "big5": "big5hkscs", "euc_kr": "cp949", "shift_jis": "cp932", "iso2022_jp": "iso2022_jp_ext",
    "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
# These are no charsets of mails, and some of them take very long.
NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
LOOKS_LIKE_ASCII = ("iso2022", "hz", "utf-7", "utf-16", "utf-32")
ASCII = bytes(range(128))
ENOUGH_TO_GUESS = 16
CERTAIN = 0.8


def decoded(content: bytes, charset: str | None = None) -> str:
    """Bytes as text: UTF-8, else as declared, else as it looks, else by the charsets that fit nearly everything.

    Where text in the declared charset is valid UTF-8 too, and means something else, the mail is believed first.
    """
    return next(text for text in _readings(content, codec_of(charset)) if text is not None)


def codec_of(charset: str | None) -> str:
    """What Python calls a charset, in whichever way a mail writes it; UTF-8 for what is none."""
    written = (charset or "").lower().rpartition("charset=")[2].strip(" \t\"'=<>()*")
    name = re.split(r"[;,\s\"]", written)[0].replace("_", "-")
    number = NUMBERED.fullmatch(name)
    numbered = f"cp{number[1]}" if number else ""
    for known in (ALIASES.get(name, ""), ALIASES.get(numbered, ""), numbered, name, name[2:]):
        with suppress(LookupError, ValueError):
            found = codecs.lookup(known).name
            return "utf-8" if found in NO_CHARSETS else MEANT.get(found, found)
    return "utf-8"


def _readings(content: bytes, declared: str) -> Iterator[str | None]:
    for name in (declared, "utf-8") if declared.startswith(LOOKS_LIKE_ASCII) else ("utf-8", declared):
        yield _strictly(content, name)
    if declared == "utf-8":
        yield _nearly_utf8(content)
    yield _strictly(content, _guess(content))
    yield _strictly(content, "cp1252")
    yield content.decode("latin-1")


def _strictly(content: bytes, name: str | None) -> str | None:
    with suppress(LookupError, ValueError):
        return content.decode(name) if name else None
    return None


def _nearly_utf8(content: bytes) -> str | None:
    """UTF-8 in which a few bytes are broken, as when it was cut in the midst of a character."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(1 for sign in text if sign > "\x7f")
    return text if broken * 10 <= beyond_ascii else None


def _guess(content: bytes) -> str | None:
    """The charset it looks like, if there is enough of it to tell."""
    if len(content.translate(None, ASCII)) < ENOUGH_TO_GUESS:
        return None
    found = cchardet.detect(content[:100_000])
    name, sure = found["encoding"], found["confidence"] or 0
    return codec_of(name) if name and sure >= CERTAIN else None
