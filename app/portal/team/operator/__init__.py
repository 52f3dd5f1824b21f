"""The pages of whoever runs Casey: how it stands, its mailboxes, mails, webhooks and settings."""

from flask import Flask

from app.portal.team.operator import deliveries, inbound, mailboxes, overview, settings, webhooks


def register(app: Flask) -> None:
    """Put every page of the operator into the application."""
    for part in (overview, mailboxes, inbound, deliveries, webhooks, settings):
        app.register_blueprint(part.bp)
