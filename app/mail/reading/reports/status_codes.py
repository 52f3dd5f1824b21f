"""Enhanced status codes (RFC 3463) in what mail servers say."""

import re

ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
BEHIND_CODE = re.compile(r"\b[245]\d\d[ -]{1,3}[#(]{0,2}([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
SMTP_CODE = re.compile(r"(?:^|[\s:(\"'#])([45]\d\d)(?=[ \-:]{1,3}\S)", re.M)


def status_in(text: str) -> str:
    """The status code in a text, one behind an SMTP code first; x.0.0 for an SMTP code alone; or nothing."""
    found = BEHIND_CODE.search(text) or ENHANCED.search(text)
    if found:
        return found[1]
    code = SMTP_CODE.search(text)
    return f"{code[1][0]}.0.0" if code else ""
