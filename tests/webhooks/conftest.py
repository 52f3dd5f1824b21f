"""A receiver, and a webhook that leads to it."""

from collections.abc import Iterator

import pytest

from tests.api_client import Api
from tests.webhooks.receiver import Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as listening:
        yield listening


@pytest.fixture
def webhook(api: Api, receiver: Receiver) -> str:
    """The path of a webhook that is told everything."""
    made = api.post("/webhooks", {"url": receiver.url})
    assert made.status_code == 201, made.text
    receiver.secret = made.json["secret"]
    return f"/webhooks/{made.json['uuid']}"
