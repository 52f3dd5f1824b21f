"""Answering those who ask to sign in: a link by mail, to whoever is one of us, and to nobody else."""

from app.mail.models import MailPurpose
from app.mail.sending.outbox import queue_news
from app.people.signing_in import ask_to_sign_in, recognize
from app.queue import enqueue


def ask_for_link(address: str, *, client: str, browser: str, way_back: str) -> None:
    """Note that somebody wants to sign in. Raises TooMany for a client that asks again and again."""
    asked = ask_to_sign_in(address, client=client, browser=browser, way_back=way_back)
    if asked is not None:
        enqueue("mail.answer_sign_in", asked.id)


def answer_sign_in(sign_in_id: int) -> None:
    """Mail the link, once, if it is one of the team who asks."""
    asked = recognize(sign_in_id)
    if asked is not None and asked.person is not None:
        queue_news(MailPurpose.SIGN_IN, asked.person, sign_in=str(asked.uuid))
