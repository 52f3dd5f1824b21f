"""What people do on pages: where, what they fill in, which button they press, and what tells that it was done."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.portal.contact_forms import OWN
from tests.browser.pages import PAGES
from tests.browser.pages.ways import View


@dataclass(frozen=True)
class Deed:
    """``fields`` and ``button`` are selectors; what is folded is unfolded by its summary first."""

    page: str
    button: str
    done: str
    fields: Mapping[str, str] = field(default_factory=dict)
    unfold: str = ""

    @property
    def view(self) -> View:
        """Where it begins."""
        return PAGES[self.page]


def _on_case(act: str, done: str, name: str = "", text: str = "", unfold: str = "") -> Deed:
    """On the page of a case of the team: one form, and one field in it."""
    form = f"form[action*='/{act}']"
    fields = {f"{form} [name={name}]": text} if name else {}
    return Deed("team-case", f"{form} button:not([formaction])", done, fields, unfold)


def _button(page: str, form: str, done: str, **fields: str) -> Deed:
    """One form on a page, and fields by their names."""
    return Deed(page, f"{form} button", done, {f"{form} [name={name}]": text for name, text in fields.items()})


CLOSE, REOPEN = "form[action$='/close']", "form[action$='/reopen']"
RATING = "form:has([name=comment])"
WRITE = "main form"
CONTACT = {"address": "new@customer.test", "subject": "Tea", "message": "It came cold.", f"{OWN}1": "Green"}

DEEDS: Mapping[str, Deed] = {
    "confirm": _button("confirm", "main form", "text=What happens next"),
    "close": _button("case-wordless", CLOSE, ".said"),
    "reopen": _button("case-closed", REOPEN, ".said"),
    "reply": _button("case-reopened", "#reply form", "#latest >> text=All by keys", message="All by keys"),
    "mute": _button("case-files", "form[action$='/mute']", ".said"),
    "rate": _button("rating-again", RATING, "blockquote >> text=All by keys", comment="All by keys"),
    "renew": _button("ended", "main form", "text=Please look into your mail", address="una@customer.test"),
    "write": _button("contact", WRITE, "text=Please look into your mailbox", **CONTACT),
    "ask to sign in": _button("sign-in", "main form", "text=Please look into your mailbox", address="ben@team.test"),
    "sign in": _button("sign-in-enter", "main form", ".queue"),
    "search": _button("queue", "form.search", "mark", q="over"),
    "prefer": _button("preferences", ".card form:has([name=signature])", "text=Best wishes", signature="Best wishes"),
    "answer": _on_case("reply", "#latest >> text=All by keys", "message", "All by keys"),
    "note": _on_case("note", "#latest >> text=For us alone", "note", "For us alone", "text=Write a note"),
    "assign": _on_case("assign", "option[selected] >> text=Amy", "whom", "Amy"),
    "label": _on_case("labels", ".label >> text=by keys", "labels", "by keys"),
    "stand": _on_case("status", ".status.waiting", "status", "Waiting for the cus"),
    "press": _on_case("priority", ".priority.critical", "priority", "Critical"),
    "retry": Deed("team-case-bounced", "#latest button[formaction*='/retry']", "#latest >> text=Waits to be sent"),
    "decide again": _button("inbound-mail-quarantined", "form[action$='/replay']", "text=decided about in a moment"),
    "tell again": _button("webhook", "form[action$='/redeliver']", "text=Waits"),
    "enable": _button("webhook-ill", "form[action$='/enable']", "main:not(:has(form[action$='/enable']))"),
    "set": _button("setting", "form:has([name=caseCloseIdle])", "text=changed while running", caseCloseIdle="30d"),
}
