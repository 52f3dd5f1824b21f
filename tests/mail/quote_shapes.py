"""Mails as people's programs write them, full of other people's addresses: the same number makes the same mail."""

import html
import random
import re
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import quote

from tests.letters import SUPPORT

ZERO_WIDTH, SOFT_HYPHEN = "\u200b", "\u00ad"
FULL_STOP = "\u3002"
WIDE = str.maketrans("@.", "\uff20\uff0e")


@dataclass(frozen=True)
class Known:
    """Somebody whose address may turn up: by name and address."""

    name: str
    address: str


def rewritten(link: str) -> str:
    """How Proofpoint writes a link, or an address, within its own."""
    return re.sub(r"[^A-Za-z0-9./]", lambda sign: f"-{ord(sign[0]):02X}", link).replace("/", "_")


def links_within(link: str) -> list[str]:
    """A link as it comes back to us: quoted, emphasized, broken, or rewritten by whatever stands before a mailbox."""
    host, _, path = link.partition("://")[2].partition("/")
    return [
        link, f"_{link}_", f"*{link}*", f"<{link}>", link.replace("http", "HTTP"), f"http://{host.upper()}/{path}",
        f"http://{host}//{path}", f"{host}/{path}", f"http://{host}/{path.replace('/', '//')}",
        f"{link[:-9]}\n{link[-9:]}",
        f"https://urldefense.com/v3/__{link}__;!!ABC!def$", f"https://urldefense.com/v3/__http:/{host}/{path}__;!!A!b$",
        f"https://urldefense.proofpoint.com/v2/url?u={rewritten(link)}&d=DwMFaQ&c=abc&r=def&m=ghi&s=jkl&e=",
        f"https://eur01.safelinks.protection.outlook.com/?url={quote(link, safe='')}&data=05%7C01&sdata=x&reserved=0",
        f"https://www.google.com/url?q={quote(link, safe='')}&sa=D", f"https://elsewhere.test/{path}?x",
        link.replace("/", "\\u002f"), link.replace("/", "&#x2F;"),
    ]  # fmt: skip


