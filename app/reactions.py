"""What follows from each event: every consequence in one table.

Reactions run inside the transaction of the event and only write rows. What must then happen outside is rung for after
the commit.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from app.cases.assignment import assign_default_team
from app.cases.handing_over import hand_over_cases
from app.cases.invitations import ask_again, ask_instead_of, invite_next, invited, settle_invitations
from app.cases.models import Case, Post, PostKind, State
from app.cases.moments import note_moments
from app.cases.muting import muted
from app.cases.participation import active_participants, team_has_joined
from app.cases.proposals import settle_proposals
from app.cases.queries import first_post
from app.cases.ratings import may_rate, rating_by
from app.cases.snoozing import DONE, wake_case
from app.config import settings
from app.events import Event, Reaction
from app.extensions import db
from app.mail.deciding.reconsidering import hear_again
from app.mail.forgetting import forget_mail
from app.mail.intake.further_mailboxes import forget_refresh_tokens
from app.mail.models import MailPurpose
from app.mail.moving import move_mail as move_mail_of_case
from app.mail.moving import move_mail_back, move_mail_of_posts
from app.mail.sending.outbox import (
    mailed_once,
    queue_about_case,
    queue_mail,
    queue_news,
    withdraw_mail,
    withdraw_mail_of_customers,
    withdraw_mail_of_post,
)
from app.mail.sending.parking import park_mail, release_mail
from app.mail.sending.reach import mark_seen_before
from app.mail.sending.readdressing import hand_over_mail, readdress_mail
from app.people.models import MailTopic, Person
from app.people.persons import admins
from app.people.wishes import wants
from app.queue import announce, enqueue
from app.sla.following import aim, follow, forget_metrics
from app.transaction import after_commit
from app.webhooks.dispatching import nudge
from app.webhooks.endpoints import BY_HAND
from app.webhooks.forgetting import forget_deliveries
from app.webhooks.models import Webhook


def _case(event: Event) -> Case:
    return db.session.get_one(Case, event.case_id)


def _opening(event: Event) -> Post:
    """The message that opened the case."""
    return db.session.get_one(Post, event.new["post"]) if event.name == "case_opened" else first_post(_case(event))


def ask_for_confirmation(event: Event) -> None:
    """A pending case: ask its creator whether it was he. Robots are asked nothing."""
    case, post = _case(event), _opening(event)
    if case.state is State.PENDING and not post.robot:
        queue_mail(case, post, case.creator, MailPurpose.CONFIRMATION)


def send_initial_copy(event: Event) -> None:
    """An active case: tell its creator what we received, or only that we did. Robots are told nothing, nor is one of
    the team who opened it with a note, or for somebody else.
    """
    case, post = _case(event), _opening(event)
    unasked = post.robot or post.kind is PostKind.NOTE or _of_the_team_for(case)
    if case.state is State.ACTIVE and settings().case_send_initial and not unasked:
        queue_mail(case, post, case.creator, MailPurpose.INITIAL if _his_own(post) else MailPurpose.RECEIPT)


def _of_the_team_for(case: Case) -> bool:
    """Whether one of the team has opened a case for somebody else."""
    return case.creator_id != case.requester_id and case.creator.team


def relay_opening(event: Event) -> None:
    """The team has opened a case for somebody: he gets the message, and so do the others who are in it."""
    case, post = _case(event), _opening(event)
    if case.state is State.ACTIVE and _of_the_team_for(case) and post.kind is PostKind.MESSAGE:
        for one in active_participants(case):
            if one.person_id != post.author_id:
                queue_mail(case, post, one.person, MailPurpose.MESSAGE)


def _his_own(post: Post) -> bool:
    """Whether the words are its author's for certain. A forged mail must not bring a stranger's words to him."""
    return post.verified or post.channel != "mail"


def withdraw_mail_to_person(event: Event) -> None:
    """Somebody was disabled or blocked: what still waits for him stays here."""
    withdraw_mail(event.subject_id, f"This person has been {event.name.removeprefix('person_')}.")


def withdraw_mail_to_customers(event: Event) -> None:
    """An organization was blocked: what still waits for its customers stays here."""
    withdraw_mail_of_customers(event.subject_id, "The organization of this person has been blocked.")


def redirect_mail(event: Event) -> None:
    """Somebody has lost an address: what still waits for him goes to his first one."""
    readdress_mail(db.session.get_one(Person, event.subject_id))


def move_cases(event: Event) -> None:
    """Somebody went up in somebody else: what he is in cases, the other one is."""
    by = db.session.get(Person, event.actor_id) if event.actor_id else None
    hand_over_cases(event.details["person"], event.subject_id, by=by)


def move_mail(event: Event) -> None:
    """His mail is the other's too, also what still waits."""
    hand_over_mail(event.details["person"], db.session.get_one(Person, event.subject_id))


def withdraw_mail_of_case(event: Event) -> None:
    """Somebody was taken out of a case: what still waits for him of it stays here."""
    withdraw_mail(event.old, "This person has been removed from the case.", case=_case(event))


def park_mail_of_discarded(event: Event) -> None:
    """A case is spam or in the trash: what still waits of it stays here for now."""
    park_mail(_case(event))


