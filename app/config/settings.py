"""Every setting, declared once: wire name, kind, default, meaning. Sources, API and documentation all read this."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.config.kinds import (
    Address,
    Addresses,
    Color,
    Domain,
    Duration,
    DurationWithin,
    Flag,
    Format,
    Kind,
    Names,
    Number,
    OneOf,
    Origins,
    Picture,
    Text,
    TimeZone,
)

SANDBOX_ADDRESS = "support@casey.test"
ENCRYPTION = OneOf("none", "starttls", "tls")
SIGN_IN = OneOf("password", "xoauth2")


def setting(kind: Kind, default: object, help: str, *, secret: bool = False) -> Any:
    """Declare a setting. The default is a wire value; None as default also allows null as a value."""
    return field(metadata={"kind": kind, "default": default, "help": help, "secret": secret})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings as Casey works with them. The wire name of ``case_close_idle`` is ``caseCloseIdle``."""

    case_confirmation: bool = setting(Flag, False, "A new case waits until its creator has confirmed it by a link.")
    case_close_idle: timedelta | None = setting(
        Duration, None, "How long a case may lie idle before it closes by itself, such as `30d`; null: never."
    )
    case_keep_closed: timedelta | None = setting(
        Duration,
        None,
        "How long closed cases are kept before they are removed for good, such as `730d`; null: for ever.",
    )
    case_can_reopen: bool = setting(Flag, True, "A message to a closed case reopens it.")
    case_send_initial: bool = setting(Flag, True, "The creator gets a copy of the message that opened the case.")
    case_send_copy: bool = setting(Flag, False, "Whoever posts to a case gets a copy of what was posted.")
    case_rating: str = setting(
        OneOf("all", "cases", "messages", "none"),
        "all",
        "What customers can rate: whole `cases`, single `messages` of the team, `all` of it, or `none`.",
    )
    case_ask_rating: bool = setting(
        Flag,
        False,
        "When a case is closed or resolved, and not by a customer, its requester is asked by mail to rate it, once.",
    )
    case_confirm_url: str | None = setting(
        Format("%code%", url=True),
        None,
        "Address of your own confirmation page; `%code%` becomes the code. Null: Casey's own page.",
    )
    case_meta_filters: tuple[str, ...] = setting(
        Names, [], "The keys of `meta` by which cases can be found, such as `order_id`, as `meta.order_id`."
    )
    team_invite_reminder: timedelta = setting(
        Duration, "1d", "How long after an invitation whoever has not answered is reminded, and the next are invited."
    )
    team_invite_count: int = setting(
        Number(0, 1000), 3, "How many team members are invited to a new case; 0: the whole team."
    )
    brand_name: str = setting(Text, "Support", "What our pages and mails are headed with: your name.")
    brand_color: str = setting(
        Color,
        "#1b6a5c",
        "The colour of buttons and links; it is made darker or lighter where it could not be read.",
    )
    brand_logo: str | None = setting(
        Picture, None, "Address of your logo, a picture of at least 56 pixels; null: none but Casey's own."
    )
    brand_footer: str = setting(Text, "", "A line at the foot of each page, such as your company and its address.")
    language: str = setting(
        OneOf("en", "de", "es", "fr", "ru", "sv"),
        "en",
        "The language of pages and mails for whoever has none of his own, and whose browser says none.",
    )
    time_zone: ZoneInfo = setting(
        TimeZone,
        "UTC",
        "The time zone of days and moments that say none, and of whoever has none of his own, such as `Europe/Berlin`.",
    )
    overdue: timedelta = setting(
        Duration, "1d", "How long a case may wait for the team before the filter `overdue` shows it, such as `4h`."
    )
    api_rate_limit: int = setting(
        Number(1, 1_000_000), 3000, "How many calls a minute each API key, and each address without one, may make."
    )
    api_origins: tuple[str, ...] = setting(
        Origins, [], "The web pages (origins) that may call the API from a browser; `*`: all."
    )
    contact_form: bool = setting(
        Flag,
        False,
        "Anybody can open a case by the form at `/new`; it waits until confirmed by a link in a mail.",
    )
    contact_origins: tuple[str, ...] = setting(
        Origins, [], "The web pages (origins) that may show the contact form in a frame, by `/widget.js`; `*`: all."
    )
    mail_enable: bool = setting(Flag, True, "False turns all mail off: everything then happens over HTTP alone.")
    mail_open_cases: bool = setting(Flag, True, "A mail that belongs to no case opens one.")
    mail_third_party: str = setting(
        OneOf("hold", "new", "reject"),
        "hold",
        "What becomes of a mail to a case from somebody who is not in it: `hold` it for the team, open a `new` case, "
        "or `reject` it without a word.",
    )
    mail_flood_limit: int = setting(
        Number(1, 100_000), 20, "How many cases one sender may open by mail in an hour; further mails are held."
    )
    mail_subject_format: str = setting(
        Format(),
        "[%prefix% %reference%] %subject%",
        "How subject lines are made of `%prefix%`, `%reference%` and `%subject%`.",
    )
    mail_subject_prefix: str = setting(Text, "Case", "What stands for `%prefix%` in a subject line.")
    mail_team_alias: str = setting(
        Format(),
        "%firstname% (Support)",
        "The name customers see of a team member, made of `%firstname%` and `%name%`.",
    )
    mail_sync_timer: int = setting(Number(1, 86_400), 60, "Seconds between two looks into the mailbox.")
    mail_send_timeout: timedelta = setting(
        DurationWithin("1s", "120s"), "45s", "The longest that handing over one mail may take, from `1s` to `120s`."
    )
    mail_address: str = setting(
        Address,
        None,
        "The one address everybody writes to. In the sandbox `support@casey.test`, otherwise required.",
    )
    mail_aliases: tuple[str, ...] = setting(
        Addresses, [], "Further addresses whose mail arrives here. Nobody can be reached at them but us."
    )
    mail_public_addresses: tuple[str, ...] = setting(
        Addresses, [], "Addresses that customers may see although they belong to the team."
    )
    mail_plus_addressing: bool = setting(
        Flag,
        False,
        "Replies and bounces come back to plus forms of mailAddress (`support+...@`). Only where the mail server "
        "delivers these; elsewhere such mail is lost.",
    )
    mail_keep_raw: timedelta | None = setting(
        Duration,
        None,
        "How long received mails are kept as they came, such as `90d`; a few headers are left of older ones. "
        "Null: for ever.",
    )
    mail_attachment_limit: int = setting(
        Number(0, 30), 10, "Megabytes of attachments that a mail carries; what is more comes as a link to download it."
    )
    mail_authserv_id: str | None = setting(
        Domain, None, "Whose Authentication-Results headers are believed: the name your mail server writes there."
    )
    main_domain: str = setting(Domain, None, "The domain of our message ids; null: the domain of mailAddress.")
    smtp_adapter: str = setting(OneOf("sandbox", "smtp"), "sandbox", "How mail leaves: `smtp` or `sandbox`.")
    smtp_server: str | None = setting(Domain, None, "Host name of the server that takes our mail.")
    smtp_port: int = setting(Number(1, 65_535), 587, "Its port.")
    smtp_username: str | None = setting(Text, None, "The name to sign in with; null: without signing in.")
    smtp_password: str | None = setting(Text, None, "The password to sign in with.", secret=True)
    smtp_encryption: str = setting(ENCRYPTION, "starttls", "`none`, `starttls` or `tls`.")
    smtp_auth: str = setting(SIGN_IN, "password", "How to sign in: `password` or `xoauth2`.")
    imap_adapter: str = setting(OneOf("sandbox", "imap"), "sandbox", "How mail arrives: `imap` or `sandbox`.")
    imap_server: str | None = setting(Domain, None, "Host name of the server that holds our mailbox.")
    imap_port: int = setting(Number(1, 65_535), 993, "Its port.")
    imap_username: str | None = setting(Text, None, "The name to sign in with; null: mailAddress.")
    imap_password: str | None = setting(Text, None, "The password to sign in with.", secret=True)
    imap_encryption: str = setting(ENCRYPTION, "tls", "`none`, `starttls` or `tls`.")
    imap_auth: str = setting(SIGN_IN, "password", "How to sign in: `password` or `xoauth2`.")
    imap_idle: bool = setting(Flag, True, "Let the server say when mail arrives, between the looks of mailSyncTimer.")
    oauth_token_url: str | None = setting(
        Format(url=True), None, "Where access tokens for `xoauth2` are had from (RFC 6749, 3.2)."
    )
    oauth_client_id: str | None = setting(Text, None, "The client id that the provider gave you.")
    oauth_client_secret: str | None = setting(Text, None, "The secret of that client.", secret=True)
    oauth_refresh_token: str | None = setting(
        Text, None, "The refresh token of the mailbox; null: the client signs in by itself.", secret=True
    )
    oauth_scope: str | None = setting(Text, None, "The scope to ask for, where the provider wants one.")

    @property
    def sandbox(self) -> bool:
        """Whether no mail server is involved at all, so that the sandbox may be shown."""
        return self.smtp_adapter == self.imap_adapter == "sandbox"


