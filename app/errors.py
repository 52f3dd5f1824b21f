"""The one error family of the domain; each dialect renders it in its own way."""

from collections.abc import Mapping


class CaseyError(Exception):
    """What went wrong, in a sentence for a person.

    ``code`` is stable and for programs; ``field`` is the path of the value that is wrong, such as ``creator.email``.
    """

    status = 500
    code = "internal_error"

    def __init__(self, message: str, *, field: str | None = None, **extra: object) -> None:
        super().__init__(message)
        self.message = message
        self.fields: Mapping[str, str] = {field: message} if field else {}
        self.extra = extra

    @property
    def told(self) -> str:
        """The sentence, led by the first wrong field unless it begins with that itself."""
        field = next(iter(self.fields), "")
        return self.message if self.message.startswith(field) else f"{field}: {self.message}"


class Malformed(CaseyError):
    """The request cannot be read at all."""

    status = 400
    code = "malformed"


class Unauthorized(CaseyError):
    """Nobody known is asking."""

    status = 401
    code = "unauthorized"


class Forbidden(CaseyError):
    """Whoever asks may not do this."""

    status = 403
    code = "forbidden"


class NotFound(CaseyError):
    """There is no such thing, or the asker may not know of it."""

    status = 404
    code = "not_found"


class Conflict(CaseyError):
    """The thing exists but its present state does not allow this."""

    status = 409
    code = "conflict"


class Overtaken(Conflict):
    """Somebody else was quicker by a moment. Done again at once, the same request succeeds."""


class Gone(CaseyError):
    """It was there once: a link that has been used or has expired."""

    status = 410
    code = "gone"


class PreconditionFailed(CaseyError):
    """It is not the version that the caller knows."""

    status = 412
    code = "precondition_failed"


class TooLarge(CaseyError):
    """More bytes than are taken."""

    status = 413
    code = "too_large"


class Invalid(CaseyError):
    """The request can be read but a value in it is wrong. ``fields`` maps paths to sentences."""

    status = 422
    code = "invalid"

    def __init__(
        self, message: str, *, field: str | None = None, fields: Mapping[str, str] | None = None, **extra: object
    ) -> None:
        super().__init__(message, field=field, **extra)
        if fields:
            self.fields = fields


class TooMany(CaseyError):
    """Too many requests, or too much mail, in too short a time."""

    status = 429
    code = "too_many"


class Busy(CaseyError):
    """Not now, but in a moment."""

    status = 503
    code = "busy"
    retry_after = 10
