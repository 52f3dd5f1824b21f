"""Logs: one line per thing that happened, with ids and never addresses or secrets."""

import logging
import sys
import time

from flask import Flask, g, request
from werkzeug.wrappers import Response

from app.request_ids import request_id

log = logging.getLogger("casey.web")


def set_up_logs(level: str = "INFO") -> None:
    """Log to standard error, one line each."""
    logging.basicConfig(
        stream=sys.stderr, level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True
    )
    for noisy in ("imapclient", "rq", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def log_requests(app: Flask) -> None:
    """Log every answer, but for those to a supervisor's questions. The route is logged, not the address: an address can
    hold the secret of a link."""

    @app.before_request
    def started() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def answered(response: Response) -> Response:
        if request.blueprint == "health":
            return response
        spent = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        log.info(
            "request=%s method=%s route=%s status=%s ms=%.1f",
            request_id(),
            request.method,
            request.url_rule,
            response.status_code,
            spent,
        )
        return response
