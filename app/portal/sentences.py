"""What verbs say to whoever looks at a page, so that the catalogs hold it, and what pages say after an act."""

from app.translating import lazily

# Verbs say these in English; a page says each in the language of its reader.
OF_VERBS = (
    lazily("This link is not known."),
    lazily("This link has expired."),
    lazily("Please open this page by the link in your mail."),
    lazily("There is nothing at this address."),
    lazily("There is no such file."),
    lazily("There is no such case."),
    lazily("The request cannot be understood."),
    lazily("The request is too large."),
    lazily("Something went wrong on our side. It has been written down; please try again."),
    lazily("The database is too busy at this moment, and nothing was changed. Please try again in a few seconds."),
    lazily("Files cannot be stored or read at the moment. Please try again in a moment."),
    lazily("This case has been merged into another one."),
    lazily("This case no longer waits to be confirmed."),
    lazily("The case is closed, and closed cases cannot be reopened here."),
    lazily("The case is not confirmed yet and takes no messages."),
    lazily("The case is marked as spam and takes no messages."),
    lazily("The case is in the trash and takes no messages."),
    lazily("A case in the trash or marked as spam must be restored first."),
    lazily("This person may no longer write."),
    lazily("This person is not a participant of the case."),
    lazily("This person is not in the case."),
    lazily("Only the requester and the customers in a case rate it."),
    lazily("Here cases are not rated (caseRating)."),
    lazily("Somebody else changed the same thing at the same moment. Please try again."),
    lazily("The files are too large."),
    lazily("A file must be at most 25 MB large."),
    lazily("All files together must be at most 50 MB large."),
    lazily("This must be one line, without control characters."),
    lazily("This must be a name, and not an address."),
    lazily("This must be the name of a time zone, such as Europe/Berlin or UTC."),
    lazily("This is not a valid e-mail address, such as una@example.com."),
    lazily("This e-mail address has characters that we do not take."),
    lazily("This is the support address or an alias of it; it cannot belong to a person."),
)

# What the case page says after an act, by the word in its address.
NOTICES = {
    "closed": lazily("The case is closed now. Thank you."),
    "closed-before": lazily("The case was closed already."),
    "reopened": lazily("The case is open again, and our team is told."),
    "open-before": lazily("The case was open already."),
    "muted": lazily("You get no more mail of this case."),
    "unmuted": lazily("You get mail of this case again."),
    "unsent": lazily("This page had been open for too long, or cookies are off. Please press the button once more."),
}