# What the large clients put above a quoted text.
ATTRIBUTIONS = [
    "On Mon, Mar 3, 2025 at 10:00 AM {name} <{address}> wrote:",
    "On Mon, Mar 3, 2025 at 10:00 AM {name} <\n{address}> wrote:",
    "On 3 Mar 2025, at 10:00, {name} <{address}> wrote:",
    "On 03.03.25 10:00, {name} wrote:",
    "On 03/03/2025 10:00, {address} wrote:",
    "On Monday, March 3, 2025 at 10:00:00 AM GMT+1, {name} <{address}> wrote:",
    "On Monday, March 3rd, 2025 at 10:00 AM, {name} <mailto:{address}> wrote:",
    "Am Mo., 3. März 2025 um 10:00 Uhr schrieb {name} <{address}>:",
    "Am 03.03.2025 um 10:00 schrieb {name} <{address}>:",
    "Le lun. 3 mars 2025 à 10:00, {name} <{address}> a écrit :",
    "El lun, 3 mar 2025 a las 10:00, {name} (<{address}>) escribió:",
    "Il giorno lun 3 mar 2025 alle ore 10:00 {name} <{address}> ha scritto:",
    "Den mån 3 mars 2025 kl 10:00 skrev {name} <{address}>:",
    "Op ma 3 mrt 2025 om 10:00 schreef {name} <{address}>:",
    "Em seg., 3 de mar. de 2025 às 10:00, {name} <{address}> escreveu:",
    "пн, 3 мар. 2025 г. в 10:00, {name} <{address}>:",  # noqa: RUF001
    "Понедельник, 3 марта 2025, 10:00 +03:00 от {name} <{address}>:",
    "2025年3月3日(月) 10:00 {name} <{address}>:",
    "{name} <{address}> 于2025年3月3日周一 10:00写道：",  # noqa: RUF001 - as Chinese programs write it
]
# What they put there as the head of a mail.
HEADS = [
    "-----Original Message-----\nFrom: {name} <{address}>\nSent: Monday, March 3, 2025 10:00\nTo: {to}\nSubject: It",
    "-----Original Message-----\nFrom: {name} [mailto:{address}]\nSent: Monday\nTo: {to} [mailto:{to}]\nCc: {cc}; {to}",
    "________________________________\nFrom: {name} <{address}>\nSent: Monday\nTo: {to} <{to}>\nSubject: Re: It",
    "Von: {name} <{address}>\nGesendet: Montag, 3. März 2025 10:00\nAn: {to}; {cc}\nBetreff: AW: It",
    "De : {name} <{address}>\nEnvoyé : lundi 3 mars 2025\nÀ : {to}\nObjet : RE: It",
    "*From:* {name} <{address}>\n*Sent:* Monday\n*To:* {cc}",
    '----- Original Message -----\nFrom: "{name}" <{address}>\nTo: "x" <{to}>, "y" <{cc}>\nSubject: It',
    "------- Original Message -------\nOn Monday, {name} <{address}> wrote:",
    "---------- Forwarded message ---------\nFrom: {name} <{address}>\nDate: Mon\nSubject: It\nTo: <{to}>\nCc: {cc}",
    "Begin forwarded message:\n\nFrom: {name} <{address}>\nReply-To: {cc}\nTo: {to}",
    "-----{name} <{address}> wrote: -----\nTo: {to}\nFrom: {name} <{address}>",
    "От: {name} <{address}>\nОтправлено: понедельник\nКому: {to}",  # noqa: RUF001
    "差出人: {name} <{address}>\n宛先: {to}",
]
# The same in their HTML, and other places in which a page can name somebody.
PAGES = """
<div class="gmail_quote"><div class="gmail_attr">On Mon, {name} &lt;<a href="mailto:{address}">{address}</a>&gt;
wrote:<br></div><blockquote class="gmail_quote">{text}</blockquote></div>

<hr><div id="divRplyFwdMsg"><font face="Calibri"><b>From:</b> {name} &lt;{address}&gt;<br><b>Sent:</b> Monday<br>
<b>To:</b> {to} &lt;{to}&gt;<br><b>Subject:</b> It</font></div><div>{text}</div>

<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> {name}
[<a href="mailto:{address}">mailto:{address}</a>] <br><b>To:</b> {to}; {cc}</p></div><p class="MsoNormal">{text}</p>

<div><br><blockquote type="cite" cite="mailto:{address}"><div>On 3 Mar 2025, at 10:00, {name}
&lt;<a href="mailto:{address}">{address}</a>&gt; wrote:</div><div>{text}</div></blockquote></div>

<div class="moz-cite-prefix">On 03.03.25, {name} wrote:<br></div>
<blockquote type="cite" cite="mid:1@{cc}">{text}</blockquote>

<div class="yahoo_quoted"><div>On Monday, {name} &lt;{address}&gt; wrote:</div><div>{text}</div></div>

<hr id="zwchr"><div data-marker="__HEADERS__"><b>From: </b>"{name}" &lt;{address}&gt;<br><b>To: </b>{to}</div>
<div data-marker="__QUOTED_TEXT__">{text}</div>

<table><tr><td>Contact</td>
<td><a href="mailto:{address}?cc={quoted}" title="{address}">{name}</a></td></tr></table>

<p><a href="https://links.test/?url=https%3A%2F%2Fcrm.test%2F%3Fto%3D{quoted}&amp;data={quoted}">x</a></p>

<p><img src="cid:p1" alt="card of {address}" title="{to}"> <span>{split}</span> <b>{text}</b></p>
""".strip().split("\n\n")
SMALL_TALK = """
the blue table squeaks when I sit on it because it is old and nobody came to look at it please write or call us soon
10:00 (perhaps) ruben@team.test una@customer.test eve@stranger.test x@y 100% @home a=b&c=d <3 ben at team dot test
"""


