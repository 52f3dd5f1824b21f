"""A mail that somebody passes on: who wrote it, under which subject, and what it says."""

import pytest

from app.mail.reading.incoming import Forward, Named
from app.mail.reading.quoting import find_forward
from tests.mail.reading.quoting.corpus import plain_cases

UNA = Named("una@customer.test", "Una Customer")
BLOCKS = {
    "gmail": """\
---------- Forwarded message ---------
From: Una Customer <una@customer.test>
Date: Mon, 3 Mar 2025 at 10:14
Subject: The printer burns
To: Amy <amy@team.test>


""",
    "gmail in German": """\
---------- Forwarded message ---------
Von: Una Customer <una@customer.test>
Date: Mo., 3. März 2025 um 10:14 Uhr
Subject: The printer burns
To: <amy@team.test>


""",
    "gmail, wrapped": """\
---------- Forwarded message ---------
From: Una Customer
<una@customer.test>
Date: Mon, 3 Mar 2025 at 10:14
Subject: The printer burns
To: Amy <amy@team.test>, Olga <olga@team.test>,
Ben <ben@team.test>

""",
    "gmail, bold": """\
---------- Forwarded message ---------
*From:* Una Customer <una@customer.test>
*Date:* Mon, 3 Mar 2025
*Subject:* The printer burns
*To:* amy@team.test

""",
    "outlook": """\
From: Una Customer <una@customer.test>
Sent: Monday, March 3, 2025 10:14 AM
To: Amy <amy@team.test>
Subject: The printer burns

""",
    "outlook, old": """\
-----Original Message-----
From: Una Customer [mailto:una@customer.test]
Sent: Monday, March 3, 2025 10:14 AM
To: Amy
Subject: The printer burns

""",
    "outlook on the web": """\
________________________________
From: Una Customer <una@customer.test>
Sent: Monday, March 3, 2025 10:14
To: Amy <amy@team.test>
Subject: The printer burns

""",
    "outlook in German": """\
Von: Una Customer <una@customer.test>
Gesendet: Montag, 3. März 2025 10:14
An: Amy <amy@team.test>
Betreff: The printer burns

""",
    "outlook in French": """\
De : Una Customer <una@customer.test>
Envoyé : lundi 3 mars 2025 10:14
À : Amy <amy@team.test>
Objet : The printer burns

""",
    "thunderbird": """\
-------- Forwarded Message --------
Subject: \tThe printer burns
Date: \tMon, 3 Mar 2025 10:14:05 +0100
From: \tUna Customer <una@customer.test>
To: \tamy@team.test

""",
    "thunderbird in German": """\
-------- Weitergeleitete Nachricht --------
Betreff: \tThe printer burns
Datum: \tMon, 3 Mar 2025 10:14:05 +0100
Von: \tUna Customer <una@customer.test>
An: \tamy@team.test

""",
    "yahoo": """\
----- Forwarded Message -----
From: "Una Customer" <una@customer.test>
To: Amy <amy@team.test>
Sent: Monday, March 3, 2025 at 10:14:05 AM GMT+1
Subject: The printer burns

""",
    "zimbra in Spanish": """\
----- Mensaje reenviado -----
De: "Una Customer" <una@customer.test>
Para: "Amy" <amy@team.test>
Enviado: Lunes, 3 de Marzo 2025 10:14:05
Asunto: The printer burns

""",
    "proton": """\
------- Forwarded Message -------
From: Una Customer <una@customer.test>
Date: On Monday, March 3rd, 2025 at 10:14 AM
Subject: The printer burns
To: Amy <amy@team.test>

""",
    "mail.ru": """\
-------- Пересылаемое сообщение --------
От: Una Customer <UNA@customer.test>
Кому: amy@team.test
Дата: Понедельник, 3 марта 2025, 10:14 +03:00
Тема: The printer burns

""",
    "gmail in Dutch": """\
---------- Doorgestuurd bericht ---------
Van: Una Customer <una@customer.test>
Datum: ma 3 mrt 2025 om 10:14
Onderwerp: The printer burns
Aan: <amy@team.test>

""",
    "mutt": """\
----- Forwarded message from Una Customer <una@customer.test> -----

Date: Mon, 3 Mar 2025 10:14:05 +0100
From: Una Customer <una@customer.test>
To: amy@team.test
Subject: The printer burns

""",
    "outlook in Japanese": """\
差出人: Una Customer <una@customer.test>
送信日時: 2025年3月3日 10:14
宛先: Amy <amy@team.test>
件名: The printer burns

""",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
@pytest.mark.parametrize("comment", ["", "Ben, can you take this?\n\n"], ids=["alone", "with a comment"])
def test_who_wrote_the_mail_that_is_passed_on(block: str, comment: str) -> None:
    text = f"{comment}{block}It burns.\n\nPlease help.\n"
    assert find_forward(text) == Forward(UNA, "The printer burns", "It burns.\n\nPlease help.", len(comment))


@pytest.mark.parametrize(
    ("opening", "labels"),
    [
        ("Begin forwarded message:", ("From", "Subject", "Date", "To")),
        ("Anfang der weitergeleiteten Nachricht:", ("Von", "Betreff", "Datum", "An")),
        ("Début du message réexpédié :", ("De", "Objet", "Date", "À")),
        ("Inizio messaggio inoltrato:", ("Da", "Oggetto", "Data", "A")),
        ("Vidarebefordrat brev:", ("Från", "Ämne", "Datum", "Till")),
    ],
)
def test_what_apple_mail_marks_as_quoted_is_read_without_its_marks(opening: str, labels: tuple[str, ...]) -> None:
    values = ("Una Customer <una@customer.test>", "The printer burns", "3 March 2025 at 10:14:05 CET", "amy@team.test")
    headers = "".join(f"> {label}: {value}\n" for label, value in zip(labels, values, strict=True))
    found = find_forward(f"Look.\n\n{opening}\n\n{headers}> \n> It burns.\n> > Which one?\n")
    assert found == Forward(UNA, "The printer burns", "It burns.\n> Which one?", len("Look.\n\n"))


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("Una Customer <una@customer.test>", UNA),
        ('"Customer, Una" <una@customer.test>', Named("una@customer.test", "Customer, Una")),
        ("una@customer.test", Named("una@customer.test")),
        ("una@customer.test [mailto:una@customer.test]", Named("una@customer.test")),
        ("Una Customer [mailto:Una@Customer.test]", UNA),
        ("Una Customer <mailto:una@customer.test>", UNA),
        ("Una Customer <una@customer.test<mailto:una@customer.test>>", UNA),
        ("'Una Customer' <una@customer.test>", UNA),
        ("Una Customer (una@customer.test)", UNA),
        ("<una@customer.test>", Named("una@customer.test")),
        ("Una Customer <una.c+x@mail.customer.test>", Named("una.c+x@mail.customer.test", "Una Customer")),
    ],
)
def test_a_sender_however_it_is_written(written: str, sender: Named) -> None:
    found = find_forward(f"FYI\n\n---------- Forwarded message ---------\nFrom: {written}\nDate: x\nSubject: y\n\nHi")
    assert found is not None
    assert found.sender == sender


