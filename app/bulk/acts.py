"""What long work there is, and who may order it."""

from collections.abc import Mapping

from app.bulk.kinds import BulkAct, SteppedAct
from app.bulk.on_cases import ON_CASES
from app.bulk.opening import open_some
from app.cases.replacing import replace_assignee, replace_team
from app.export.archive import export_one
from app.export.cases import export_some
from app.export.person import export_person
from app.export.restoring import import_given
from app.people.access import Act
from app.privacy.erasing import erase
from app.privacy.redacting import redact

IMPORT = "import"
EXPORT, EXPORT_CASE, EXPORT_PERSON = "export", "export_case", "export_person"
ERASE, REDACT = "erase_person", "redact"
OPEN = "open"
REPLACE_ASSIGNEE, REPLACE_TEAM = "replace_assignee", "replace_team"
ACTS: Mapping[str, BulkAct | SteppedAct] = {
    **ON_CASES,
    IMPORT: BulkAct(Act.IMPORT_CASES, lambda given, _, by: import_given(given, by=by)),
    OPEN: SteppedAct(Act.BULK, open_some),
    EXPORT: SteppedAct(Act.EXPORT_CASES, export_some),
    EXPORT_CASE: SteppedAct(Act.EXPORT_CASES, export_one),
    EXPORT_PERSON: SteppedAct(Act.PROTECT_PRIVACY, export_person),
    ERASE: SteppedAct(Act.PROTECT_PRIVACY, erase),
    REDACT: SteppedAct(Act.PROTECT_PRIVACY, redact),
    REPLACE_ASSIGNEE: SteppedAct(Act.CHANGE_PERSONS, replace_assignee),
    REPLACE_TEAM: SteppedAct(Act.CHANGE_TEAMS, replace_team),
}