def release_mail_of_restored(event: Event) -> None:
    """That was taken back: what was written is sent."""
    release_mail(_case(event))


def forget_mail_of_purged(event: Event) -> None:
    """A case is going to be removed: the mail of it goes first."""
    forget_mail(_case(event))


def forget_deliveries_of_purged(event: Event) -> None:
    """And what webhooks were told of it."""
    forget_deliveries(_case(event))


def ring_for_emptying(event: Event) -> None:
    """Somebody wants the trash emptied: tell a worker."""
    enqueue("cases.empty_trash", event.subject_id)


def withdraw_mail_of_message(event: Event) -> None:
    """A message was deleted: what still waits to be mailed of it stays here."""
    withdraw_mail_of_post(event.new["post"], "This message has been deleted.")


def mail_follows(event: Event) -> None:
    """A case was merged into another one: its mail goes there too."""
    move_mail_of_case(_case(event), event.new["into"])


def mail_comes_back(event: Event) -> None:
    """That was undone."""
    move_mail_back(_case(event), event.old["into"])


def mail_follows_posts(event: Event) -> None:
    """A case was split: the mail of what has left it goes along."""
    move_mail_of_posts(event.new["posts"], _case(event).id, event.new["into"])


def give_to_default_team(event: Event) -> None:
    """A new case: the team that answers for the company of its creator answers for it."""
    assign_default_team(_case(event))


def invite_team(event: Event) -> None:
    """An active case: ask some of the team to take it up."""
    case = _case(event)
    if case.state is State.ACTIVE and not _taken_up(case, event):
        invite_next(case)


def _taken_up(case: Case, event: Event) -> bool:
    """Whether somebody of the team has opened it for a customer, or with a note to himself."""
    return event.name == "case_opened" and (_of_the_team_for(case) or _opening(event).kind is PostKind.NOTE)


def mail_invitation(event: Event) -> None:
    """Somebody was asked to take the case up: mail it."""
    case = _case(event)
    queue_mail(case, first_post(case), db.session.get_one(Person, event.new), MailPurpose.INVITATION)


def mail_reminder(event: Event) -> None:
    """Somebody was reminded of the case: mail it."""
    case = _case(event)
    queue_mail(case, first_post(case), db.session.get_one(Person, event.new), MailPurpose.REMINDER)


def relay_to_participants(event: Event) -> None:
    """Pass a message on to everybody else in the case; until the team has joined, to those who were asked to."""
    case, post = _case(event), db.session.get_one(Post, event.new["post"])
    if post.robot:
        return
    for reader in _readers(case):
        if reader.id != post.author_id:
            queue_mail(case, post, reader, MailPurpose.MESSAGE)


def _readers(case: Case) -> Iterable[Person]:
    """Who hears what is written: each person once, however many ways he came into the case."""
    readers = {one.person_id: one.person for one in active_participants(case)}
    if not team_has_joined(case):
        asked = [one.person for one in invited(case) if one.person.team]
        readers |= {one.id: one for one in asked if wants(one, MailTopic.INVITATIONS)}
    for one in case.participants:
        if one.muted_at or one.removed_at:
            readers.pop(one.person_id, None)
    return readers.values()


def copy_to_author(event: Event) -> None:
    """Send a message back to whoever wrote it, where that is wanted."""
    post = db.session.get_one(Post, event.new["post"])
    if settings().case_send_copy and not post.robot and not muted(_case(event), post.author):
        queue_mail(_case(event), post, post.author, MailPurpose.COPY)


def see_what_was_answered(event: Event) -> None:
    """A customer has answered on the page of the case, which shows all that was written before."""
    post = db.session.get_one(Post, event.new["post"])
    if post.channel == "portal" and not post.author.team:
        mark_seen_before(post, by=post.author)


def stop_reminding(event: Event) -> None:
    """The team has answered, or the case is closed: nobody needs to be reminded."""
    case = _case(event)
    if case.closed or team_has_joined(case):
        settle_invitations(case)


def remind_again(event: Event) -> None:
    """The case was opened again: if nobody of the team is in it, those who were asked are reminded in time."""
    ask_again(_case(event))


def ask_others(event: Event) -> None:
    """Somebody was taken out of a case: if he was the only one of the team, others are asked to take it up."""
    ask_instead_of(_case(event), db.session.get_one(Person, event.old))


def wake_for_customer(event: Event) -> None:
    """A customer has written: the case is put off no longer. What a robot wrote can wait."""
    post = db.session.get_one(Post, event.new["post"])
    if not post.robot and not post.author.team:
        wake_case(_case(event), by=post.author)


def ask_for_rating(event: Event) -> None:
    """The case is done, and no customer has said so himself: ask its requester how the help was, once."""
    case = _case(event)
    actor, requester = db.session.get(Person, event.actor_id or 0), case.requester
    by_a_customer = actor is not None and not actor.team
    if not settings().case_ask_rating or by_a_customer or requester.team or not may_rate(case, requester):
        return
    if not rating_by(case, requester) and not mailed_once(MailPurpose.RATING, case, requester):
        queue_about_case(MailPurpose.RATING, case, requester)


