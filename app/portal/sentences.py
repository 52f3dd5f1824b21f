"""What verbs say to whoever looks at a page, for the catalogs: they say it in English, pages in the reader's language.

A value in a sentence stands in its place as ``%(name)s``.
"""

from app.translating import marked

TO_CUSTOMERS = (
    marked("This link is not known."),
    marked("This link has expired."),
    marked("Please open this page by the link in your mail."),
    marked("There is nothing at this address."),
    marked("There is no such file."),
    marked("There is no such case."),
    marked("The request cannot be understood."),
    marked("The request is too large."),
    marked("Something went wrong on our side. It has been written down; please try again."),
    marked("The database is too busy at this moment, and nothing was changed. Please try again in a few seconds."),
    marked("Files cannot be stored or read at the moment. Please try again in a moment."),
    marked("This case has been merged into another one."),
    marked("This case no longer waits to be confirmed."),
    marked("The case is closed, and closed cases cannot be reopened here."),
    marked("The case is not confirmed yet and takes no messages."),
    marked("The case is marked as spam and takes no messages."),
    marked("The case is in the trash and takes no messages."),
    marked("A case in the trash or marked as spam must be restored first."),
    marked("This person may no longer write."),
    marked("This person is not a participant of the case."),
    marked("This person is not in the case."),
    marked("Only the requester and the customers in a case rate it."),
    marked("Here cases are not rated (caseRating)."),
    marked("Somebody else changed the same thing at the same moment. Please try again."),
    marked("The files are too large."),
    marked("As many downloads are being made as can be. Please try again in a moment."),
    marked("A file must be at most 25 MB large."),
    marked("All files together must be at most 50 MB large."),
    marked("This is not a valid e-mail address, such as una@example.com."),
    marked("This e-mail address has characters that we do not take."),
    marked("This is the support address or an alias of it; it cannot belong to a person."),
)
ABOUT_OTHER_SITES = (
    marked("This was sent by a page of another site, so nothing was done. Please open our page and try again."),
)
ABOUT_CASES = (
    marked("This team is no longer in use."),
    marked("Only an active member of the team can answer for a case."),
    marked("A case can have at most %(most)s labels."),
    marked("A rule put the label %(name)s on the case; it cannot be taken off."),
    marked("A case cannot be merged into itself."),
    marked("The case %(reference)s has been merged into another one."),
    marked("The customers in these cases are not the same, and would read what others wrote. Say share if they may."),
    marked("Only the team writes notes."),
    marked("%(name)s is disabled or blocked."),
    marked("There is no status with this label."),
    marked("This must hold a word, and be at most %(most)s characters long."),
    marked("Before a * there must be at least two letters or digits, such as in: ab*."),
)
ABOUT_MAILS = (
    marked("Replay it first, so that its sender is read."),
    marked("This mail has no sender who could be written to."),
    marked("The case is not confirmed yet, marked as spam or in the trash, and takes no messages."),
    marked("This mail is not held: it waits to be decided about."),
    marked("This mail is not held: it is %(outcome)s already."),
    marked("This mail cannot be decided about again: it waits to be decided about."),
    marked("This mail cannot be decided about again: it is %(outcome)s already."),
    marked(
        "This mail cannot be decided about again: its content was dropped, as mailKeepRaw says, "
        "or because something in it had to go."
    ),
    marked("The case of this mail is spam or in the trash; take it out of there first."),
    marked("This mail waits to be sent already."),
    marked("This mail is being sent at this moment."),
    marked("This mail has been sent; only one that failed can be sent again."),
    marked("This mail has arrived; only one that failed can be sent again."),
    marked("This person is not written to any more."),
)
ABOUT_PEOPLE = (
    marked("This must be one line, without control characters."),
    marked("This must be a name, and not an address."),
    marked("Somebody else of the team is called this."),
    marked("This must be a language tag, such as de, pt-BR or zh-Hant."),
    marked("This must be the name of a time zone, such as Europe/Berlin or UTC."),
)
ABOUT_SIGNING_IN = (
    marked("You have asked for many links. Please try again in an hour."),
    marked("This link has been used, or its time is over."),
    marked("Please open the link in the browser in which you asked for it, or ask for another one here."),
)
ABOUT_WEBHOOKS = (
    marked("This must be an address that begins with http:// or https://."),
    marked("This must hold neither a user name nor a fragment."),
    marked(
        "This must be a public address, on port 80 or 443. CASEY_WEBHOOK_ALLOW_PRIVATE=true, said "
        "when Casey starts, allows others too."
    ),
    marked("There are %(most)s webhooks already; delete one of them first."),
    marked("This webhook is disabled; enable it first."),
    marked("This event is being delivered at this moment."),
    marked("%(name)s is not the name of an event."),
    marked("Please name at most %(most)s events."),
    marked("Disabled by hand."),
    marked("Nothing was accepted for three days. The last answer was: %(answer)s"),
)
ABOUT_MAILBOXES = (
    marked("The mailbox %(name)s is read already."),
    marked("This address is none of ours. Add it to the setting mailAliases first, so that nobody else can have it."),
    marked("The user name must be at most %(most)s characters long on this server."),
    marked("This is the mask of a password, and not a password."),
    marked("This field is required when auth is password."),
    marked("This must be an e-mail address such as support@example.com."),
    marked("This must be a domain name such as example.com."),
    marked("This must be a whole number from %(low)s to %(high)s."),
)
ABOUT_SETTINGS = (
    marked("Only an owner changes %(name)s, since links to sign in are mailed there."),
    marked("%(name)s must be a number of seconds or a duration such as 45s, 10m, 12h, 30d or 2w."),
    marked("%(name)s must be longer than nothing."),
    marked("%(name)s must not be longer than 36500d."),
    marked("%(name)s must be from %(shortest)s to %(longest)s."),
    marked("%(name)s must be a whole number from %(low)s to %(high)s."),
    marked("%(name)s must be at most 1000 characters long."),
    marked("%(name)s must not contain control characters or line breaks."),
    marked("%(name)s must be an e-mail address such as support@example.com."),
    marked("%(name)s must be a plain e-mail address such as support@example.com."),
    marked("%(name)s must be an array of at most 100 e-mail addresses."),
    marked("%(name)s must be an array of e-mail addresses such as info@example.com."),
    marked("%(name)s must be a domain name such as example.com."),
    marked("%(name)s must be a colour such as #1b6a5c."),
    marked("%(name)s must be the address of a picture such as https://example.com/logo.png."),
    marked("%(name)s must be an array of at most 100 origins."),
    marked("%(name)s must be an array of origins such as https://shop.example.com, or of * alone."),
    marked("%(name)s must be an array of at most 100 names."),
    marked("%(name)s must be an array of names of 1 to 100 characters, such as order_id."),
    marked("%(name)s must contain %(words)s."),
    marked("%(name)s must begin with http:// or https://."),
    marked("%(name)s must be the name of a time zone, such as Europe/Berlin or UTC."),
    marked("%(name)s is required when smtpAdapter is %(smtp)s and imapAdapter is %(imap)s."),
    marked("%(name)s is required when %(given)s is set; leave both out to send without signing in."),
    marked("%(name)s must be given too: the stored one is not sent to another place than before."),
    marked("%(name)s is the address of %(person)s already."),
)
ABOUT_FIELDS = (
    marked("There is no such field."),
    marked("This field is required, and cannot be emptied."),
    marked("This must be one line of 1 to %(most)s characters."),
    marked("This must be a text of 1 to %(most)s characters."),
    marked("This must be a whole number."),
    marked("This must be a number."),
    marked("This must be a number between -%(low)s and %(high)s."),
    marked("This must be a day, such as 2027-01-31."),
    marked("This must match %(pattern)s."),
    marked("This must be the uuid of an attachment."),
)
OF_VERBS = (
    *TO_CUSTOMERS,
    *ABOUT_OTHER_SITES,
    *ABOUT_CASES,
    *ABOUT_MAILS,
    *ABOUT_PEOPLE,
    *ABOUT_SIGNING_IN,
    *ABOUT_WEBHOOKS,
    *ABOUT_MAILBOXES,
    *ABOUT_SETTINGS,
    *ABOUT_FIELDS,
)
