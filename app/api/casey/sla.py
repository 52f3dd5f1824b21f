"""Policies of service levels, and how each case keeps to them."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.sla import NewPolicy, PolicyChange
from app.api.casey.views.shapes import page, page_of
from app.api.casey.views.sla import CaseSlaAnswer, PolicyAnswer, case_sla_view, policy_view
from app.cases.queries import case_by_uuid
from app.people.access import Act
from app.sla.metrics import metrics_of, used_by_each
from app.sla.policies import change_policy, create_policy, delete_policy
from app.sla.queries import policies_page, policy_by_uuid, version_of

ALL, ONE = "/sla-policies", "/sla-policies/<uuid:uuid>"


@route(ALL, "GET", Act.READ_CASES, asks=Page, answers=page_of(PolicyAnswer))
def index(asked: Json) -> Answer:
    """Policies from the oldest on."""
    found = policies_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page([policy_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)


@route(ALL, "POST", Act.CHANGE_SLAS, takes=NewPolicy, answers=PolicyAnswer, status=201, also=(409,))
def create(new: Json) -> Answer:
    """Promise something of the cases that are opened from now on."""
    order, enabled = new.pop("sort_order"), new.pop("enabled")
    return policy_view(create_policy(new, sort_order=order, enabled=enabled, by=caller().person))


@route(ONE, "GET", Act.READ_CASES, answers=PolicyAnswer)
def show(uuid: UUID) -> Answer:
    """One policy."""
    return policy_view(policy_by_uuid(uuid))


@route(ONE, "PATCH", Act.CHANGE_SLAS, takes=PolicyChange, answers=PolicyAnswer)
def change(uuid: UUID, new: Json) -> Answer:
    """Change a policy. What runs already goes on as it was promised."""
    policy = policy_by_uuid(uuid)
    change_policy(policy, new, by=caller().person)
    return policy_view(policy)


@route(ONE, "DELETE", Act.CHANGE_SLAS, answers=PolicyAnswer)
def delete(uuid: UUID) -> Answer:
    """Delete a policy. What runs already goes on. Its last state is the answer."""
    policy = policy_by_uuid(uuid)
    delete_policy(policy, by=caller().person)
    return policy_view(policy)


@route("/cases/<uuid:uuid>/sla", "GET", Act.READ_CASES, answers=CaseSlaAnswer)
def show_case(uuid: UUID) -> Answer:
    """What is promised of a case, and how that is kept."""
    case = case_by_uuid(uuid)
    metrics = metrics_of(case)
    return case_sla_view(version_of(case), metrics, used_by_each(case, metrics))
