"""What an account answers, read without trusting it: neither its length nor where it leads nor that it can be read."""

import json
import math
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import urljoin

from requests import Response

from app.errors import CaseyError, Unauthorized
from app.files.kept import Kept
from app.files.sizes import LARGEST
from app.files.storing import PIECE, keep

Json = dict[str, Any]

LARGEST_JSON = 64 * 1024 * 1024
LONGEST_WAIT = 600.0
SHOWN = 200


class NotRead(CaseyError):
    """An answer from which nothing can be taken over."""

    status = 422
    code = "not_read"


def as_json(response: Response, vendor: str) -> Json:
    """The object that an answer of this vendor's holds. Raises Unauthorized, or NotRead for all else."""
    content = _content(response)
    if response.status_code in {401, 403}:
        raise Unauthorized(f"The account does not take this e-mail address and API key (HTTP {response.status_code}).")
    if response.is_redirect:
        raise NotRead(
            f"{response.url} leads to {leads_to(response)}. If that is the account, give its address instead."
        )
    if response.status_code != 200:
        told = printable(content[:SHOWN].decode(errors="replace"))
        raise NotRead(f"{response.url} answers with HTTP {response.status_code}: {told}")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotRead(f"{response.url} does not answer as {vendor} does. Is it the address of an account?")
    return found


def printable(text: str) -> str:
    """What somebody else wrote, as it may be shown in a terminal."""
    return "".join(one if one.isprintable() else "?" for one in text)


def _content(response: Response) -> bytes:
    found = bytearray()
    for piece in response.iter_content(PIECE):
        found += piece
        if len(found) > LARGEST_JSON:
            raise NotRead(f"{response.url} answers with more than {LARGEST_JSON // 1024 // 1024} MB.")
    return bytes(found)


def as_file(response: Response) -> Kept | str | None:
    """The content of a file, or the address that it leads to; None for one that is not there, or is too large."""
    if response.is_redirect:
        return leads_to(response)
    with SpooledTemporaryFile(PIECE) as content:
        if response.status_code != 200:
            return None
        for piece in response.iter_content(PIECE):
            content.write(piece)
            if content.tell() > LARGEST:
                return None
        return keep(content)  # type: ignore[arg-type]


def leads_to(response: Response) -> str:
    """Where a redirect leads."""
    return urljoin(response.url, response.headers["Location"])


def seconds_in(response: Response, usual: float) -> float:
    """How long to wait until the limit of the account allows the next call, as it says itself, but not for ever."""
    try:
        said = float(response.headers.get("Retry-After") or response.headers.get("retry_after") or usual)
    except ValueError:
        return usual
    return min(max(said, 0.0), LONGEST_WAIT) if math.isfinite(said) else usual
