"""Timelines: what happens to a case, and how its metrics stand then, with due times worked out by hand.

All clocks are those of Berlin in 2026, which are put forward on 29 March at 02:00 and back on 25 October at 03:00.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.sla.stories import BERLIN, DAYS, Week

WORKDAYS = DAYS[:5]
OFFICE: Week = {day: ["09:00-17:00"] for day in WORKDAYS}
LUNCH: Week = {day: ["09:00-12:00", "13:00-17:00"] for day in WORKDAYS}
NIGHT: Week = {day: ["22:00-06:00"] for day in DAYS}
ALL_DAY: Week = {day: ["00:00-24:00"] for day in DAYS}
CHRISTMAS: Mapping[str, Sequence[str]] = {"2026-12-24": ["09:00-12:00"], "2026-12-25": []}
PROMISED = (
    "first_reply 4h business",
    "first_reply critical 1h business",
    "next_reply 2h business",
    "resolution 16h business",
    "resolution critical 8h business",
)
NONE = ""


@dataclass(frozen=True)
class Timeline:
    """What a row is about, what happens, and what is expected of the metrics that are named."""

    about: str
    story: Sequence[str]
    expected: Mapping[str, str]
    week: Week = field(default_factory=lambda: OFFICE)
    holidays: Mapping[str, Sequence[str]] = field(default_factory=dict)
    zone: str = BERLIN
    promised: Sequence[str] = PROMISED


def first(told: str) -> dict[str, str]:
    return {"first_reply": told}


def following(told: str) -> dict[str, str]:
    return {"next_reply": told}


def resolution(told: str) -> dict[str, str]:
    return {"resolution": told}


WORKING_TIME = [
    Timeline(
        "what is asked in the morning is due on the same day",
        ["Mon 2 Mar 10:00 una opens"],
        first("active, due Mon 2 Mar 14:00") | resolution("active, due Wed 4 Mar 10:00") | following(NONE),
    ),
    Timeline(
        "what is asked in the afternoon goes on in the morning",
        ["Mon 2 Mar 15:00 una opens"],
        first("active, due Tue 3 Mar 11:00") | resolution("active, due Wed 4 Mar 15:00"),
    ),
    Timeline(
        "what ends with the day is due at its end, not when the next one begins",
        ["Mon 2 Mar 13:00 una opens"],
        first("active, due Mon 2 Mar 17:00"),
    ),
    Timeline(
        "what is asked at night counts from the morning",
        ["Mon 2 Mar 22:00 una opens"],
        first("active, due Tue 3 Mar 13:00"),
    ),
    Timeline(
        "a weekend does not count",
        ["Fri 6 Mar 16:00 una opens"],
        first("active, due Mon 9 Mar 12:00") | resolution("active, due Tue 10 Mar 16:00"),
    ),
    Timeline("what is asked on a Saturday waits", ["Sat 7 Mar 12:00 una opens"], first("active, due Mon 9 Mar 13:00")),
    Timeline(
        "calendar hours go on at night",
        ["Fri 6 Mar 16:00 una opens"],
        first("active, due Sat 7 Mar 04:00"),
        promised=["first_reply 12h calendar"],
    ),
    Timeline(
        "a break does not count",
        ["Mon 2 Mar 11:00 una opens"],
        first("active, due Mon 2 Mar 16:00"),
        week=LUNCH,
    ),
    Timeline(
        "a holiday does not count",
        ["Thu 30 Apr 16:00 una opens"],
        first("active, due Mon 4 May 12:00"),
        holidays={"2026-05-01": []},
    ),
    Timeline(
        "a holiday may have hours of its own",
        ["Wed 23 Dec 16:00 una opens"],
        first("active, due Thu 24 Dec 12:00"),
        holidays=CHRISTMAS,
    ),
    Timeline(
        "from a short holiday over a whole one and a weekend",
        ["Thu 24 Dec 10:00 una opens"],
        first("active, due Mon 28 Dec 11:00"),
        holidays=CHRISTMAS,
    ),
    Timeline(
        "the only hours there are may be those of a holiday",
        ["Mon 2 Mar 10:00 una opens"],
        first("active, due Wed 4 Mar 14:00"),
        week={},
        holidays={"2026-03-04": ["10:00-18:00"]},
    ),
    Timeline(
        "hours of another zone, six hours behind",
        ["Mon 2 Mar 12:00 una opens"],
        first("active, due Mon 2 Mar 19:00"),
        zone="America/New_York",
    ),
    Timeline(
        "where summer has begun already, five hours behind",
        ["Mon 9 Mar 12:00 una opens"],
        first("active, due Mon 9 Mar 18:00"),
        zone="America/New_York",
    ),
    Timeline(
        "hours that never open: never due",
        ["Mon 2 Mar 10:00 una opens"],
        first("active, never due") | resolution("active, never due"),
        week={},
    ),
    Timeline(
        "a promise longer than anybody works in ten years: never due",
        ["Mon 2 Mar 10:00 una opens"],
        first("active, never due"),
        week={"monday": ["09:00-09:01"]},
        promised=["first_reply 9h business"],
    ),
]

DAYLIGHT_SAVING = [
    Timeline(
        "a day of 23 hours",
        ["Sat 28 Mar 12:00 una opens"],
        first("active, due Sun 29 Mar 13:00"),
        week=ALL_DAY,
        promised=["first_reply 24h business"],
    ),
    Timeline(
        "a day of 25 hours",
        ["Sat 24 Oct 12:00 una opens"],
        first("active, due Sun 25 Oct 11:00"),
        week=ALL_DAY,
        promised=["first_reply 24h business"],
    ),
    Timeline(
        "calendar hours are hours, whatever clocks do",
        ["Sat 28 Mar 12:00 una opens"],
        first("active, due Sun 29 Mar 13:00"),
        promised=["first_reply 24h calendar"],
    ),
    Timeline(
        "an office opens at the same hour in summer",
        ["Fri 27 Mar 16:00 una opens"],
        first("active, due Mon 30 Mar 12:00"),
    ),
    Timeline(
        "an office opens at the same hour in winter",
        ["Fri 23 Oct 16:00 una opens"],
        first("active, due Mon 26 Oct 12:00"),
    ),
    Timeline(
        "three hours by the clock that are two",
        ["Sat 28 Mar 12:00 una opens"],
        first("active, due Sun 29 Mar 04:00"),
        week={"sunday": ["01:00-04:00"]},
        promised=["first_reply 2h business"],
    ),
    Timeline(
        "three hours by the clock that are four",
        ["Sat 24 Oct 12:00 una opens"],
        first("active, due Sun 25 Oct 04:00"),
        week={"sunday": ["01:00-04:00"]},
        promised=["first_reply 4h business"],
    ),
    Timeline(
        "what opens at a time that the day does not have opens when clocks are put forward",
        ["Sat 28 Mar 12:00 una opens"],
        first("active, due Sun 29 Mar 03:20"),
        week={"sunday": ["02:30-04:00"]},
        promised=["first_reply 20m business"],
    ),
    Timeline(
        "what closes at a time that the day does not have closes when clocks are put forward",
        ["Sat 28 Mar 12:00 una opens"],
        first("active, due Sun 5 Apr 01:30"),
        week={"sunday": ["01:00-02:30"]},
        promised=["first_reply 90m business"],
    ),
    Timeline(
        "what lies in the missing hour altogether is not worked on that day",
        ["Sat 28 Mar 12:00 una opens"],
        first("active, due Sun 5 Apr 02:20"),
        week={"sunday": ["02:10-02:50"]},
        promised=["first_reply 10m business"],
    ),
    Timeline(
        "what closes at a time that the day has twice closes at the first",
        ["Sat 24 Oct 12:00 una opens"],
        first("active, due Sun 1 Nov 01:30"),
        week={"sunday": ["01:00-02:30"]},
        promised=["first_reply 2h business"],
    ),
    Timeline(
        "a night in which clocks are put forward",
        ["Sat 28 Mar 23:00 una opens"],
        first("active, due Sun 29 Mar 05:00"),
        week=NIGHT,
        promised=["first_reply 5h business"],
    ),
]

OVER_MIDNIGHT = [
    Timeline(
        "a night that ends on the next day",
        ["Mon 2 Mar 12:00 una opens"],
        first("active, due Tue 3 Mar 02:00"),
        week=NIGHT,
    ),
    Timeline(
        "asked while the night of the day before goes on",
        ["Tue 3 Mar 01:00 una opens"],
        first("active, due Tue 3 Mar 05:00"),
        week=NIGHT,
    ),
    Timeline(
        "from one night into the next, due at midnight",
        ["Tue 3 Mar 04:00 una opens"],
        first("active, due Wed 4 Mar 00:00"),
        week=NIGHT,
    ),
    Timeline(
        "a night belongs to the day on which it begins, also before and after a holiday",
        ["Mon 2 Mar 23:00 una opens"],
        first("active, due Tue 3 Mar 03:00") | resolution("active, due Thu 5 Mar 23:00"),
        week=NIGHT,
        holidays={"2026-03-03": []},
    ),
    Timeline(
        "a night and a day that begins before it ends count once",
        ["Mon 2 Mar 22:00 una opens"],
        first("active, due Tue 3 Mar 09:00"),
        week={"monday": ["22:00-08:00"], "tuesday": ["07:00-12:00"]},
        promised=["first_reply 11h business"],
    ),
    Timeline(
        "one day that never closes goes over into the next",
        ["Mon 2 Mar 22:00 una opens"],
        first("active, due Tue 3 Mar 02:00"),
        week=ALL_DAY,
    ),
]

REPLIES = [
    Timeline(
        "answered in time",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 ben answers"],
        first("completed, due Mon 2 Mar 14:00") | following(NONE) | resolution("paused, due nobody knows"),
    ),
    Timeline(
        "answered too late",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 15:00 ben answers"],
        first("completed, due Mon 2 Mar 14:00 and breached"),
    ),
    Timeline(
        "answered the moment it is due is too late",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 14:00 ben answers"],
        first("completed, due Mon 2 Mar 14:00 and breached"),
    ),
    Timeline(
        "the next answer is due after the customer has written",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 12:00 ben answers", "Tue 3 Mar 10:00 una writes"],
        following("active, due Tue 3 Mar 12:00") | resolution("active, due Wed 4 Mar 16:00"),
    ),
    Timeline(
        "the first of several messages counts",
        [
            "Mon 2 Mar 10:00 una opens",
            "Mon 2 Mar 12:00 ben answers",
            "Tue 3 Mar 10:00 una writes",
            "Tue 3 Mar 11:00 una writes",
        ],
        following("active, due Tue 3 Mar 12:00"),
    ),
    Timeline(
        "what the customer adds before the first answer is a part of it",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 una writes"],
        first("active, due Mon 2 Mar 14:00") | following(NONE),
    ),
    Timeline(
        "each further question begins anew, also after one that was answered too late",
        [
            "Mon 2 Mar 10:00 una opens",
            "Mon 2 Mar 12:00 ben answers",
            "Tue 3 Mar 10:00 una writes",
            "Tue 3 Mar 16:00 ben answers",
            "Wed 4 Mar 09:00 una writes",
        ],
        following("active, due Wed 4 Mar 11:00"),
    ),
    Timeline(
        "one who answers twice has answered once",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 ben answers", "Mon 2 Mar 15:00 ben answers"],
        first("completed, due Mon 2 Mar 14:00") | following(NONE),
    ),
    Timeline(
        "the next reply alone is promised",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 una writes", "Mon 2 Mar 12:00 ben answers"],
        {"next_reply": NONE, "first_reply": NONE},
        promised=["next_reply 2h business"],
    ),
    Timeline(
        "and begins after the first one all the same",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 12:00 ben answers", "Mon 2 Mar 13:00 una writes"],
        following("active, due Mon 2 Mar 15:00"),
        promised=["next_reply 2h business"],
    ),
    Timeline(
        "a note is no answer",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 ben notes"],
        first("active, due Mon 2 Mar 14:00"),
    ),
    Timeline(
        "what a robot of the team's writes is no answer",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 ben's robot writes"],
        first("active, due Mon 2 Mar 14:00"),
    ),
    Timeline(
        "what a robot of the customer's writes needs none",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 ben answers", "Mon 2 Mar 12:00 una's robot writes"],
        following(NONE) | resolution("paused, due nobody knows"),
    ),
    Timeline(
        "what a robot opens needs no answer, but an end",
        ["Mon 2 Mar 10:00 a robot opens"],
        first(NONE) | resolution("active, due Wed 4 Mar 10:00"),
    ),
    Timeline(
        "until somebody asks",
        ["Mon 2 Mar 10:00 a robot opens", "Mon 2 Mar 12:00 una writes"],
        first("active, due Mon 2 Mar 16:00"),
    ),
    Timeline(
        "one of the team whose own case it is does not answer himself",
        ["Mon 2 Mar 10:00 ben opens", "Mon 2 Mar 11:00 ben writes"],
        first("active, due Mon 2 Mar 14:00"),
    ),
    Timeline(
        "a case that the team opens for somebody has its first answer",
        ["Mon 2 Mar 10:00 ben opens", "Mon 2 Mar 10:05 una's from now on", "Mon 2 Mar 11:00 una writes"],
        first("completed, due Mon 2 Mar 14:00") | following("active, due Mon 2 Mar 13:00"),
    ),
    Timeline(
        "a pending case has nothing",
        ["Mon 2 Mar 10:00 una opens, unconfirmed", "Mon 2 Mar 11:00 critical"],
        first(NONE) | resolution(NONE),
    ),
    Timeline(
        "and counts from its confirmation",
        ["Mon 2 Mar 10:00 una opens, unconfirmed", "Mon 2 Mar 12:00 una confirms"],
        first("active, due Mon 2 Mar 16:00") | resolution("active, due Wed 4 Mar 12:00"),
    ),
]

RESTING = [
    Timeline(
        "resolved in time",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 15:00 ben resolves"],
        resolution("completed, due Wed 4 Mar 10:00") | first("paused, due Mon 2 Mar 14:00 and breached"),
    ),
    Timeline(
        "closed too late",
        ["Mon 2 Mar 10:00 una opens", "Thu 5 Mar 10:00 ben closes"],
        resolution("completed, due Wed 4 Mar 10:00 and breached"),
    ),
    Timeline(
        "closed while the customer is waited for, due as if it had gone on just then",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 12:00 ben answers", "Tue 3 Mar 10:00 ben closes"],
        resolution("completed, due Wed 4 Mar 16:00"),
    ),
    Timeline(
        "reopened, with what was used before",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 12:00 ben closes", "Wed 4 Mar 09:00 ben reopens"],
        resolution("active, due Thu 5 Mar 15:00") | first("active, due Wed 4 Mar 11:00"),
    ),
    Timeline(
        "reopened by the customer",
        [
            "Mon 2 Mar 10:00 una opens",
            "Mon 2 Mar 11:00 ben answers",
            "Mon 2 Mar 12:00 ben closes",
            "Wed 4 Mar 09:00 una writes",
        ],
        resolution("active, due Thu 5 Mar 16:00") | following("active, due Wed 4 Mar 11:00"),
    ),
    Timeline(
        "what was too late stays so when it is reopened",
        ["Mon 2 Mar 10:00 una opens", "Thu 5 Mar 10:00 ben closes", "Fri 6 Mar 10:00 ben reopens"],
        resolution("active, due Wed 4 Mar 10:00 and breached"),
    ),
    Timeline(
        "waiting by hand, without an answer",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 ben waits", "Tue 3 Mar 09:00 ben goes on"],
        resolution("active, due Wed 4 Mar 16:00") | first("active, due Mon 2 Mar 14:00"),
    ),
    Timeline(
        "a status whose base is waiting",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 with the maker"],
        resolution("paused, due nobody knows") | first("active, due Mon 2 Mar 14:00"),
    ),
    Timeline(
        "a status in which nothing counts",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 on ice"],
        resolution("paused, due nobody knows") | first("paused, due nobody knows"),
    ),
    Timeline(
        "and out of it again",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 on ice", "Tue 3 Mar 09:00 ben goes on"],
        resolution("active, due Wed 4 Mar 16:00") | first("active, due Tue 3 Mar 12:00"),
    ),
    Timeline(
        "from one kind of rest into the other",
        [
            "Mon 2 Mar 10:00 una opens",
            "Mon 2 Mar 11:00 on ice",
            "Tue 3 Mar 09:00 with the maker",
            "Wed 4 Mar 09:00 ben goes on",
        ],
        resolution("active, due Thu 5 Mar 16:00") | first("active, due Tue 3 Mar 12:00"),
    ),
    Timeline(
        "a case that is put off goes on",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 snoozed"],
        first("active, due Mon 2 Mar 14:00") | resolution("active, due Wed 4 Mar 10:00"),
    ),
    Timeline(
        "spam rests",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 spam"],
        first("paused, due nobody knows") | resolution("paused, due nobody knows"),
    ),
    Timeline(
        "and goes on when it is none",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 spam", "Tue 3 Mar 09:00 no spam"],
        first("active, due Tue 3 Mar 12:00"),
    ),
    Timeline(
        "what is in the trash, too",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 trashed", "Tue 3 Mar 09:00 restored"],
        first("active, due Tue 3 Mar 12:00") | resolution("active, due Wed 4 Mar 16:00"),
    ),
    Timeline(
        "a merge ends everything",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 merged"],
        first("completed, due Mon 2 Mar 14:00") | resolution("completed, due Wed 4 Mar 10:00"),
    ),
    Timeline(
        "and its undoing brings it back",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 merged", "Tue 3 Mar 09:00 unmerged"],
        first("active, due Tue 3 Mar 12:00") | resolution("active, due Wed 4 Mar 16:00"),
    ),
    Timeline(
        "but not what was done before",
        [
            "Mon 2 Mar 10:00 una opens",
            "Mon 2 Mar 11:00 ben answers",
            "Mon 2 Mar 12:00 merged",
            "Tue 3 Mar 09:00 unmerged",
        ],
        first("completed, due Mon 2 Mar 14:00") | resolution("paused, due nobody knows"),
    ),
]

ANEW = [
    Timeline(
        "what presses more is due sooner, from its start",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 10:30 critical"],
        first("active, due Mon 2 Mar 11:00") | resolution("active, due Tue 3 Mar 10:00"),
    ),
    Timeline(
        "and what presses less later",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 10:30 critical", "Mon 2 Mar 12:00 normal"],
        first("active, due Mon 2 Mar 14:00"),
    ),
    Timeline(
        "an answer that was too late may be in time by what is promised now",
        [
            "Mon 2 Mar 10:00 una opens",
            "Mon 2 Mar 10:30 critical",
            "Mon 2 Mar 12:00 ben answers",
            "Mon 2 Mar 16:00 normal",
        ],
        first("completed, due Mon 2 Mar 14:00"),
    ),
    Timeline(
        "who opened a case for himself and hands it on needs no answer any more",
        [
            "Mon 2 Mar 10:00 ben opens",
            "Mon 2 Mar 11:00 amy answers",
            "Mon 2 Mar 12:00 ben writes",
            "Mon 2 Mar 16:00 una's from now on",
        ],
        first("completed, due Mon 2 Mar 14:00") | following(NONE),
    ),
    Timeline(
        "an answer that was in time may not be so by what is promised now",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 12:00 ben answers", "Mon 2 Mar 13:00 critical"],
        first("completed, due Mon 2 Mar 11:00 and breached"),
    ),
    Timeline(
        "rests are kept when it is measured anew",
        [
            "Mon 2 Mar 10:00 una opens",
            "Mon 2 Mar 12:00 ben answers",
            "Tue 3 Mar 10:00 una writes",
            "Tue 3 Mar 11:00 critical",
        ],
        resolution("active, due Tue 3 Mar 16:00") | following("active, due Tue 3 Mar 12:00"),
    ),
    Timeline(
        "all kinds of rests",
        [
            "Mon 2 Mar 10:00 una opens",
            "Mon 2 Mar 11:00 on ice",
            "Mon 2 Mar 12:00 ben goes on",
            "Mon 2 Mar 13:00 spam",
            "Mon 2 Mar 14:00 no spam",
            "Mon 2 Mar 15:00 merged",
            "Mon 2 Mar 16:00 unmerged",
            "Tue 3 Mar 09:00 ben closes",
            "Wed 4 Mar 09:00 ben reopens",
            "Wed 4 Mar 10:00 critical",
        ],
        resolution("active, due Wed 4 Mar 13:00") | first("active, due Mon 2 Mar 11:00 and breached"),
    ),
    Timeline(
        "what is resting stays so when it is measured anew",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 10:30 on ice", "Mon 2 Mar 11:00 critical"],
        first("paused, due nobody knows") | resolution("paused, due nobody knows"),
    ),
    Timeline(
        "a team of its own hours",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 given to Night"],
        first("active, due Tue 3 Mar 02:00") | resolution("active, due Wed 4 Mar 06:00"),
    ),
    Timeline(
        "and back to the hours of the house",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 11:00 given to Night", "Mon 2 Mar 12:00 given to nobody"],
        first("active, due Mon 2 Mar 14:00"),
    ),
    Timeline(
        "a tag for which another policy is",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 10:10 vip"],
        first("active, due Mon 2 Mar 10:30") | resolution(NONE),
    ),
    Timeline(
        "and without it",
        ["Mon 2 Mar 10:00 una opens", "Mon 2 Mar 10:10 vip", "Mon 2 Mar 12:00 no vip"],
        first("active, due Mon 2 Mar 14:00") | resolution("active, due Wed 4 Mar 10:00"),
    ),
]

TIMELINES = [*WORKING_TIME, *DAYLIGHT_SAVING, *OVER_MIDNIGHT, *REPLIES, *RESTING, *ANEW]
