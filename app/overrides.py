"""Settings changed at run time: rows that every process reads at its next unit of work."""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.config.current import configuration, forget_settings, wire_settings
from app.config.settings import DECLARED, SECRETS, problems, with_derived
from app.config.sources import BadConfiguration, write_file
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.events import Actor, record
from app.extensions import Base, db
from app.people.models import Role
from app.people.persons import find_person
from app.transaction import reading

MASK = "***"
SMTP = ("smtpServer", "smtpPort", "smtpEncryption")
OF_OWNERS = ("smtpAdapter", *SMTP)
IMAP = ("imapServer", "imapPort", "imapEncryption")
# Access tokens, which those of OAuth are exchanged for, are shown to both servers.
SENT_TO = {
    "smtpPassword": SMTP,
    "imapPassword": IMAP,
    "oauthClientSecret": ("oauthTokenUrl", *SMTP, *IMAP),
    "oauthRefreshToken": ("oauthTokenUrl", *SMTP, *IMAP),
}
LOGIN = ("smtpUsername", "smtpPassword")

log = logging.getLogger(__name__)


class Override(Base):
    """One setting changed at run time, as its wire value."""

    __tablename__ = "setting_overrides"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    value: Mapped[Any] = mapped_column(sa.JSON)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


# Asked in every unit of work, and so put together once, past the mapping to objects.
IN_FORCE = select(*(Override.__table__.c[name] for name in ("name", "value")))


def read_overrides() -> dict[str, object]:
    """The wire values in force at run time. One that a newer version no longer knows is passed over."""
    return {name: value for name, value in db.session.execute(IN_FORCE) if name in DECLARED}


def shown_settings() -> dict[str, object]:
    """Every setting as its wire value, secrets masked."""
    return {name: _shown(name, value) for name, value in with_derived(wire_settings()).items()}


def _shown(name: str, value: object) -> object:
    return MASK if name in SECRETS and value is not None else value


def origins() -> dict[str, str]:
    """Where each value in force comes from: ``run_time``, ``environment``, ``file`` or ``default``."""
    known = configuration()
    run_time = known.run_time()
    static = {one: "environment" if one in known.of_environment else "file" for one in known.static}
    return dict.fromkeys(DECLARED, "default") | static | dict.fromkeys(run_time, "run_time")


def given_together(name: str) -> list[str]:
    """Settings that may have to be given with this one: passwords that would go elsewhere, half a login."""
    stored = wire_settings()
    moved = [password for password, places in SENT_TO.items() if name in places and stored.get(password)]
    return moved + [other for other in LOGIN if name in LOGIN and other != name and other not in moved]


def change_settings(changes: Mapping[str, object], *, by: Actor | None, role: Role) -> None:
    """Change settings, all or none, as somebody with this role. A masked secret means: as it was.

    Raises Invalid, naming each wrong setting, and Forbidden for one that only owners change.
    """
    wanted = {name: value for name, value in changes.items() if not (name in SECRETS and value == MASK)}
    now_in_force = with_derived(wire_settings())
    _check_role((name for name, value in wanted.items() if now_in_force.get(name) != value), role)
    found = problems({**wire_settings(), **wanted})
    if found:
        raise Invalid(" ".join(found.values()), fields=found)
    _check_passwords_stay({**wire_settings(), **wanted}, given=wanted)
    _check_nobodys(wanted)
    before = shown_settings()
    rows = {row.name: row for row in db.session.scalars(select(Override))}
    for name, value in wanted.items():
        row = rows.get(name) or Override(name=name)
        row.value = value
        db.session.add(row)
        record(row, "setting_changed", by=by, old={name: before[name]}, new={name: _shown(name, value)})
    forget_settings()


def _check_role(names: Iterable[str], role: Role) -> None:
    """Whoever says where mail goes reads the links by which owners sign in, so that none but an owner says it."""
    refused = next((name for name in names if name in OF_OWNERS and role is not Role.OWNER), None)
    if refused:
        raise Forbidden(f"Only an owner changes {refused}, since links to sign in are mailed there.", field=refused)


def _check_passwords_stay(after: Mapping[str, object], *, given: Collection[str] = ()) -> None:
    """A stored password goes only where it went before, or whoever may change settings could have it sent to himself.

    Raises Invalid, naming the password that must be given anew.
    """
    before, full = with_derived(wire_settings()), with_derived(after)
    for password, places in SENT_TO.items():
        if full[password] and password not in given and any(before[one] != full[one] for one in (password, *places)):
            raise Invalid(
                f"{password} must be given too: the stored one is not sent to another place than before.",
                field=password,
            )


def _check_nobodys(wanted: Mapping[str, Any]) -> None:
    """Our own addresses belong to no person, or he would get nothing that is meant for him."""
    for name in ("mailAddress", "mailAliases"):
        for address in [wanted[name]] if isinstance(wanted.get(name), str) else wanted.get(name) or []:
            owner = find_person(address)
            if owner is not None:
                raise Invalid(f"{name} is the address of {owner.name} already.", field=name)


def forget_setting(name: str, *, by: Actor | None, role: Role) -> None:
    """Take a run-time change back, as somebody with this role.

    Raises NotFound when there is none, Forbidden for one that only owners change, Invalid when Casey could not do
    without.
    """
    row = db.session.scalar(select(Override).where(Override.name == name)) if name in DECLARED else None
    if row is None:
        raise NotFound("This setting was not changed at run time.")
    _check_role([name], role)
    left = {key: value for key, value in wire_settings().items() if key != name}
    after = {**left, **{key: value for key, value in configuration().static.items() if key == name}}
    found = problems(after)
    if found:
        raise Invalid(" ".join(found.values()), fields=found)
    _check_passwords_stay(after)
    record(row, "setting_forgotten", by=by, old={name: _shown(name, row.value)})
    db.session.delete(row)
    db.session.flush()
    forget_settings()


def write_settings() -> list[str]:
    """Write the run-time changes into the primary configuration file; they stay in force. Says which.

    Raises Conflict when the file cannot be written, or is no longer one that settings can be added to.
    """
    with reading():
        values = read_overrides()
    try:
        write_file(configuration().deployment.config_file, values)
    except (OSError, BadConfiguration) as error:
        log.warning("the configuration file cannot be written: %s", error)
        raise Conflict("The configuration file cannot be written; the log says why. Nothing was lost.") from None
    return sorted(values)


def note_committed(names: list[str], *, by: Actor | None) -> None:
    """Record which settings were written into the file."""
    for row in db.session.scalars(select(Override).where(Override.name.in_(names))):
        record(row, "setting_committed", by=by)
