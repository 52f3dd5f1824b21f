"""What the fuzzer does to each request: a key that makes it safe to repeat is used once.

It tries one value often, and a key that was used for another request hides everything else that would be found.
"""

import itertools

import schemathesis
from schemathesis import Case, HookContext

KEY = "Idempotency-Key"
LONG_ENOUGH = 200
NUMBERS = itertools.count(1)


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, object]) -> None:
    """Give a good key a number of its own."""
    key = (case.headers or {}).get(KEY)
    if isinstance(key, str) and 0 < len(key) < LONG_ENOUGH:
        case.headers[KEY] = f"{key}{next(NUMBERS)}"
