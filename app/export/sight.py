"""What one person may see in plain JSON: neither addresses of the team nor those of others in a case."""

from typing import Any

from app.cases.models import Case
from app.mail.sending.masking.mask import Mask
from app.people.models import Person


class Sight:
    """The masks of one reader, one for each case, so that who is in it is asked once."""

    def __init__(self, reader: Person) -> None:
        self.reader = reader
        self._masks: dict[int | None, Mask] = {}

    def __call__(self, value: Any, case: Case | None = None) -> Any:
        """The value as he may see it: a text, or plain JSON with all texts in it, the names of members too."""
        return masked(value, self.mask(case))

    def mask(self, case: Case | None) -> Mask:
        """What he must not see in a case."""
        return self._masks.setdefault(case.id if case else None, Mask(self.reader, case))


def masked(value: Any, mask: Mask) -> Any:
    """Plain JSON with each text as the reader of the mask may see it."""
    if isinstance(value, dict):
        return {masked(name, mask): masked(part, mask) for name, part in value.items()}
    if isinstance(value, list):
        return [masked(part, mask) for part in value]
    return mask(value) if isinstance(value, str) else value
