"""What the page of a case says after an act, by the word in its address."""

from app.translating import lazily

NOTICES = {
    "closed": lazily("The case is closed now. Thank you."),
    "closed-before": lazily("The case was closed already."),
    "reopened": lazily("The case is open again and waits for our team. Please write below what is still missing."),
    "open-before": lazily("The case was open already."),
    "muted": lazily("You get no more mail of this case."),
    "unmuted": lazily("You get mail of this case again."),
    "unsent": lazily("This page had been open for too long, or cookies are off. Please press the button once more."),
}
