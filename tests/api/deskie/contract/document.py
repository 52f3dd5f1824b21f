"""Reads the vendor's document and writes down what its examples say: which keys, of which kinds, at which address.

    python -m tests.api.deskie.contract.document path/to/deskie-cases-api.txt

writes ``examples.json`` anew, and prints how often each damage of the copy had to be repaired. Of texts nothing is kept
but that they are texts; words that have a meaning, such as a status, are kept.
"""

import json
import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).with_name("examples.json")
HEAD = re.compile(r"(POST|GET|PUT|DELETE)\s*\|\s*https://\[domain\]\.deskie\.io/api(\S+)")
PART = re.compile(r"(Request|Response|RESPONSE|Sample code)\b(.*)", re.DOTALL)
WORDS = {"closed", "critical", "low", "planned", "open"}
# What the copy has damaged, and how it is mended.
REPAIRS = {
    "comments stand in JSON": (re.compile(r"(?<=[\s,])//[^\n]*"), ""),
    "a comma is missing before rating": (re.compile(r'\](\s*\n\s*"rating")'), r"],\1"),
    "a comma stands before a closing bracket": (re.compile(r",(\s*[\]}])"), r"\1"),
    "a word stands without quotes": (re.compile(r"(:\s*)(unassigned)\b"), r'\1"\2"'),
    "a choice of words stands for one of them": (re.compile(r"low\\middle\\high"), "low"),
    "an equals sign is gone together with an address": (re.compile(r"\](\[email.protected\]\")"), r"]=\1"),
    "the beginning of a command is lost": (re.compile(r"^key\] -F"), "curl -u [staff_email]:[api_key] -F"),
    "addresses of commands are not quoted": (re.compile(r"(?<= )(https://\[domain\]\S+)$"), r"'\1'"),
}
LOST_BRACE = "a closing brace too many stands behind JSON"

Json = dict[str, Any]
mended: Counter[str] = Counter()


def repaired(text: str) -> str:
    """The text as it was meant."""
    for name, (damage, right) in REPAIRS.items():
        text, times = damage.subn(right, text)
        mended[name] += times
    return text


def kinds(value: Any) -> Any:
    """The keys of a JSON value, and of which kind each is. A word that has a meaning stands for itself."""
    if isinstance(value, dict):
        return {key: kinds(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [kinds(inner) for inner in value]
    return f"={value}" if value in WORDS else type(value).__name__


def read_json(text: str) -> Any:
    """What JSON says, without a brace too many behind it."""
    text = repaired(text).strip()
    found, end = json.JSONDecoder().raw_decode(text)
    mended[LOST_BRACE] += text[end:].strip() == "}"
    return found


def examples(document: str) -> Iterator[Json]:
    """Every example, in the order of the document."""
    lines = document.splitlines()
    heads = [number for number, line in enumerate(lines) if HEAD.match(line)]
    for number, end in zip(heads, [*(one - 2 for one in heads[1:]), len(lines)], strict=True):
        match = HEAD.match(lines[number])
        assert match is not None
        title = lines[number - 2].strip() or lines[number - 1].strip()
        yield from _of_section(title, match[1], match[2], lines[number + 1 : end])


def _of_section(title: str, method: str, path: str, lines: list[str]) -> Iterator[Json]:
    parts = list(_parts(lines))
    answers = [kinds(read_json(text)) for name, text in parts if name == "Response" and text.startswith("{")]
    answer = answers[0] if answers else None
    common = {"method": method, "path": _place(path), "answers": answer}
    requests = [(name, text) for name, text in parts if name.startswith("Request")]
    for name, text in requests:
        said = kinds(read_json(text))
        if "form-data" in name:
            said = {field: "file" if "[attachments]" in field else kind for field, kind in said.items()}
        yield {"name": f"{title}: {name}", **common, "form" if "form-data" in name else "says": said}
    for name, text in parts:
        if name.startswith("Sample"):
            command = _of_command(text)
            if "{note}" in common["path"]:  # a note is edited as a message there
                command["path"] = command["path"].replace("{message}", "{note}")
            yield {"name": f"{title}: {name}", **common, **command}
        if name.startswith("RESPONSE"):
            body = {"says": kinds(read_json(requests[0][1]))} if requests else {}
            several = {**common, "path": common["path"].replace("{case}", "{case},{other}")}
            yield {"name": f"{title}: {name}", **several, **body, "answers": kinds(read_json(text))}


def _parts(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The headings inside of a section, each with what stands below it."""
    name, text = "", ""
    for line in [*lines, "Response"]:
        if PART.fullmatch(line.strip()) and not line.startswith((" ", "(")):
            if name:
                yield name, text.strip()
            name, text = line.strip(), ""
        else:
            text += line + "\n"


def _of_command(text: str) -> Json:
    """What a line for curl sends, and where."""
    words = shlex.split(repaired(text.strip()))
    options = list(pairwise(words))
    address = next(word for word in words if word.startswith("https://")).partition("/api")[2]
    path, _, query = address.partition("?")
    found: Json = {"path": _place(path)}
    if query:
        found["asks"] = [part.split("=", 1) for part in query.split("&")]
    fields = [value for option, value in options if option == "-F"]
    if fields:
        found["form"] = {name: "file" if value.startswith("@") else kinds(value) for name, value in map(_split, fields)}
    said = next((value for option, value in options if option == "-d" and value), None)
    if said:
        found["says"] = kinds(read_json(said))
    return found


def _split(field: str) -> tuple[str, str]:
    name, _, value = field.partition("=")
    return name, value


def _place(path: str) -> str:
    """The address with names of our own for what it leaves open."""
    path = re.sub(r"^/cases/(\[(case_)?id\]|\d{2,6})(?=[./])", "/cases/{case}", path)
    path = re.sub(r"^/cases/\d{3}-\d{6}", "/cases/{reference}", path)
    path = re.sub(r"/note/(\[message_id\]|\d+)\.json", "/note/{note}.json", path)
    return re.sub(r"/(messages|rate)/(\[message_id\]|\d+)\.json", r"/\1/{message}.json", path)


if __name__ == "__main__":
    found = list(examples(Path(sys.argv[1]).read_text("utf-8")))
    EXAMPLES.write_text(json.dumps({"repaired": dict(mended), "examples": found}, indent=1) + "\n", "utf-8")
    for name, times in mended.items():
        print(f"{times:4} times: {name}")
    print(f"{len(found)} examples")
