"""Reports in plain words: how mail systems say, in several languages, that a mail failed, is late, or arrived."""

import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage

import flufl.bounce

from app.mail.reading.incoming import Report
from app.mail.reading.reports.parts import header, said
from app.mail.reading.reports.status_codes import BEHIND_CODE, ENHANCED, SMTP_CODE, status_in

OPENING = 4000
LONGEST_WORDS = 1000

# Where the mail that came back begins.
COPY = re.compile(
    r"^[\s>]{0,5}(?:-{2,80}[^\n]{0,60}\b(?:copy of|original|returned|below this line|urspr|origin|forwarded)|"
    r"original message headers|message headers follow|(?:reporting-mta|received|message-id)\s*:)",
    re.I | re.M,
)
# How the systems begin that everybody knows; nobody else writes so.
KNOWN = re.compile(
    r"this message was created automatically by mail delivery software|"
    r"this is the qmail-send program|"
    r"this is the mail system at host|"
    r"the following addresses had (?:permanent fatal|transient non-fatal) errors|"
    r"delivery has failed to these recipients|"
    r"delivery is delayed to these recipients|"
    r"your message did not reach some or all of the intended recipients|"
    r"delivery to the following recipient failed permanently|"
    r"your message wasn.t delivered to|"
    r"there was a temporary problem (?:while )?delivering your message|"
    r"sorry, we were unable to deliver your message to the following address|"
    r"an error occurred while trying to deliver the mail to the following recipients",
    re.I,
)
DELAYED = re.compile(
    r"warning only|will (?:retry|be retried|continue|keep trying)|not(?: yet)? been delivered yet|"
    r"hasn.t been delivered yet|delivery (?:is|has been|was) delayed|delivery (?:status notification )?\(?delay|"
    r"delayed mail|temporary problem|transient non-fatal errors|still being (?:retried|attempted)|"
    r"verz(?:ö|oe)gert|noch nicht zugestellt|weiterhin versuch|retard(?:é|ada|ata|o\b)|a (?:é|e)t(?:é|e) retard|"
    r"aún no se ha|vertraagd|försen|opóźnion|задерж|отложен|遅延|延迟",
    re.I,
)
DELIVERED = re.compile(
    r"success(?:fully)? (?:notification|delivered)|successful mail delivery|was successfully (?:delivered|sent)|"
    r"\(success\)|has been delivered to the following|wurde erfolgreich zugestellt|remis avec succès|"
    r"entregado correctamente",
    re.I,
)
FAILED = re.compile(
    r"could ?n[o']?t be delivered|could not deliver|cannot be delivered|can.t be delivered|undeliver(?:ed|able)|"
    r"not (?:be )?delivered|wasn.t delivered|unable to deliver|delivery (?:has |to [^\n]{1,99} )?failed|"
    r"delivery (?:status notification )?\(?fail|failure notice|returned mail|returned to sender|did not reach|"
    r"delivery failure|permanent (?:fatal )?error|message blocked|address not found|delivery incomplete|"
    r"nicht zugestellt werden|unzustellbar|zustellung[^\n]{0,40} fehlgeschlagen|"
    r"pas pu être (?:remis|distribué|livré)|échec de la remise|non remis|non distribu|"
    r"no se (?:ha podido|pudo|puede) entregar|no se entreg|no entregado|"
    r"impossibile recapitare|non è stato (?:recapitato|consegnato)|mancato recapito|"
    r"não (?:foi possível entregar|pôde ser entregue|foi entregue)|"
    r"onbestelbaar|niet (?:worden )?(?:bezorgd|afgeleverd)|kunde inte levereras|olevererbar|gick inte att leverera|"
    r"nie (?:można dostarczyć|została dostarczona|dostarczono)|"
    r"не удалось доставить|не (?:было|может быть) доставлено|недоставлен|"
    r"配信できません|配信不能|配送できません|退信|无法送达|未送达|投递失败",
    re.I,
)


def by_words(mail: EmailMessage, *, certain: bool) -> Report | None:
    """What a mail system reports in words. Where it is not certain that one wrote them, only well-known ones count."""
    told = _told(mail)
    opening = f"{_subject(mail)}\n{told[:OPENING]}"
    if not certain and not KNOWN.search(opening):
        return None
    action = _action(opening) or (_library(mail) if certain else "")
    return Report("delivery", action, status_in(told), _sentence(told)) if action else None


def _action(opening: str) -> str:
    """A late mail is said to be not delivered too, and some say beside it what will be said when it fails."""
    meanings = {"delayed": DELAYED, "delivered": DELIVERED, "failed": FAILED}
    known = KNOWN.search(opening)
    return next((action for action, words in meanings.items() if words.search(opening)), "failed" if known else "")


def _told(mail: EmailMessage) -> str:
    """What the system says itself: neither what it gives back nor what is quoted."""
    text = said(mail).replace("\r\n", "\n")
    copy = COPY.search(text)
    return "\n".join(line for line in text[: copy.start() if copy else None].split("\n") if not line.startswith(">"))


def _subject(mail: EmailMessage) -> str:
    try:
        return str(make_header(decode_header(header(mail, "subject"))))
    except (MessageError, ValueError, LookupError):
        return header(mail, "subject")


def _library(mail: EmailMessage) -> str:
    """What flufl.bounce makes of it, which knows many rare systems by their words."""
    try:
        late, failed = flufl.bounce.all_failures(mail)
    except Exception:  # it does not expect everything that a mail can be
        return ""
    return "failed" if failed else "delayed" if late else ""


def _sentence(told: str) -> str:
    """The words of the other server: the paragraph with its code, else the one that says what happened.

    Where that only announces the reason, the reason stands in the next one.
    """
    paragraphs = [one.strip() for one in re.split(r"\n[ \t]*\n", told) if one.strip()]
    for sign in (BEHIND_CODE, SMTP_CODE, ENHANCED, FAILED, DELAYED):
        for place, paragraph in enumerate(paragraphs):
            if sign.search(paragraph):
                spoken = paragraphs[place : place + 2] if paragraph.endswith(":") else [paragraph]
                return " ".join(" ".join(spoken).split())[:LONGEST_WORDS]
    return " ".join(told.split())[:LONGEST_WORDS]
