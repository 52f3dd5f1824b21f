"""What went wrong with a mailbox, in words for an operator."""

import ssl

from imapclient.exceptions import CapabilityError, IMAPClientAbortError, IMAPClientError, LoginError

from app.queue import JobTimeout


def in_words(error: Exception) -> str:
    """A sentence for an error that a server or a network caused; a missing access token has its own."""
    for kind, sentence in SENTENCES.items():
        if isinstance(error, kind):
            return f"{sentence}: {getattr(error, 'verify_message', error)}"
    return str(error)


# The first that fits counts.
SENTENCES: dict[type[BaseException], str] = {
    LoginError: "The server does not let us in",
    CapabilityError: "The server cannot do what the settings ask for",
    IMAPClientAbortError: "The server hung up",
    IMAPClientError: "The server refused",
    ssl.SSLCertVerificationError: "The certificate of the server is not valid",
    TimeoutError: "The server did not answer in time",
    OSError: "The server cannot be reached",
    JobTimeout: "Reading the mailbox took too long",
}
