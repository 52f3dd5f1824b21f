"""The pages of whoever runs Casey."""

from collections.abc import Mapping

from tests.browser.pages.ways import View, Way, placed, pressed, team
from tests.cast import OLGA

SETTING = "operator_settings.show"


def _operator(path: str, shown_by: str, *, empty: bool = False) -> View:
    return team(f"/team/operator{path}", shown_by, OLGA, empty=empty)


def _refused(path: str, part: str, **filled: str) -> View:
    """A form that comes back with what is wrong."""
    return team(f"/team/operator{path}", f"{part}.create", OLGA, then=pressed("main form button", ".error", **filled))


def _setting(name: str, then: Way | None = None) -> View:
    return team(f"/team/operator/settings/{name}", SETTING, OLGA, then=then)


def _mail(name: str) -> View:
    return placed(name, "operator_inbound.show", OLGA)


def _delivery(name: str) -> View:
    return placed(name, "operator_deliveries.show", OLGA)


def _webhook(name: str) -> View:
    return placed(name, "operator_webhooks.show", OLGA)


OPERATOR: Mapping[str, View] = {
    "operator": _operator("", "operator.overview"),
    "operator-empty": _operator("", "operator.overview", empty=True),
    "mailboxes": _operator("/mailboxes", "operator_mailboxes.index"),
    "mailbox-new": _operator("/mailboxes/new", "operator_mailboxes.new"),
    "mailbox-refused": _refused(
        "/mailboxes/new", "operator_mailboxes", address="more@casey.test", server="mail.test", port="many"
    ),
    "mailboxes-empty": _operator("/mailboxes", "operator_mailboxes.index", empty=True),
    "inbound": _operator("/inbound?outcome=all", "operator_inbound.index"),
    "inbound-quarantined": _operator("/inbound", "operator_inbound.index"),
    "inbound-empty": _operator("/inbound", "operator_inbound.index", empty=True),
    "inbound-mail": _mail("opened"),
    "inbound-mail-held": _mail("held"),
    "inbound-mail-quarantined": _mail("quarantined"),
    "deliveries": _operator("/deliveries", "operator_deliveries.index"),
    "deliveries-late": _operator("/deliveries?status=deferred", "operator_deliveries.index"),
    "deliveries-empty": _operator("/deliveries", "operator_deliveries.index", empty=True),
    "delivery": _delivery("rejected"),
    "delivery-late": _delivery("deferred"),
    "webhooks": _operator("/webhooks", "operator_webhooks.index"),
    "webhooks-empty": _operator("/webhooks", "operator_webhooks.index", empty=True),
    "webhook-new": _operator("/webhooks/new", "operator_webhooks.new"),
    "webhook-refused": _refused("/webhooks/new", "operator_webhooks", url="https://nowhere.test", events="tea!"),
    "webhook": _webhook("webhook"),
    "webhook-ill": _webhook("webhook-ill"),
    "settings": _operator("/settings", "operator_settings.index"),
    "setting": _setting("caseCloseIdle"),
    "setting-list": _setting("mailAliases"),
    "setting-choice": _setting("mailThirdParty"),
    "setting-secret": _setting("smtpPassword"),
    "setting-changed": _setting("brandFooter"),
    "setting-refused": _setting(
        "caseCloseIdle", pressed("form:has([name=caseCloseIdle]) button", ".error", caseCloseIdle="soon")
    ),
}