def wire_name(attribute: str) -> str:
    """``case_close_idle`` -> ``caseCloseIdle``."""
    first, *rest = attribute.split("_")
    return first + "".join(word.capitalize() for word in rest)


def variable(name: str) -> str:
    """The environment variable of a setting: ``caseCloseIdle`` -> ``CASEY_CASE_CLOSE_IDLE``."""
    return "CASEY_" + "".join(f"_{letter}" if letter.isupper() else letter for letter in name).upper()


DECLARED: Mapping[str, Field[Any]] = {wire_name(one.name): one for one in fields(Settings)}
SECRETS = frozenset(name for name, one in DECLARED.items() if one.metadata["secret"])


def checked(name: str, value: object) -> object:
    """The value Casey works with. Raises ValueError with the end of a sentence, KeyError for an unknown name."""
    declared = DECLARED[name].metadata
    if value is None and declared["default"] is None:
        return None
    return declared["kind"].check(value)


def with_derived(wire: Mapping[str, object]) -> dict[str, object]:
    """Complete wire values by the defaults, static ones and those which depend on other settings."""
    full = {name: one.metadata["default"] for name, one in DECLARED.items()} | dict(wire)
    if full["smtpAdapter"] == full["imapAdapter"] == "sandbox":
        full["mailAddress"] = full["mailAddress"] or SANDBOX_ADDRESS
    if not full["mainDomain"] and full["mailAddress"]:
        full["mainDomain"] = str(checked("mailAddress", full["mailAddress"])).rpartition("@")[2]
    return full


