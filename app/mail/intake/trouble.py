"""What went wrong with a mailbox, in words for an operator."""

import ssl

from imapclient.exceptions import CapabilityError, IMAPClientAbortError, IMAPClientError, LoginError

from app.mail.intake.token_endpoint import NoToken
from app.queue import JobTimeout


def in_words(error: Exception) -> str:
    """A sentence for an error that a server or a network caused; a missing access token has its own.

    Of any other error only the kind is told, since its words may hold what nobody is to read here.
    """
    if isinstance(error, NoToken):
        return str(error)
    for kind, sentence in SENTENCES.items():
        if isinstance(error, kind):
            return f"{sentence}: {getattr(error, 'verify_message', error)}"
    return f"Reading the mailbox failed for a reason that only the log tells: {type(error).__name__}"


# The first that fits counts.
SENTENCES: dict[type[BaseException], str] = {
    LoginError: "The server does not let us in",
    CapabilityError: "The server cannot do what the settings ask for",
    IMAPClientAbortError: "The server hung up",
    IMAPClientError: "The server refused",
    ssl.SSLCertVerificationError: "The certificate of the server is not valid",
    TimeoutError: "The server did not answer in time",
    OSError: "The server cannot be reached",
    UnicodeError: "There are letters in the name or in the words of the server that cannot be read",
    JobTimeout: "Reading the mailbox took too long",
}
