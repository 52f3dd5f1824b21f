"""What events are about that concern no single row: the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class House:
    """All that there is."""

    __tablename__ = "house"

    id: int = 0


HOUSE = House()