def problems(wire: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with these wire values, by name, as sentences: unknown, of the wrong kind, or missing."""
    found = {}
    for name, value in wire.items():
        try:
            checked(name, value)
        except KeyError:
            found[name] = f"{name} is not a setting. GET /api/casey/v1/config lists them all."
        except ValueError as error:
            found[name] = f"{name} {error}."
    if found:
        return found
    full = with_derived(wire)
    return _missing(full) or _half_a_login(full)


def _missing(full: Mapping[str, object]) -> dict[str, str]:
    wanted = {
        "mailAddress": full["smtpAdapter"] == "smtp" or full["imapAdapter"] == "imap",
        "smtpServer": full["smtpAdapter"] == "smtp",
        "imapServer": full["imapAdapter"] == "imap",
        "imapPassword": full["imapAdapter"] == "imap" and full["imapAuth"] == "password",
    }
    return {
        name: f"{name} is required when smtpAdapter is {full['smtpAdapter']} and imapAdapter is {full['imapAdapter']}."
        for name, needed in wanted.items()
        if needed and not full[name]
    }


def _half_a_login(full: Mapping[str, object]) -> dict[str, str]:
    """A user name without its password, or the reverse, is a slip that the server would only answer for later."""
    pair = ("smtpUsername", "smtpPassword")
    signs_in = full["smtpAdapter"] == "smtp" and full["smtpAuth"] == "password"
    if not signs_in or len([name for name in pair if full[name]]) != 1:
        return {}
    lacking, given = sorted(pair, key=lambda name: bool(full[name]))
    return {lacking: f"{lacking} is required when {given} is set; leave both out to send without signing in."}


def build(wire: Mapping[str, object]) -> Settings:
    """Settings from wire values, which must have no problems."""
    full = with_derived(wire)
    values: dict[str, Any] = {DECLARED[name].name: checked(name, value) for name, value in full.items()}
    return Settings(**values)
