"""What every answer of the native API says in its headers."""

from app.api.rates import Rate


def rate(counted: Rate) -> dict[str, int]:
    """How many calls are left."""
    later = {} if counted.allowed else {"Retry-After": counted.seconds}
    return {
        "X-RateLimit-Limit": counted.most,
        "X-RateLimit-Remaining": counted.left,
        "X-RateLimit-Reset": counted.seconds,
        **later,
    }
