"""The templates of mails: ours, and in their place those of the operator, which are all tried when Casey starts."""

import textwrap
import traceback
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from app.config import deployed
from app.config.sources import BadConfiguration
from app.mail.models import MailPurpose
from app.mail.sending.composing.look import house
from app.translating import teach

OURS = Path(__file__).parents[3] / "templates"
PARTS = ("subject.txt", "body.txt", "body.html")
NOTICE = ("reference", "subject", "link", "sender", "name", "about", "reason", "stranger", "excerpt", "inbound")
PROPOSALS = ("proposals", "more_proposals")
POST = (
    "reference",
    "subject",
    "link",
    "writer",
    "preview",
    "message",
    "left_out",
    "files",
    "missing_files",
    *PROPOSALS,
)
LINE = 76  # of what we say; what people wrote keeps its lines
# What each kind of mail can say. Where nothing may be said that a stranger typed, there is nothing of his to be named.
NAMES: Mapping[MailPurpose, tuple[str, ...]] = {
    MailPurpose.CONFIRMATION: ("confirm_url",),
    MailPurpose.RECEIPT: ("reference", "link"),
    MailPurpose.TOO_LARGE: (),
    MailPurpose.HELD_NOTICE: NOTICE,
    MailPurpose.STORM_NOTICE: NOTICE,
    MailPurpose.REFUSED_ORDER: NOTICE,
    MailPurpose.UNMASKED_FILE: ("reference", "subject", "link", "names"),
    MailPurpose.WEBHOOK_DISABLED: ("webhook", "host", "reason"),
    MailPurpose.SIGN_IN: ("link",),
    MailPurpose.RATING: ("reference", "subject", "choices"),
    MailPurpose.NEW_LINK: ("reference", "subject", "link"),
    **dict.fromkeys(
        [MailPurpose.MESSAGE, MailPurpose.INITIAL, MailPurpose.COPY, MailPurpose.INVITATION, MailPurpose.REMINDER], POST
    ),
}
NOTHING: Mapping[str, object] = {
    "left_out": False,
    "stranger": False,
    "files": [],
    "missing_files": [],
    "proposals": [],
    "names": [],
    "choices": [],
}
SAMPLES: Mapping[str, object] = {
    "left_out": True,
    "stranger": True,
    "message": Markup("<p>Hello</p>"),
    "files": [{"name": "table.pdf", "url": "https://casey.example.com/files/1"}],
    "missing_files": ["mail.eml"],
    "proposals": [{"name": "Max", "address": "max@example.com"}],
    "names": ["mail.eml"],
    "choices": [{"name": "Very good", "url": "https://casey.example.com/r/1/high"}],
}


def mail_template(purpose: MailPurpose, part: str) -> Template:
    """One part of a kind of mail: the operator's, else ours."""
    return _environment(deployed().templates_dir).get_template(f"mail/{purpose}/{part}")


@lru_cache
def _environment(directory: Path | None) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([*([directory] if directory else []), OURS]),
        autoescape=lambda name: bool(name) and str(name).endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    teach(environment)
    environment.globals["house"] = house
    environment.filters["prose"] = prose
    return environment


def prose(text: str) -> str:
    """Words of ours in lines that every mail program shows whole. A link stays in one piece."""
    return textwrap.fill(text, LINE, break_long_words=False, break_on_hyphens=False)


def check_templates(directory: Path | None) -> None:
    """Try every mail with the operator's templates. Raises BadConfiguration, naming file and line."""
    if directory is None:
        return
    for path in directory.glob("mail/**/*.*"):
        if not (OURS / path.relative_to(directory)).exists():
            raise BadConfiguration(f"CASEY_TEMPLATES_DIR: {path} has the name of none of our templates.")
    _environment.cache_clear()
    for purpose in MailPurpose:
        for part in PARTS:
            _try(directory, purpose, part)


def _try(directory: Path, purpose: MailPurpose, part: str) -> None:
    bare: dict[str, object] = {name: NOTHING.get(name, "") for name in NAMES[purpose]}
    full: dict[str, object] = {name: SAMPLES.get(name, "sample") for name in NAMES[purpose]}
    for values in (bare, full):
        try:
            _environment(directory).get_template(f"mail/{purpose}/{part}").render(values)
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            place = next(_places(error, directory), f"{directory}/mail/{purpose}/{part}")
            raise BadConfiguration(f"CASEY_TEMPLATES_DIR: {place}: {error}") from error


def _places(error: Exception, directory: Path) -> Iterator[str]:
    """Where in the operator's templates it happened, the innermost first."""
    if isinstance(error, TemplateSyntaxError):
        yield f"{error.filename}, line {error.lineno}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(directory):
            yield f"{frame.filename}, line {frame.lineno}"
