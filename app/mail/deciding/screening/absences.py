"""The subjects of answering machines that mark their mails in no other way, in the words of many languages.

They count only where they stand first and alone, or before a colon, dash or bracket: "Out of office hours changed?" is
somebody's question, and "Re: Automatic reply: ..." is somebody's answer.
"""

import re
import unicodedata

from app.mail.reading.incoming import Incoming

WORDS = (
    # English
    "automatic reply", "automated reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response",
    "autoresponse", "automated response", "automatic response", "out of office", "out of the office",
    "out of office autoreply", "out of office reply", "out-of-office", "vacation reply", "vacation response",
    "away from office", "on vacation", "on annual leave", "on holiday",
    # German
    "automatische antwort", "automatische rückmeldung", "abwesenheitsnotiz", "abwesenheitsmeldung",
    "abwesenheitsbenachrichtigung", "abwesenheitsassistent", "nicht im büro", "außer haus", "urlaubsbenachrichtigung",
    # French
    "réponse automatique", "réponse d'absence", "absence du bureau", "absent du bureau", "message d'absence",
    "notification d'absence",
    # Spanish, Catalan, Portuguese, Italian, Romanian
    "respuesta automática", "fuera de la oficina", "fuera de oficina", "ausencia de la oficina", "resposta automàtica",
    "resposta automática", "fora do escritório", "ausência temporária", "risposta automatica", "fuori sede",
    "fuori ufficio", "assenza dall'ufficio", "assente dall'ufficio", "răspuns automat",
    # Dutch
    "automatisch antwoord", "automatische beantwoording", "afwezigheidsbericht", "afwezigheidsmelding", "niet aanwezig",
    # Swedish, Danish, Norwegian, Icelandic, Finnish, Estonian
    "automatiskt svar", "autosvar", "frånvaromeddelande", "frånvaro", "automatisk svar", "ikke til stede",
    "fraværsmeddelelse", "fraværsmelding", "fraværende", "sjálfvirkt svar", "automaattinen vastaus", "poissaoloviesti",
    "poissa", "automaatvastus",
    # Polish, Czech, Slovak, Hungarian, Slovenian, Croatian, Lithuanian, Latvian
    "automatyczna odpowiedź", "odpowiedź automatyczna", "autoodpowiedź", "poza biurem", "nieobecność w biurze",
    "automatická odpověď", "mimo kancelář", "automatická odpoveď", "automatikus válasz", "automatikus üzenet",
    "samodejni odgovor", "automatski odgovor", "automatinis atsakymas", "automātiska atbilde",
    # Russian, Ukrainian, Bulgarian, Greek, Turkish
    "автоматический ответ", "автоответ", "нет на месте", "автоматична відповідь", "автоматичен отговор",
    "αυτόματη απάντηση", "εκτός γραφείου",
    "otomatik yanıt", "ofis dışında",  # noqa: RUF001 - the letter is Turkish
    # Hebrew, Arabic, Thai, Vietnamese, Indonesian
    "תשובה אוטומטית", "מענה אוטומטי", "رد تلقائي", "خارج المكتب", "ตอบกลับอัตโนมัติ", "การตอบกลับอัตโนมัติ",
    "trả lời tự động", "balasan otomatis",
    # Japanese, Chinese, Korean
    "自動応答", "自動返信", "不在通知", "自动回复", "自动答复", "自動回覆", "自動答覆",
    "자동 회신", "자동 응답", "부재중",
)  # fmt: skip


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold().replace("\u2019", "'")


BEGINNING = re.compile(
    rf"\W{{0,3}}(?:{'|'.join(re.escape(_plain(one)) for one in WORDS)})\s?(?:$|[:\-(\[\]!.\u2013\u2014\uff1a])"
)


def absence_subject(mail: Incoming) -> str | None:
    """Its subject is that of an answering machine."""
    return "its subject is that of an answering machine" if BEGINNING.match(_plain(mail.subject)) else None
