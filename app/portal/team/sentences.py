"""What verbs say in English to whoever of the team looks at a case, so that the catalogs hold it."""

from app.translating import lazily

OF_VERBS = (
    lazily("This must be a whole number."),
    lazily("This must be a number."),
    lazily("This must be one line of 1 to 500 characters."),
    lazily("This must be a text of 1 to 20,000 characters."),
    lazily("This must be the uuid of an attachment."),
    lazily("This field is required, and cannot be emptied."),
    lazily("A case cannot be merged into itself."),
    lazily("The customers in these cases are not the same, and would read what others wrote. Say share if they may."),
    lazily("Only an active member of the team can answer for a case."),
    lazily("A case can have at most 100 labels."),
    lazily("This mail waits to be sent already."),
    lazily("This mail is being sent at this moment."),
    lazily("This mail has been sent; only one that failed can be sent again."),
    lazily("This mail has arrived; only one that failed can be sent again."),
    lazily("The case of this mail is spam or in the trash; take it out of there first."),
    lazily("This person is not written to any more."),
)
