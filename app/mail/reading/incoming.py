"""What a mail says, once it has been read: plain values, as the reading process hands them over."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Named:
    """An address, in lower case, and the name that stands with it."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Part:
    """A file in a mail. ``content`` is kept byte-exact; the name is what the sender called it, never a path."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True)
class Report:
    """What a mail system reports about a mail of ours (RFC 3464, or in the words of systems that do not know it).

    ``kind`` is ``delivery``, or ``other`` for receipts and complaints. ``action`` is ``failed``, ``delayed`` or
    ``delivered``. ``ids`` are the Message-IDs that it names, in angle brackets, the returned one first. ``status`` is
    an enhanced status code such as 5.1.1 (RFC 3463), or nothing; ``words`` are those of the other server.
    """

    kind: str
    action: str = "failed"
    status: str = ""
    words: str = ""
    ids: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forward:
    """Somebody else's mail that was passed on to us: who wrote it, under which subject, and where it begins.

    ``comment_end`` is the offset in the text at which the words of whoever passed it on end.
    """

    sender: Named
    subject: str
    text: str
    comment_end: int


@dataclass(frozen=True)
class Incoming:
    """A received mail, read. Ids keep their angle brackets; addresses are in lower case.

    ``text`` is all that was written. ``visible`` are the spans of it, as offsets, that are new rather than quoted; None
    when all is. ``html`` is safe to be shown, its quoted parts marked, its images named by ``cid:``. ``recipients`` are
    all addresses it was sent to or delivered at; ``copied`` are the people in To and Cc.
    """

    sender: str | None
    sender_name: str
    sender_problem: str | None
    subject: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    text: str
    content_type: str
    headers: dict[str, list[str]] = field(repr=False)
    html: str | None = None
    visible: tuple[tuple[int, int], ...] | None = None
    recipients: tuple[str, ...] = ()
    copied: tuple[Named, ...] = ()
    files: tuple[Part, ...] = ()
    report: Report | None = None
    forward: Forward | None = None

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return next(iter(self.headers.get(name.lower(), [])), "")

    @property
    def answer(self) -> str:
        """The visible part of the text alone; all of it when nothing is quoted."""
        if self.visible is None:
            return self.text
        return "".join(self.text[start:end] for start, end in self.visible).strip()
