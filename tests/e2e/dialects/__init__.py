"""A case in every dialect: how each opens, notes, closes and reads it. A further one is a row of ``DIALECTS``."""

from collections.abc import Callable, Mapping

from tests.e2e.dialects.casey import Casey
from tests.e2e.dialects.deskie import Deskie
from tests.e2e.dialects.kayako import Kayako
from tests.e2e.dialects.told import Dialect, Said, Told
from tests.house import House

__all__ = ["DIALECTS", "Dialect", "Said", "Told"]

DIALECTS: Mapping[str, Callable[[House, str, str], Dialect]] = {"casey": Casey, "deskie": Deskie, "kayako": Kayako}
