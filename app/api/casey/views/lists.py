"""The lists that can be filtered and sorted, as the native API shows them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.api.casey.lists import Expansion, Listed
from app.api.casey.views.cases import CaseRow, case_row
from app.api.casey.views.persons import ParticipantAnswer, PersonAnswer, participant_view, person_view
from app.api.casey.views.posts import MessageAnswer, NoteAnswer, message_view, note_view
from app.api.casey.views.shapes import Json, many
from app.cases.lists import CASES, PERSONS
from app.cases.models import Case, Post, PostKind
from app.cases.reading import latest_posts, with_participants


def _participants(cases: Sequence[Case]) -> Mapping[int, list[Json]]:
    return {case.id: [participant_view(one) for one in case.participants] for case in with_participants(cases)}


def _posts(kind: PostKind, view: Callable[[Post], Json]) -> Callable[[Sequence[Case]], Mapping[int, list[Json]]]:
    def of(cases: Sequence[Case]) -> Mapping[int, list[Json]]:
        posts = latest_posts(with_participants(cases), kind)
        return {case_id: [view(one) for one in found] for case_id, found in posts.items()}

    return of


CASE_EXPANSIONS: dict[str, Expansion[Any]] = {
    "participants": Expansion(many(ParticipantAnswer), _participants),
    "messages": Expansion(many(MessageAnswer, help="The latest."), _posts(PostKind.MESSAGE, message_view)),
    "notes": Expansion(many(NoteAnswer, help="The latest."), _posts(PostKind.NOTE, note_view)),
}
CASE_LIST = Listed(CASES, CaseRow, case_row, CASE_EXPANSIONS)
PERSON_LIST = Listed(PERSONS, PersonAnswer, person_view)
