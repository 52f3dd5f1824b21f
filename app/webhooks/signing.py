"""Signing what is sent, as Standard Webhooks describes it.

The secrets are derived from the secret key of the deployment, so that they can sign and are stored nowhere.
"""

import base64
import hmac

from app.clock import now
from app.config import deployed
from app.webhooks.models import Webhook

PREFIX = "whsec_"


def secret_of(webhook: Webhook) -> str:
    """The present secret, as its receiver knows it."""
    return PREFIX + base64.b64encode(_key(webhook, webhook.secret_number)).decode()


def signed(webhook: Webhook, message: str, body: bytes) -> dict[str, str]:
    """The headers of a message. While secrets change both sign, and a receiver may know either."""
    moment = int(now().timestamp())
    content = f"{message}.{moment}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(key, content, "sha256")).decode() for key in _keys(webhook)]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }


def _keys(webhook: Webhook) -> list[bytes]:
    former = webhook.former_until is not None and webhook.former_until > now()
    return [_key(webhook, webhook.secret_number - older) for older in range(1 + former)]


def _key(webhook: Webhook, number: int) -> bytes:
    return hmac.digest(deployed().secret_key.encode(), f"webhook:{webhook.uuid}:{number}".encode(), "sha256")
