"""A session with an IMAP server, through imapclient: signed in, TLS verified, and a timeout for every call."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from app.mail.intake.accounts import Account
from app.mail.intake.oauth import access_token, grant_of
from app.mail.intake.token_endpoint import NoToken, without

TIMEOUT = SocketTimeout(connect=15, read=30)  # less than half the lease under which we read

# What any server or network can do to us; imapclient lets the errors of sockets and of TLS through as they are.
TROUBLE = (IMAPClientError, OSError, UnicodeError, NoToken)


@contextmanager
def signed_in(account: Account) -> Iterator[IMAPClient]:
    """A connection to a mailbox. Raises one of TROUBLE."""
    context = ssl.create_default_context()
    tls = account.encryption == "tls"
    client = IMAPClient(
        account.server,
        port=account.port,
        ssl=tls,
        ssl_context=context if tls else None,
        timeout=TIMEOUT,
        use_uid=True,
    )
    client.normalise_times = False  # so that moments come with their zone
    try:
        if account.encryption == "starttls":
            client.starttls(context)
        _sign_in(client, account)
        yield client
    except BaseException:
        _hang_up(client)  # after trouble a good-bye may never be answered, and would be waited for
        raise
    _leave(client)


def _sign_in(client: IMAPClient, account: Account) -> None:
    if account.auth == "xoauth2":
        _show_token(client, account)
        return
    try:
        _show_password(client, account.username, account.password or "")
    except LoginError as error:
        raise LoginError(without(str(error), account.password)) from None


def _show_password(client: IMAPClient, username: str, password: str) -> None:
    """LOGIN takes ASCII alone (RFC 3501); AUTHENTICATE PLAIN takes UTF-8 (RFC 4616), where the server offers it."""
    if f"{username}{password}".isascii():
        client.login(username, password)
    elif client.has_capability("AUTH=PLAIN"):
        client.plain_login(username, password)
    else:
        raise LoginError("it takes user names and passwords in ASCII alone, and ours is not")


def _show_token(client: IMAPClient, account: Account) -> None:
    """Sign in by XOAUTH2. A token can die before its time: one that is refused is exchanged for another, once."""
    grant = grant_of(account)
    token = access_token(grant)
    try:
        client.oauth2_login(account.username, token)
    except LoginError:
        token = access_token(grant, refused=token)
        try:
            client.oauth2_login(account.username, token)
        except LoginError as error:
            raise LoginError(without(str(error), token)) from None


def _leave(client: IMAPClient) -> None:
    try:
        client.logout()
    except TROUBLE:  # the work is done; a server that hangs up first is no trouble
        _hang_up(client)


def _hang_up(client: IMAPClient) -> None:
    with suppress(*TROUBLE):
        client.shutdown()