class Writer:
    """Writes mails in which others are named."""

    def __init__(self, number: int, others: list[Known], link: str = "https://links.test/c/x") -> None:
        self.dice = random.Random(number)
        self.others = others
        self.link = link

    def somebody(self) -> Known:
        return self.dice.choice(self.others)

    def words(self) -> str:
        return " ".join(self.dice.choices(SMALL_TALK.split(), k=self.dice.randint(1, 12)))

    def spelling(self) -> str:
        """An address in plain text, in one of the ways in which it can be written."""
        address = self.somebody().address
        local, _, domain = address.partition("@")
        return self.dice.choice(
            [
                address, address.upper(), address.title(), f"<{address}>", f"mailto:{address}", f"'{address}'",
                f"_{address}_", f"*{address}*", f"...{address}...", f"to={address}&x", f"https://crm.test/?u={address}",
                quote(address, safe=""), quote(f"<{address}>", safe=""), f"{local}%2540{domain}",
                f"{local}&#64;{domain}", f"{local}&#x40;{domain}", f"{local}&commat;{domain}", f"{local}=40{domain}",
                address.translate(WIDE), f"{local[0]}{ZERO_WIDTH}{address[1:]}", f"{local}{SOFT_HYPHEN}@{domain}",
                f"{local}@\n{domain}", f"{local}@{domain[:4]}\r{domain[4:]}", f"{local}@\u2028{domain}",
                f"{local}@{domain[:4]}=\n{domain[4:]}", f"{local[0]}%C2%AD{local[1:]}%40{domain}",
                f"{local}%EF%BC%A0{domain}",
                f"{local}&#65312;{domain}",
                f"{local}&#64{domain.translate({46: '&period;'})}", f"{local[0]}&shy;{address[1:]}",
                f"{local}=2540{domain}",
                f"{local}\\u002540{domain}", f"{local}%26%2364%3B{domain}", f"{local[0]}\u3164{address[1:]}",
                f"{local[0]}\U000e0100{address[1:]}", f"{local}@\n\n{domain}", f"{local}@\n\u00a0{domain}",
                f"[{address}]", f"{address}--he", f"{address}.Thanks",
                f"{address}-{self.somebody().address}", f'"{address}"',
                f"> {local}@{domain[:5]}\n> {domain[5:]}", f"{address};{self.somebody().address}, {address}",
                f"\\u003c{address}\\u003e", f'{{"to":"Hello\\n{address}\\t"}}', f"{local}\\u0040{domain}",
                f"{local}\\x40{domain}",
                f"https://urldefense.proofpoint.com/v2/url?u={rewritten(f'mailto:{address}')}&d=Dw",
                rewritten(f"mailto:{quote(address)}"), f"{local}@{domain.replace('.', FULL_STOP)}",
            ]
        )  # fmt: skip

    def linked(self) -> str:
        """The link, in one of the ways in which it comes back."""
        return self.dice.choice(links_within(self.link))

    def quoted_head(self) -> str:
        """What stands above a quoted text."""
        shape = self.dice.choice(ATTRIBUTIONS + HEADS)
        known = self.somebody()
        to, cc = self.dice.choice([SUPPORT, self.somebody().address]), self.somebody().address
        return shape.format(name=known.name, address=known.address, to=to, cc=cc)

    def text(self) -> str:
        """A plain text: words, addresses, and a conversation quoted below, some levels deep."""
        new = " ".join([self.words(), self.spelling(), self.words(), self.spelling(), self.linked()])
        old, marks = "", self.dice.choice(["", "> ", ">> ", "> > "])
        for _ in range(self.dice.randint(0, 3)):
            old = f"{self.quoted_head()}\n\n{self.words()} {self.spelling()} {self.words()}\n{old}"
            old = "\n".join(f"{marks}{line}" for line in old.split("\n"))
        return f"{new}\n\n{old}\n"

    def page(self) -> str:
        """The same in HTML, with addresses in texts and attributes."""
        parts = [f"<p>{self._in_page(self.words())} {self._spelt()} {self._in_page(self.spelling())}</p>"]
        parts.append(f'<p><a href="{self._in_page(self.linked())}">{self._in_page(self.linked())}</a></p>')
        for _ in range(self.dice.randint(1, 3)):
            known, to, cc = self.somebody(), self.somebody().address, self.somebody().address
            values = {"name": self._in_page(known.name), "address": self._entities(known.address), "to": to, "cc": cc}
            quoted = {"quoted": quote(known.address, safe=""), "split": self._spelt(), "text": self._spelt()}
            parts.append(self.dice.choice(PAGES).format(**values, **quoted))
        return f"<html><body>{''.join(parts)}</body></html>"

    def _in_page(self, text: str) -> str:
        return html.escape(text)

    def _entities(self, address: str) -> str:
        return self.dice.choice([address, address.replace("@", "&#64;"), address.replace("@", "&commat;")])

    def _spelt(self) -> str:
        """An address between tags, within which other tags may stand."""
        address = self.somebody().address
        local, _, domain = address.partition("@")
        return self.dice.choice(
            [
                address, f"{local}<b>@</b>{domain}", f"{local}@<wbr>{domain}", f"<i>{local}</i>@<i>{domain}</i>",
                f"{local}&#0064;{domain}", f"{local[0]}&shy;{address[1:]}", f"{local}&zwnj;@{domain}",
                f"{local}@<br>{domain}", "".join(f"&#{ord(sign)};" for sign in address),
                f'<a href="mailto:{address}">{local}@{domain}</a>', f'<span title="{address}">{local}</span>',
            ]
        )  # fmt: skip

    def mail(self, sender: str) -> EmailMessage:
        """A mail to the support address, its parts in any of the encodings."""
        encoding = self.dice.choice(["quoted-printable", "base64", "8bit"])
        mail = EmailMessage()
        mail["From"], mail["To"] = sender, SUPPORT
        mail["Subject"] = f"{self.words()[:60]} {self.dice.choice([self.somebody().address, ''])}"
        mail["Message-ID"] = f"<{self.dice.getrandbits(60)}@{sender.rpartition('@')[2]}>"
        mail.set_content(self.text(), cte=encoding)
        if self.dice.random() < 0.6:
            mail.add_alternative(self.page(), subtype="html", cte=encoding)
        for _ in range(self.dice.choice([0, 0, 0, 1, 2])):
            name = (
                f"{self.dice.choice(['', 'of '])}{self.somebody().address}{self.dice.choice(['', '.pdf', '.tar.gz'])}"
            )
            mail.add_attachment(self.spelling().encode(), "application", "pdf", filename=name)
        return mail
