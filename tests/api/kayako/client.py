"""Kayako's dialect as an integration calls it."""

from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api_document import KAYAKO

PREFIX = "/api/v1"


class Kayako:
    """Calls of one team member; paths are relative to the prefix. What every answer promises is seen here."""

    def __init__(self, client: FlaskClient, email: str, key: str) -> None:
        self.client, self.email, self.key = client, email, key

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        options.setdefault("auth", (self.email, self.key))
        answer = self.client.open(PREFIX + path, method=method, **options)
        assert answer.headers["X-API-Version"] == "1"
        KAYAKO.check(method, path.replace(".json", ""), answer)
        if answer.is_json and "oauth" not in path and answer.content_length:
            assert answer.json["status"] == answer.status_code
        return answer

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("POST", path, **_body(json), **options)

    def put(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("PUT", path, **_body(json), **options)

    def patch(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("PATCH", path, **_body(json), **options)

    def opened(self, *, fields: str = "", **more: Any) -> Any:
        """A case, as its opening answers it."""
        said = {"subject": "I need help", "contents": "It is on fire!", **more}
        answer = self.post("/cases" + (f"?fields={quote(fields)}" if fields else ""), said)
        assert answer.status_code == 201, answer.text
        return answer.json["data"]

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.call("DELETE", path, **options)


def _body(json: Any) -> dict[str, Any]:
    return {} if json is None else {"json": json}
