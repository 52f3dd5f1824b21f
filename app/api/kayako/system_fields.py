"""What every case has, which Kayako counts among the fields."""

from dataclasses import dataclass

# The numbers of what every case has lie beyond those of the operator's own fields.
SYSTEM = 1_000_000


@dataclass(frozen=True)
class SystemField:
    """What every case has, which Kayako counts among the fields."""

    number: int
    kind: str
    title: str

    @property
    def id(self) -> int:
        return SYSTEM + self.number


SYSTEM_FIELDS = tuple(
    SystemField(number, kind, kind.capitalize())
    for number, kind in enumerate(("SUBJECT", "MESSAGE", "PRIORITY", "STATUS", "TYPE", "TEAM", "ASSIGNEE"), 1)
)
