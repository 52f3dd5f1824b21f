"""The words and signs that mail programs put around quotes, in the languages they speak."""

# ruff: noqa: RUF001 - letters that look like others are other letters in these languages

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _phrases(listed: str) -> frozenset[str]:
    """Phrases with a stroke between any two, over as many lines as they take."""
    return frozenset(phrase.strip() for phrase in listed.split("|"))


COLONS = ":："
DASHES = "-‐‑‒–—―_=*~ \t\xa0"
DRAWN_WITH = "-‐‑‒–—―_=*"
APOSTROPHES = "'’"
QUOTATION_MARKS = "\"'‘’“”"
SENTENCE_ENDS = (".", "!", "?", "。", "？", "！")
# A part of a sentence may end with these.
PAUSES = (",", ";", "，", *COLONS)
HOUR_SIGNS = ":.h時时"
DATE_SIGNS = "./年년-"

WROTE = re.compile(
    r"(?<!\w)(?:wrote|writes|schrieb|schreibt|geschrieben|skrev|skriver|écrit|escribió|escribio|scritto|scrive|schreef"
    r"|geschreven|escreveu|napisał(?:a|\(a\))?|napisal(?:a|\(a\))?|pisze|kirjoitti|написала?|написал\(а\)|пишет|писал"
    r"|napsala?|napsal\(a\)|napísala?|írta|yazdı|scris|έγραψε|написав|пише)(?!\w)"
    r"|写道|寫道|書きました|のメール|作成|작성"  # these languages put no blanks between words
)

# Words that stand in attributions in lower case and mean nothing there.
SMALL_WORDS = _words(
    """
    at on by um am uhr hat a à o ob klo kl om le la el las los il alle ore ha het heeft den d de do da di del dei dag
    às horas w dniu dnia użytkownik około godz г в от dne v odesílatel în via gmt utc cet cest pm st nd rd th y et und
    se the kello giorno tarihinde şunu folgendes
    """
)
# Parts of names that are written in lower case.
PARTICLES = _words("van von der den de da di del la le el af av ter ten zu via bin ibn o")
# Who uses one of these speaks himself.
PRONOUNS = _words(
    """
    i you he we she they it this that who what ich du er sie wir ihr es je j'ai tu elle nous vous ils yo usted ella
    ellos io lei lui noi voi ik jij hij zij wij jullie jag han hon vi ni jeg hun eu ele ela nós ja ty wy я ты он она мы
    вы minä sinä hän
    """
)
# How an attribution begins, where not with a date, a weekday or a name.
OPENINGS = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Em|No dia|A|W dniu|Dnia|Den|D\.|At|Dne|În|På|Vào|Στις|In data|Il giorno)[ ,]|[在于於]\s?\d"
)
WEEKDAYS = _words(
    """
    mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday mo montag di dienstag mi
    mittwoch do donnerstag fr freitag sa samstag so sonntag lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam
    samedi dim dimanche lunes martes mié mie miércoles jue jueves vie viernes sáb sab sábado dom domingo lunedì martedì
    mercoledì giovedì gio venerdì sabato domenica ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo
    zondag seg segunda ter terça qua quarta qui quinta sex sexta mån måndag tis tisdag ons onsdag tors torsdag fre
    fredag lör lördag sön söndag man mandag tirs tirsdag lør lørdag søn søndag tir tor pon poniedziałek wt wtorek śr
    środa czw czwartek pt piątek sob sobota niedz niedziela maanantai ti tiistai ke keskiviikko to torstai pe perjantai
    la lauantai su sunnuntai пн понедельник вт вторник ср среда чт четверг пт пятница сб суббота вс воскресенье po út st
    čt pá ne pondělí úterý středa čtvrtek pátek neděle
    """
)

