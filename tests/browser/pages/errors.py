"""The pages that say what is wrong."""

from collections.abc import Mapping

from tests.browser.pages.ways import View, at, team, visit
from tests.cast import BEN

# As wherever something of that kind is wrong: the house has an address for each that is so.
WRONG = (400, 403, 404, 409, 410, 413, 422, 429, 500, 503)

ERRORS: Mapping[str, View] = {
    "nowhere": at("/nowhere"),
    "forbidden": team("/team/operator", "operator.overview", BEN),
    "file-ended": View(lambda page, lived: visit(page, lived.ended_file("rich")), ()),
    **{f"wrong-{status}": at(f"/wrong/{status}") for status in WRONG},
}