def put_off_no_longer(event: Event) -> None:
    """The case is done: there is nothing to come back to."""
    if _case(event).status in DONE:
        wake_case(_case(event), by=None)


def forget_proposal(event: Event) -> None:
    """Somebody has joined: nobody needs to propose him any more."""
    if not _just_begun(_case(event)):
        settle_proposals(_case(event), db.session.get_one(Person, event.new))


def hear_held_mail(event: Event) -> None:
    """Somebody has joined: what he wrote to the case as a stranger is decided again."""
    if not _just_begun(_case(event)):
        hear_again(_case(event), db.session.get_one(Person, event.new))


def _just_begun(case: Case) -> bool:
    """Whether its creator has just come in as the first: nothing can have waited for him."""
    return len(case.participants) == 1 and case.participants[0].id is None


def mail_admins_of_webhook(event: Event) -> None:
    """A webhook took nothing for so long that it was disabled: somebody must see to it. Who did it by hand knows."""
    webhook = db.session.get_one(Webhook, event.subject_id)
    if event.new["reason"] != BY_HAND:
        about = {"webhook": str(webhook.uuid), "host": urlsplit(webhook.url).hostname, "reason": event.new["reason"]}
        for admin in admins():
            queue_news(MailPurpose.WEBHOOK_DISABLED, admin, **about)


def aim_at_targets(event: Event) -> None:
    """The case is there, or something else is said of it: find out what is promised of it."""
    if event.case_id is not None:  # fields of persons change, too
        aim(_case(event))


def aim_anew(event: Event) -> None:
    """It is somebody else's, or another team answers for it: measure what is promised anew, from its start."""
    aim(_case(event), anew=True)


def keep_time(event: Event) -> None:
    """The case stands elsewhere: what is promised of it may run, rest or be done."""
    follow(_case(event))


def keep_time_of_message(event: Event) -> None:
    """Somebody wrote: an answer is there, or one is waited for."""
    case = _case(event)
    if case.sla_version_id is not None:
        follow(case, db.session.get_one(Post, event.new["post"]))


def forget_metrics_of_purged(event: Event) -> None:
    """A case is going to be removed: nothing is measured of it any more."""
    forget_metrics(_case(event))


def tell_readers(event: Event) -> None:
    """Something happened: whoever waits for events need wait no longer, and webhooks are told."""
    announce(event.case_id)
    after_commit(nudge)


REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "*": (note_moments, tell_readers),
    "case_opened": (
        give_to_default_team,
        ask_for_confirmation,
        send_initial_copy,
        relay_opening,
        invite_team,
        aim_at_targets,
    ),
    "case_confirmed": (send_initial_copy, invite_team, aim_at_targets),
    "case_assigned": (stop_reminding, aim_at_targets),
    "case_closed": (stop_reminding, put_off_no_longer, keep_time, ask_for_rating),
    "case_marked_spam": (park_mail_of_discarded, keep_time),
    "case_trashed": (park_mail_of_discarded, keep_time),
    "case_unmarked_spam": (release_mail_of_restored, keep_time),
    "case_restored": (release_mail_of_restored, keep_time),
    "case_purged": (forget_mail_of_purged, forget_deliveries_of_purged, forget_metrics_of_purged),
    "trash_emptied": (ring_for_emptying,),
    "case_merged": (mail_follows, stop_reminding, put_off_no_longer, keep_time),
    "case_split": (mail_follows_posts,),
    "case_unmerged": (mail_comes_back, release_mail_of_restored, keep_time),
    "participant_joined": (forget_proposal, hear_held_mail),
    "participant_removed": (withdraw_mail_of_case, ask_others),
    "person_disabled": (withdraw_mail_to_person,),
    "person_blocked": (withdraw_mail_to_person,),
    "organization_blocked": (withdraw_mail_to_customers,),
    "persons_merged": (move_cases, move_mail),
    "identity_removed": (redirect_mail,),
    "team_member_invited": (mail_invitation,),
    "team_member_reminded": (mail_reminder,),
    "message_deleted": (withdraw_mail_of_message,),
    "message_posted": (
        stop_reminding,
        wake_for_customer,
        relay_to_participants,
        copy_to_author,
        see_what_was_answered,
        keep_time_of_message,
    ),
    "webhook_disabled": (mail_admins_of_webhook,),
    "status_changed": (put_off_no_longer, keep_time, ask_for_rating),
    "setting_changed": (forget_refresh_tokens,),
    "setting_forgotten": (forget_refresh_tokens,),
    "case_reopened": (remind_again, keep_time),
    "custom_status_changed": (keep_time,),
    "case_split_off": (aim_at_targets,),
    "priority_changed": (aim_anew,),
    "type_changed": (aim_at_targets,),
    "category_changed": (aim_at_targets,),
    "language_changed": (aim_at_targets,),
    "meta_changed": (aim_at_targets,),
    "custom_field_changed": (aim_at_targets,),
    "label_attached": (aim_at_targets,),
    "label_detached": (aim_at_targets,),
    "team_assigned": (aim_anew,),
    "requester_changed": (aim_anew,),
}
