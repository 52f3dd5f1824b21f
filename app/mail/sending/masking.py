"""Keeping the addresses of the team and of other participants away from customers.

Whole addresses only: ``ben@x.test`` is not in ``ruben@x.test``. What stays is the reader's own address and what nobody
here is known by.
"""

import re
from collections.abc import Collection

from app.cases.models import Case
from app.config import settings
from app.people.addresses import is_ours, key_of
from app.people.models import Person
from app.people.persons import owners_of

# Bounded as addresses are (RFC 5321, 4.5.3.1): else a megabyte without a blank would be read over and over. In links @
# may be written as %40.
ADDRESS = re.compile(r"[A-Za-z0-9_.!#$&'*+/=?^`{|}~-]{1,64}+(?:@|%40)(?:[^\W_]|[-.](?=[^\W_]|-)){1,255}+")
# Behind what an address can begin within a longer find: ``to=ben@x.test``, ``_ben@x.test_``, ``...ben@x.test``.
BEGINNING = re.compile(r"(?:^|[!#$&'*/=?^`{|}~]|\.\.)(?P<marks>[-_.+]*)")
AT_ONCE = 500


def _readings(found: str) -> list[str]:
    """What a find may mean, longest first: all of it is an address, or only what stands behind some sign."""
    local = re.split("@|%40", found)[0]
    starts = {start for sign in BEGINNING.finditer(local) for start in (sign.start("marks"), sign.end())}
    wholes = dict.fromkeys([found, re.split("[^!-~]", found)[0]])  # in some scripts no blank follows an address
    return [whole[start:].rstrip("-") for start in sorted(starts) if start < len(local) for whole in wholes]


def _key(reading: str) -> str:
    return key_of(reading.replace("%40", "@"))


def _owners(keys: Collection[str]) -> dict[str, Person]:
    """Whose addresses these are. In portions, since no database takes any number of values at once."""
    wanted = sorted(keys)
    portions = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    return {key: person for portion in portions for key, person in owners_of(portion).items()}


def _hidden(text: str, *, reader: Person, case: Case | None) -> dict[str, str]:
    """By find, the part of it that this reader must not see.

    The longest reading that is known here is what was meant: ``o'neil@x.test`` stays when the reader is O'Neil, even if
    there is a ``neil@x.test`` in the team.
    """
    finds = set(ADDRESS.findall(text))
    owners = _owners({_key(reading) for found in finds for reading in _readings(found)})
    inside = {one.person_id for one in case.participants} if case else set()
    hidden = {}
    for found in finds:
        meant = next((one for one in _readings(found) if is_ours(_key(one)) or _key(one) in owners), "")
        owner = None if is_ours(_key(meant)) else owners.get(_key(meant))
        if owner and owner.id != reader.id and (owner.team or owner.id in inside):
            hidden[found] = meant
    return hidden


def foreign_addresses(text: str, *, reader: Person, case: Case | None) -> set[str]:
    """The addresses in a text that this customer must not see: those of the team and of others in the case."""
    return {_key(meant) for meant in _hidden(text, reader=reader, case=case).values()}


def mask(text: str, *, reader: Person, case: Case | None) -> str:
    """The text with every foreign address replaced by the support address; unchanged for the team."""
    if reader.team:
        return text
    hidden = _hidden(text, reader=reader, case=case)

    def shown(match: re.Match[str]) -> str:
        found = match[0]
        return found.replace(hidden[found], settings().mail_address) if found in hidden else found

    return ADDRESS.sub(shown, text) if hidden else text
