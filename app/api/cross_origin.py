"""Calls from web pages of other origins (CORS): those of apiOrigins may, and a browser stops all others."""

from flask import Response, request

from app.config import settings

METHODS = "GET, POST, PUT, PATCH, DELETE"
TAKEN = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id"
SHOWN = "ETag, Link, Retry-After, X-Request-Id, Idempotent-Replayed, X-RateLimit-Limit, X-RateLimit-Remaining"
KNOWN_FOR = "600"


def allow_origin(response: Response) -> Response:
    """Say to the browser that this page may read the answer. Cookies play no part in the API, so none are allowed."""
    origin = request.headers.get("Origin")
    allowed = settings().api_origins if origin else ()
    if not allowed:
        return response
    response.vary.add("Origin")
    if origin and ("*" in allowed or origin.lower() in allowed):
        response.headers["Access-Control-Allow-Origin"] = "*" if "*" in allowed else origin
        response.headers["Access-Control-Expose-Headers"] = SHOWN
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = TAKEN
            response.headers["Access-Control-Max-Age"] = KNOWN_FOR
    return response
