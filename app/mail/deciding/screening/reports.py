"""Whether a mail system reports on a mail of ours."""

from app.mail.reading.incoming import Incoming


def receipt_or_complaint(mail: Incoming) -> str | None:
    """It says that a mail was shown, or complained about (RFC 8098, RFC 5965); we make nothing of that."""
    found = mail.report is not None and mail.report.kind == "other"
    return "it is a receipt or a complaint" if found else None


def delivery_report(mail: Incoming) -> str | None:
    """It reports on the delivery of another mail (RFC 6522), in whatever words."""
    found = mail.report is not None or mail.content_type == "multipart/report"
    return "it is a delivery report" if found else None
