"""What the list of cases can be asked."""

from app.api.deskie.schemas.cases import own_fields
from app.api.deskie.schemas.fields import flag, moment, number, one_of, several, text
from app.api.deskie.schemas.pages import Paged
from app.api.deskie.schemas.pieces import piece
from app.api.deskie.words import STATUSES
from app.cases.models import Priority
from app.people.identities import LONGEST

LEAST_LETTERS = 4
SORTS = {
    "updated_at_desc": "-updated_at",
    "updated_at_asc": "updated_at",
    "created_at_desc": "-created_at",
    "created_at_asc": "created_at",
    "response_desc": "-last_post_at",
    "response_asc": "last_post_at",
    "priority_desc": "-priority",
    "priority_asc": "priority",
    "status_asc": "status",
    "status_desc": "-status",
}
INITIATORS = ("user", "agent")


class CaseQuery(Paged):
    """Query of GET /cases.json."""

    user_id = several(number())
    user_email = several(piece(least=LEAST_LETTERS))
    user_phone = several(piece(least=LEAST_LETTERS))
    user_custom_id = several(text(LONGEST, least=1))
    subject = several(piece(least=LEAST_LETTERS))
    staff_id = several(number())
    group_id = several(number())
    channel = several(text(40, least=1))
    priority = several(one_of([*Priority]))
    status = several(one_of(dict.fromkeys(STATUSES.values())))
    filter = text(40, least=1)
    custom_fields = own_fields()
    labels = several(number())
    company_id = several(number())
    participant_id = several(number())
    initiator = one_of(INITIATORS)
    show_merged_cases = flag(load_default=False)
    show_active_chats = flag(load_default=False)
    sort = one_of(SORTS, load_default="updated_at_desc")
    from_time = moment()
    to_time = moment()
    from_updated_time = moment()
    to_updated_time = moment()
