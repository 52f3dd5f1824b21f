"""What a house has in it when one of its APIs is fuzzed."""

from dataclasses import dataclass

# Things by the address of what can be done with them; each by the values that stand for the address's placeholders.
Ready = dict[str, list[list[str]]]


@dataclass(frozen=True)
class Furnished:
    """What is ready, and what to send as Authorization, by the beginning of an address."""

    ready: Ready
    authorization: dict[str, str]
