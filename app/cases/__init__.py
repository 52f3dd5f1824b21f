"""The case and everything that can happen to it, a file per verb or concept."""

from app.cases import attachments, case_links, custom_fields, invitations, labels, links, list_values, models, ratings

__all__ = [
    "attachments",
    "case_links",
    "custom_fields",
    "invitations",
    "labels",
    "links",
    "list_values",
    "models",
    "ratings",
]
