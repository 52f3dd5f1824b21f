"""What mails and pages are when everything is taken away that differs from case to case."""

import re
from collections.abc import Iterable
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

from tests.reading import AS_READ

# What a pattern finds becomes the word beside it.
OWN = (
    (re.compile(r"<(?!support@)[\w.+=-]+@casey\.example>|<letter-[^>]+>"), "<an id>"),
    (re.compile(r"/c/[\w-]+"), "/c/a secret"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "a uuid"),
    (re.compile(r'(name="(csrf_token|once)" type="hidden" value=)"[^"]*"'), r'\1"a token"'),
    (re.compile(r'(name="csrf_token" value=)"[^"]*"'), r'\1"a token"'),
    (re.compile(r'data-mark="[^"]*"'), "a mark"),
    (re.compile(r'<time [^>]*>[^<]*</time>( <span class="aside">[^<]*</span>)?'), "a moment"),
    (re.compile(r'boundary="[^"]*"'), "a boundary"),
    (re.compile(r"\w{3}, \d{2} \w{3} \d{4} [\d:]{8} [+-]\d{4}"), "a moment"),
)


def alike(text: str, number: str, customer: str) -> str:
    """A text without what is this case's alone."""
    text = text.replace(number, "a number").replace(customer, "a customer")
    for pattern, word in OWN:
        text = pattern.sub(word, text)
    return text


def shapes(mails: Iterable[bytes], number: str, customer: str) -> list[list[Any]]:
    """The headers of mails in their order, and what stands in their parts, without what is this case's alone."""
    return [_shape(message_from_bytes(raw, policy=AS_READ), number, customer) for raw in mails]  # type: ignore[arg-type]


def _shape(mail: EmailMessage, number: str, customer: str) -> list[Any]:
    found: list[Any] = []
    for part in mail.walk():
        found += [(name, alike(str(value), number, customer)) for name, value in part.items()]
        if part.get_content_maintype() == "text":
            found.append(alike(part.get_content(), number, customer))
    return found
