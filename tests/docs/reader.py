"""A reader who does what a page says and compares what comes with what it shows.

Ids, moments, references and secrets are other ones here than on the page. What the page calls one thing must be one
thing here too, and where it stands in a later call, ours takes its place.
"""

import json
import re
from typing import Any

from werkzeug.test import TestResponse

from tests.api_client import Api
from tests.conftest import Worker
from tests.docs.examples import Answer, Call, Mail, Reply, Step
from tests.sandbox import Outside

PASSING = {
    "key": r"ck_\d+_[\w-]{43}",
    "uuid": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "webhook": r"whsec_[A-Za-z0-9+/]{43}=",
    "moment": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
    "secret": r"(?<![\w-])[\w-]{43}(?![\w-])",
    "reference": r"(?<!\d)\d{3}-\d{6}(?!\d)",
}
ANY_PASSING = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PASSING.items()))
MORE = "..."


class Reader:
    """Follows one page from its beginning to its end."""

    def __init__(self, api: Api, work: Worker, outside: Outside) -> None:
        self.api, self.work, self.outside = api, work, outside
        self.ours: dict[str, str] = {}
        self.answer: TestResponse | None = None

    def follow(self, step: Step) -> None:
        """Do what the step says, or check what it shows."""
        match step:
            case Call():
                self.call(step)
            case Answer():
                self.check_answer(step)
            case Mail():
                self.check_mail(step)
            case Reply():
                self.outside.reply(self.outside.inbox(step.who)[-1], step.words)

    def call(self, call: Call) -> None:
        self.answer = self.api.call(
            call.method, self.translated(call.path), data=self.translated(call.body), headers=call.headers
        )

    def translated(self, text: str) -> str:
        for theirs, ours in self.ours.items():
            text = text.replace(theirs, ours)
        return text

    def check_answer(self, shown: Answer) -> None:
        found = self.answer
        assert found is not None
        assert found.status_code == shown.status or (shown.status is None and found.status_code < 300), found.text
        for name, value in shown.headers.items():
            assert found.headers[name] == value
        self.same(shown.content, json.loads(found.text), "the answer")

    def check_mail(self, shown: Mail) -> None:
        self.work()
        address = shown.headers["To"].rpartition("<")[2].rstrip(">")
        mail = self.outside.inbox(address)[-1]
        for name, value in shown.headers.items():
            self.same(value, str(mail[name]), name)
        text = "\n".join(mail.get_content().strip().splitlines())
        self.same(shown.text.strip(), text, f"the mail to {address}")

    def same(self, shown: Any, found: Any, where: str) -> None:
        """Compare; ``"..."`` stands for any value, and as a key for further members."""
        if isinstance(shown, dict) and isinstance(found, dict):
            named = shown.keys() - {MORE}
            assert named == found.keys() or (MORE in shown and named <= found.keys()), f"{where}: {list(found)}"
            for key in named:
                self.same(shown[key], found[key], f"{where}, {key}")
        elif isinstance(shown, list) and isinstance(found, list):
            assert len(shown) == len(found), f"{where}: {found}"
            for index, (one, other) in enumerate(zip(shown, found, strict=True)):
                self.same(one, other, f"{where}, {index}")
        elif isinstance(shown, str) and isinstance(found, str) and shown != MORE:
            self.same_text(shown, found, where)
        else:
            assert shown in (found, MORE), f"{where}: {found!r}"

    def same_text(self, shown: str, found: str, where: str) -> None:
        pieces = list(ANY_PASSING.finditer(shown))
        stable = [re.escape(text) for text in _between(shown, pieces)]
        kinds = [f"({PASSING[str(piece.lastgroup)]})" for piece in pieces]
        pattern = "".join(part for pair in zip(stable, [*kinds, ""], strict=True) for part in pair)
        match = re.fullmatch(pattern, found)
        assert match, f"{where} is:\n{found}\nand not, as the page shows:\n{shown}"
        for piece, ours in zip(pieces, match.groups(), strict=True):
            if piece.lastgroup != "moment":
                assert self.ours.setdefault(piece[0], ours) == ours, f"{where}: {piece[0]} is two things here"


def _between(text: str, pieces: list[re.Match[str]]) -> list[str]:
    starts = [0, *(piece.end() for piece in pieces)]
    ends = [*(piece.start() for piece in pieces), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]