def test_of_mails_passed_on_twice_the_outermost_is_meant() -> None:
    inner = BLOCKS["gmail"].replace("una@customer.test", "eve@stranger.test")
    found = find_forward(f"Look.\n\n{BLOCKS['gmail']}See below.\n\n{inner}Hello.")
    assert found is not None
    assert found.sender == UNA
    assert found.text.endswith("Hello.")
    assert found.text.startswith("See below.")


def test_the_words_that_say_so_count_more_than_headers_above_them() -> None:
    """An answer whose quote stands above what is passed on."""
    found = find_forward(f"{BLOCKS['outlook'].replace('una@', 'eve@')}Hi\n\n{BLOCKS['gmail']}It burns.")
    assert found is not None
    assert found.sender == UNA


def test_a_long_subject_and_a_long_body_are_kept_whole() -> None:
    subject = "A subject that is so long that it had to be wrapped by the mail program"
    body = "word " * 400
    headers = f"From: una@customer.test\nDate: Mon, 3 Mar 2025 10:14\nSubject: {subject}\n and goes on\n\n"
    found = find_forward(f"---------- Forwarded message ---------\n{headers}{body}")
    assert found is not None
    assert (found.subject, found.text) == (f"{subject} and goes on", body.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello,\n\nmy printer burns.\n\nUna",
        "From: Una <una@customer.test>\n\nI write from another address.",
        "From: Berlin\nTo: Paris\nDate: 3 March 2025\nSubject: a journey\n",
        "Begin forwarded message:\n\nThere is none.",
        "---------- Forwarded message ---------\nFrom: Una Customer\nDate: Mon, 3 Mar 2025 10:14\nSubject: x\n\nHi",
        "Yes.\n\nOn Mon, 3 Mar 2025 at 10:14, Ben <support@casey.test> wrote:\n\n> Shall I?",
    ],
)
def test_what_passes_nothing_on(text: str) -> None:
    assert find_forward(text) is None


OPENINGS = {
    "forward-gmail": "---------- Forwarded",
    "forward-apple": "Begin forwarded",
    "forward-thunderbird-de": "-------- Weitergeleitete",
    "forward-below-an-answer": "---------- Forwarded",
    "forward-nl": "---------- Doorgestuurd",
    "forward-nothing-above": "---------- Forwarded",
}


@pytest.mark.parametrize(("name", "opening"), OPENINGS.items())
def test_the_comment_ends_where_the_mail_that_is_passed_on_begins(name: str, opening: str) -> None:
    text = next(case.text for case in plain_cases() if case.name == name)
    found = find_forward(text)
    assert found is not None
    assert found.sender.address == "una@customer.test"
    assert text[found.comment_end :].startswith(opening)
