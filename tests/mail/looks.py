"""Mails in which everything is said that can be said, in the looks that houses may have."""

from markupsafe import Markup

from app.mail.models import MailPurpose
from app.mail.sending.composing.look import Look, looking_like
from app.mail.sending.composing.templates import NAMES, SAMPLES, mail_template
from app.translating import speaking

BRANDED = Look("Tea & Co", "#ffcc00", "https://tea.test/logo.png", "Tea & Co, Tea Lane 1, 12345 Teatown")
LOOKS = {"plain": Look(), "branded": BRANDED, "dark": Look("Night", "#000000"), "bright": Look("Day", "#ffffff")}
URLS = {name: f"https://casey.example.com/{name}?a=1&b=2" for name in ("link", "confirm_url")}
MESSAGE = Markup('<p>Hello <b>you</b>, see <a href="https://shop.test/">this</a>.</p>')


def written(purpose: MailPurpose, part: str, language: str, look: str) -> str:
    """One part of a mail in which everything is said that can be said."""
    values = {name: SAMPLES.get(name, f"the {name.replace('_', ' ')}") for name in NAMES[purpose]}
    values |= {name: url for name, url in URLS.items() if name in values}
    if "message" in values:
        values["message"] = MESSAGE if part.endswith("html") else "Hello you, see this: https://shop.test/."
    with speaking(language), looking_like(LOOKS[look]):
        return mail_template(purpose, part).render(values)
