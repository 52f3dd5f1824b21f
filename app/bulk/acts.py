"""What long work there is, and who may order it."""

from collections.abc import Mapping

from app.bulk.kinds import BulkAct, SteppedAct
from app.bulk.on_cases import ON_CASES
from app.cases.importing import import_case
from app.people.access import Act

IMPORT = "import"
ACTS: Mapping[str, BulkAct | SteppedAct] = {
    **ON_CASES,
    IMPORT: BulkAct(Act.IMPORT_CASES, lambda given, _, by: import_case(given, by=by)),
}
