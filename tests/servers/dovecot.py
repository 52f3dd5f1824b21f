"""Dovecot: real mailboxes, by IMAP and LMTP."""

import shutil
import signal
import smtplib
import subprocess
from pathlib import Path
from subprocess import Popen

from imapclient import IMAPClient

from tests.servers import child
from tests.servers.places import new_directory, unprivileged
from tests.servers.ports import LOOPBACK, answers, free_port, wait_until
from tests.servers.server import Server

PASSWORD = "secret"

CONFIG = """
base_dir = {directory}/run
state_dir = {directory}/state
log_path = {directory}/dovecot.log
protocols = imap lmtp
listen = {host}
hostname = dovecot.test
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login{mechanisms}
auth_username_chars =
auth_failure_delay = 0
default_internal_user = {account.user}
default_internal_group = {account.group}
default_login_user = {account.user}
first_valid_uid = {account.uid}
last_valid_uid = {account.uid}
first_valid_gid = {account.gid}
mail_location = maildir:{directory}/mail/%u
mail_fsync = never
mail_max_userip_connections = 100
{passdb}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={account.uid} gid={account.gid} home={directory}/home/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Processed {{
    auto = create
  }}
  mailbox Failed {{
    auto = create
  }}
}}
service anvil {{
  chroot =
  # No growing pause after refused logins.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = {host}
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  chroot =
  inet_listener lmtp {{
    address = {host}
    port = {lmtp_port}
  }}
}}
"""

BY_TOKEN = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {directory}/oauth2.conf
}}
"""


class Dovecot(Server):
    """A mailbox for whoever logs in with PASSWORD, and for whoever gets mail. A user's name is his address.

    Mail to `ben+anything@team.test` reaches `ben@team.test`. With a `tokeninfo_url`, where Dovecot asks whether an
    access token is good, its owner may also log in by XOAUTH2.
    """

    def __init__(self, *, tokeninfo_url: str | None = None) -> None:
        self.host = LOOPBACK
        self._tokeninfo_url = tokeninfo_url
        self.imap_port = free_port()
        self.lmtp_port = free_port()
        self._directory: Path | None = None
        self._process: Popen[bytes] | None = None

    @staticmethod
    def available() -> bool:
        """Whether a Dovecot is installed that understands our configuration: 2.3, with its IMAP and LMTP parts."""
        program = _find("dovecot")
        return program is not None and _has_parts() and _output(program, "--version").startswith("2.3.")

    def start(self) -> None:
        directory = self._directory = self._directory or self._create()
        log = directory / "dovecot.log"
        self._process = child.spawn([_program("dovecot"), "-F", "-c", self._config], log, farewell=signal.SIGTERM)
        child.wait_until_ready(self._process, lambda: answers(self.imap_port) and answers(self.lmtp_port), log)

    def stop(self) -> None:
        if self._process is not None:
            child.end(self._process, signal.SIGTERM)
            self._process = None

    def end(self) -> None:
        """In good order it takes seconds, in which it waits for its children."""
        if self._process is not None:
            child.end_all(self._process)
            self._process = None

    def discard(self) -> None:
        if self._directory:
            shutil.rmtree(self._directory)
            self._directory = None

    def deliver(self, user: str, raw: bytes, *, sender: str = "outside@world.test") -> None:
        """Put a mail into the user's INBOX, by LMTP. smtplib's errors pass through."""
        with smtplib.LMTP(self.host, self.lmtp_port, timeout=30) as lmtp:
            lmtp.sendmail(sender, [user], raw)

    def messages(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """The raw mails of a folder, in the order of their UIDs, left unread."""
        with self.login(user) as imap:
            imap.select_folder(folder, readonly=True)
            uids = imap.search()
            fetched = imap.fetch(uids, ["BODY.PEEK[]"]) if uids else {}
            return [fetched[uid][b"BODY[]"] for uid in uids if uid in fetched]  # others may be moving them

    def uidvalidity(self, user: str, folder: str = "INBOX") -> int:
        with self.login(user) as imap:
            return int(imap.folder_status(folder, ["UIDVALIDITY"])[b"UIDVALIDITY"])

    def login(self, user: str) -> IMAPClient:
        """An IMAP session of the user, to be used in a `with` block."""
        imap = IMAPClient(self.host, self.imap_port, ssl=False, timeout=30)
        imap.login(user, PASSWORD)
        return imap

    def kick(self, user: str) -> None:
        """Cut the sessions of the user, who has at least one, and return when they are gone.

        A session is listed only a moment after it began, and what is not listed is not cut.
        """
        wait_until(lambda: self._sessions(user.lower()), 10, f"a session of {user} to cut")
        self._cut_sessions(user)

    def _cut_sessions(self, user: str) -> None:
        wait_until(lambda: self._cut(user.lower()), 10, f"the sessions of {user} to end")

    def _cut(self, user: str) -> bool:
        """Cut what is listed, and say whether anything is left: a session that began meanwhile was not cut."""
        self._doveadm("kick", user)
        return not self._sessions(user)

    def change_uidvalidity(self, user: str) -> None:
        """Give every folder of the user another UIDVALIDITY, and its mails other UIDs. Cuts his sessions."""
        self._cut_sessions(user)
        for index in (self._root / "mail" / user.lower()).rglob("dovecot*"):
            # This one remembers the last UIDVALIDITY. Without it the new one would be the clock's, perhaps the same.
            if not index.name.startswith("dovecot-uidvalidity"):
                index.unlink(missing_ok=True)

    @property
    def _root(self) -> Path:
        if self._directory is None:
            raise RuntimeError("Dovecot was never started.")
        return self._directory

    @property
    def _config(self) -> Path:
        return self._root / "dovecot.conf"

    def _create(self) -> Path:
        account = unprivileged()
        directory = new_directory("dovecot", account)
        ports = {"host": self.host, "imap_port": self.imap_port, "lmtp_port": self.lmtp_port}
        by_token = {"mechanisms": "", "passdb": ""}
        if self._tokeninfo_url:
            (directory / "oauth2.conf").write_text(
                f"tokeninfo_url = {self._tokeninfo_url}\nusername_attribute = email\n"
            )
            by_token = {"mechanisms": " xoauth2 oauthbearer", "passdb": BY_TOKEN.format(directory=directory)}
        (directory / "dovecot.conf").write_text(
            CONFIG.format(directory=directory, account=account, password=PASSWORD, **ports, **by_token)
        )
        return directory

    def _sessions(self, user: str) -> bool:
        listed = self._doveadm("who", "-1", user).splitlines()
        return any(line.startswith(f"{user} ") for line in listed)

    def _doveadm(self, *arguments: str) -> str:
        return _output(_program("doveadm"), "-c", str(self._config), *arguments)


def _output(*command: str) -> str:
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=30).stdout


def _find(name: str) -> str | None:
    # Ordinary users do not have the folders of system programs in their PATH.
    return shutil.which(name) or shutil.which(name, path="/usr/local/sbin:/usr/sbin")


def _program(name: str) -> str:
    if (found := _find(name)) is None:
        raise FileNotFoundError(f"The program {name} is not installed.")
    return found


def _has_parts() -> bool:
    homes = (Path("/usr/lib/dovecot"), Path("/usr/libexec/dovecot"))
    return any((home / "imap").exists() and (home / "lmtp").exists() for home in homes)
