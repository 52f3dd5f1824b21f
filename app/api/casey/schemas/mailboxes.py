"""What is said about mailboxes on servers."""

from typing import Any

from marshmallow import ValidationError, fields

from app.api.casey.schemas.fields import TEXTS, Strict, flag, text
from app.api.casey.schemas.told import Json, Refer
from app.config.settings import DECLARED, checked


class Like(fields.Field[Any]):
    """A value that must be what a setting must be."""

    def __init__(self, setting: str, **options: Any) -> None:
        told = DECLARED[setting].metadata["kind"].told
        super().__init__(error_messages={**TEXTS}, metadata=dict(told), **options)
        self.setting = setting

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        try:
            return checked(self.setting, value)
        except ValueError as error:
            raise ValidationError(f"This {error}.") from None


class NewMailbox(Strict):
    """Body of POST /mailboxes. Without a user name the address is it."""

    address = Like("mailAddress", required=True)
    server = Like("imapServer", required=True)
    port = Like("imapPort", load_default=993)
    encryption = Like("imapEncryption", load_default="tls")
    auth = Like("imapAuth", load_default="password")
    username = Like("imapUsername", load_default=None)
    password = text(1000, like="the password of this mailbox", load_default=None, allow_none=True)

    def told(self, _refer: Refer) -> Json:
        """Whoever signs in with a password has one."""
        signs_in = {"required": ["auth"], "properties": {"auth": {"const": "xoauth2"}}}
        return {"anyOf": [signs_in, {"required": ["password"], "properties": {"password": {"type": "string"}}}]}


class MailboxChange(Strict):
    """Body of PATCH /mailboxes/{uuid}."""

    address = Like("mailAddress")
    server = Like("imapServer")
    port = Like("imapPort")
    encryption = Like("imapEncryption")
    auth = Like("imapAuth")
    username = Like("imapUsername")
    password = text(1000, allow_none=True)
    paused = flag()
