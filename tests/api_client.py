"""The native API as an integrator calls it."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api_document import check_answer

PREFIX = "/api/casey/v1"


class Api:
    """Calls with one key; paths are relative to the prefix."""

    def __init__(self, client: FlaskClient, key: str | None) -> None:
        self.client = client
        self.key = key

    def as_(self, key: str | None) -> "Api":
        """The same API with another key."""
        return Api(self.client, key)

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        own = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        headers = {"X-Request-Id": "the-test", **own, **options.pop("headers", {})}
        answer = self.client.open(PREFIX + path, method=method, headers=headers, **options)
        check_answer(method, path, answer)
        return answer

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("POST", path, **({"json": json} if json is not None else {}), **options)

    def patch(self, path: str, json: Any) -> TestResponse:
        return self.call("PATCH", path, json=json)

    def delete(self, path: str) -> TestResponse:
        return self.call("DELETE", path)

    def opened(self, creator: str, subject: str = "I found a bug", message: str = "It is over there!") -> Any:
        """A case opened by this creator."""
        answer = self.post("/cases", {"creator": {"email": creator}, "subject": subject, "message": message})
        assert answer.status_code == 201, answer.text
        return answer.json
