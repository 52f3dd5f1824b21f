"""What whoever is told of events may ask for: names of events, beginnings of some, or all."""

import re

NAME = re.compile(r"(?:[a-z_]{1,60}\*?|\*)\Z", re.ASCII)
NO_NAME = "This must be the name of an event, which may end in *, or * alone."
MOST_NAMES = 50
EVERYTHING = "*"
