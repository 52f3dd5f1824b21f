"""What cases are found by a piece of: the subject, and the beginning of what is said in a field of the operator's."""

from app.cases.custom_fields import CustomFieldValue
from app.cases.models import Case
from app.listing.fragments import Fragments

SUBJECTS = Fragments(Case.id, Case.subject, "subject_fragments")
SAID = Fragments(CustomFieldValue.id, CustomFieldValue.text, "field_fragments")
