"""Deskie's dialect as an integration calls it."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api_document import DESKIE

PREFIX = "/api"


class Deskie:
    """Calls of one staff member; paths are relative to the prefix. What every answer promises is seen here."""

    def __init__(self, client: FlaskClient, email: str, key: str) -> None:
        self.client, self.email, self.key = client, email, key

    def as_(self, email: str, key: str) -> "Deskie":
        """The same API for somebody else."""
        return Deskie(self.client, email, key)

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        answer = self.client.open(PREFIX + path, method=method, auth=(self.email, self.key), **options)
        assert int(answer.headers["api_calls_left"]) >= 0
        assert int(answer.headers["retry_after"]) > 0
        DESKIE.check(method, path, answer)
        if answer.status_code >= 400:
            assert {"error", "detail"} == answer.json.keys(), answer.text
            assert answer.json["error"] == answer.json["error"].lower().replace(" ", "_")
        return answer

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("POST", path, **_body(json), **options)

    def put(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("PUT", path, **_body(json), **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.call("DELETE", path, **options)

    def opened(self, email: str = "una@customer.test", **more: Any) -> Any:
        """A case of this user."""
        said = {"user_email": email, "subject": "I need help", "content": "It is on fire!", **more}
        answer = self.post("/cases.json", {"case": said})
        assert answer.status_code == 201, answer.text
        return answer.json["case"]


def _body(json: Any) -> dict[str, Any]:
    return {} if json is None else {"json": json}