# Stand between dashes above the answered mail.
ORIGINAL = _phrases(
    """
    original message|reply message|originalnachricht|original-nachricht|ursprüngliche nachricht|ursprüngliche mail
    |urspr. nachricht|message d'origine|message d’origine|message original|mail original|mensaje original
    |messaggio originale|oorspronkelijk bericht|origineel bericht|mensagem original|ursprungligt meddelande
    |originalmeddelande|oprindelig meddelelse|original besked|oprindelig besked|opprinnelig melding|alkuperäinen viesti
    |wiadomość oryginalna|oryginalna wiadomość|исходное сообщение|оригинальное сообщение|исходное письмо
    |původní zpráva|původní e-mail|eredeti üzenet|orijinal mesaj|mesaj original|元のメッセージ|原始邮件|原始郵件|原邮件
    |원본 메시지
    """
)
# Stand between dashes above a mail that is passed on.
FORWARDED = _phrases(
    """
    forwarded message|forwarded mail|weitergeleitete nachricht|message transféré|message réexpédié|mensaje reenviado
    |messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|mensagem reencaminhada|vidarebefordrat meddelande
    |vidarebefordrat mejl|videresendt besked|videresendt meddelelse|videresendt melding|videresendt e-post
    |välitetty viesti|edelleenlähetetty viesti|przekazana wiadomość|wiadomość przekazana
    |treść przekazanej wiadomości|пересылаемое сообщение|пересланное сообщение|переадресованное сообщение
    |пересылаемое письмо|přeposlaná zpráva|továbbított üzenet|yönlendirilmiş mesaj|mesaj redirecționat|転送メッセージ
    |転送されたメッセージ|转发的邮件|转发邮件|轉寄郵件|전달된 메시지
    """
)
# Stand alone on a line above a mail that is passed on.
FORWARD_BEGINS = _phrases(
    """
    begin forwarded message|anfang der weitergeleiteten nachricht|weitergeleitete nachricht
    |début du message réexpédié|début du message transféré|inicio del mensaje reenviado|inizio messaggio inoltrato
    |begin doorgestuurd bericht|doorgestuurd bericht|início da mensagem encaminhada|início da mensagem reencaminhada
    |vidarebefordrat brev|vidarebefordrat mejl|start på videresendt besked|start på videresendt melding
    |videresendt besked|välitetty viesti alkaa|rozpoczęcie przekazywanej wiadomości
    |początek przekazywanej wiadomości|начало переадресованного сообщения|転送されたメッセージ|以下是转发的邮件
    """
)

# The labels of the headers that mail programs repeat, by what they mean.
LABELS = {
    label: kind
    for kind, labels in {
        "from": "from|von|de|da|van|från|fra|lähettäjä|od|от|от кого|odesílatel|feladó|kimden|差出人|发件人|寄件者"
        "|보낸 사람|expéditeur|remitente|mittente|afzender|avsändare|afsender|avsender|nadawca|remetente|отправитель",
        "date": "date|sent|datum|gesendet|fecha|enviado|enviada|envoyé|data|inviato|verzonden|enviada em|enviado em"
        "|enviado el|envoyé le|skickat|dato|sendt|lähetetty|päivämäärä|päiväys|wysłano|wysłane|дата|отправлено"
        "|odesláno|送信日時|日時|日付|发送时间|发送日期|日期|时间|寄件日期|날짜|보낸 날짜|date d'envoi|tarih",
        "to": "to|an|à|a|pour|para|per|aan|till|til|vastaanottaja|do|кому|komu|címzett|kime|宛先|收件人|받는 사람"
        "|destinataire|destinatario|ontvanger|mottagare|modtager|mottaker|adresat|destinatário|получатель",
        "subject": "subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|aihe|temat|тема|předmět|tárgy"
        "|konu|件名|主题|主旨|제목|sujet",
        "other": "cc|kopie|kopia|copie|copia|kopi|kopio|bcc|копия|reply-to|antwort an|répondre à|organization"
        "|priority|importance|wichtigkeit|priorität|attachments|anlagen|allegati|bijlagen|message-id|抄送",
    }.items()
    for label in labels.split("|")
}

# What announces answers between the lines of the quoted mail, which then must stay to be seen.
ANSWERED_BETWEEN = re.compile(
    r"(?<!\w)(?:in-?line|see below|answer(?:s|ed)? below|comments? below|replies below"
    r"|below in (?:red|blue|green|bold)|in (?:red|blue|green) below|siehe unten|s\. ?u\.|weiter unten|unten im text"
    r"|(?:antworten?|kommentare?) (?:unten|im text)|voir plus bas|ci-dessous|dans le texte|zie onder|hieronder"
    r"|se nedan|se nedenfor|ver abajo|más abajo|vedi sotto|qui sotto|ver abaixo|abaixo em|poniżej|см\. ниже"
    r"|ниже в тексте|ks\. alla|alla olevat)(?!\w)|下文|以下に",
    re.IGNORECASE,
)
