"""Reports as the large mail systems write them, and what each says: ``corpus/*.eml`` and ``corpus/expected.txt``.

In the files ``{ID}`` stands for the Message-ID of our mail that came back, ``{EARLIER}`` for that of the mail before it
to the same person in the same case, ``{ANCHOR}`` for that person's anchor, and ``{ADDRESS}`` for his address.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
UNA = "una@customer.test"


@dataclass(frozen=True)
class Sample:
    """A report, and what it says. ``found_by`` says how its mail can be found: by its id, or by its reader's anchor."""

    name: str
    action: str
    status: str
    kind: str
    found_by: str

    def written(self, *, id: str, earlier: str, anchor: str, address: str = UNA) -> bytes:
        """The report, about a mail with this id."""
        text = (CORPUS / f"{self.name}.eml").read_text("utf-8")
        words = {"ID": id, "EARLIER": earlier, "ANCHOR": anchor, "ADDRESS": address}
        for word, value in words.items():
            text = text.replace(f"{{{word}}}", value).replace(f"{{HTML_{word}}}", escape(value))
        return text.encode()


def _sample(line: str) -> Sample:
    name, action, status, kind, found_by = line.split()
    return Sample(name, action, status.strip("-"), kind.strip("-"), found_by)


SAMPLES = [_sample(line) for line in (CORPUS / "expected.txt").read_text("utf-8").splitlines()[1:]]
