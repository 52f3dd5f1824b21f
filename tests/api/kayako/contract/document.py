"""Reads the vendor's document and writes down what it promises: every call with its parameters, who may make it, what
its example sends and which keys its example answers, of which kinds; and the fields of every resource.

    python -m tests.api.kayako.contract.document path/to/kayako-cases-api.txt

writes ``examples.json`` anew, and prints how often each damage of the copy had to be repaired. Of texts nothing is kept
but that they are texts; words that have a meaning, such as a state, are kept.
"""

import json
import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).with_name("examples.json")
CALL = re.compile(r"(GET|POST|PUT|DELETE) /api/v1(/\S+)\.json")
KIND = (
    r"(?:string|integer|boolean|array|timestamp|json|CSV|multipart/form-data|ISO-8601 Format|Target"
    r"|SLA \w+|[A-Z][a-z]\w*(?: \| [A-Z]\w*)*)"
)
ROW = re.compile(rf"([a-z][a-z_]+)(?: ({KIND})(?: .*)?)?")
ROLE = re.compile(r"Collaborator|Agent|Admin|Owner")
WORD = re.compile(r"[A-Z]{3,}")
TABLE = re.compile(r"Name Type (?:Read-only|Mandatory) Description")
PARTS = ("Information", "Arguments", "Request Parameters", "Parameters", "Request", "Response")
RESOURCE = re.compile(r"resource fields", re.IGNORECASE)
# What the copy has damaged, and how it is mended.
TWICE = "a row of a table stands there twice"

Json = dict[str, Any]
mended: Counter[str] = Counter()


def kinds(value: Any, key: str = "") -> Any:
    """The keys of a JSON value, and of which kind each is. A word that has a meaning stands for itself."""
    if isinstance(value, dict):
        return {name: kinds(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [kinds(inner, key) for inner in value]
    if isinstance(value, str) and (WORD.fullmatch(value) or key in {"resource_type", "resource"}):
        return f"={value}"
    return type(value).__name__


def rows(lines: list[str]) -> list[str]:
    """The names in a table, or in several."""
    tables: list[list[str]] = [[]]
    for line in map(str.strip, lines):
        if TABLE.fullmatch(line):
            tables.append([])
        elif (match := ROW.fullmatch(line)) and match[2]:
            tables[-1].append(match[1])
    mended[TWICE] += sum(len(one) - len({*one}) for one in tables)
    return list(dict.fromkeys(name for one in tables for name in one))


def resources(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The tables of fields, by what they are the fields of."""
    for number, line in enumerate(lines):
        if TABLE.fullmatch(line.strip()) and "Read-only" in line:
            above = [one.strip() for one in lines[max(number - 6, 0) : number] if one.strip()]
            headed = [one for one in above if not RESOURCE.fullmatch(one)]
            yield headed[-1], rows(list(takewhile(lambda one: not _ends(one), lines[number + 1 :])))


def _ends(line: str) -> bool:
    return bool(CALL.fullmatch(line.strip()) or TABLE.fullmatch(line.strip())) or line.strip() in {
        "Actions",
        "Metadata",
    }


def calls(lines: list[str]) -> Iterator[Json]:
    """Every call, in the order of the document."""
    heads = [number for number, line in enumerate(lines) if CALL.fullmatch(line.strip())]
    for number, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        match = CALL.fullmatch(lines[number].strip())
        assert match is not None
        title = next(line.strip() for line in reversed(lines[:number]) if line.strip())
        parts = _parts(lines[number + 1 : end])
        told = "\n".join(parts.get("Information", []))
        yield {
            "name": title,
            "method": match[1],
            "path": re.sub(r":id", "{id}", match[2]),
            "allowed": re.findall(
                r"Collaborator|Agent|Admin|Owner", told.partition("Allowed for")[2].partition("\n")[0]
            ),
            "ordered": told.partition("Ordered by ")[2].partition("\n")[0],
            "asks": rows(parts.get("Arguments", [])),
            "takes": rows(parts.get("Parameters", []) + parts.get("Request Parameters", [])),
            "says": _said("\n".join(parts.get("Request", []))),
            "answers": _answer("\n".join(parts.get("Response", []))),
        }


def _parts(lines: list[str]) -> dict[str, list[str]]:
    """What stands below each heading inside of a call."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if line.strip() in PARTS and not line.startswith(" "):
            name = line.strip()
        else:
            found.setdefault(name, []).append(line)
    return found


def _said(command: str) -> Any:
    """The body that a line for curl sends."""
    if not command.strip():
        return None
    words = shlex.split(command.replace("\\\n", " "))
    return kinds(json.loads(words[words.index("-d") + 1]))


def _answer(text: str) -> Any:
    """The JSON that is answered; what stands behind it is the heading of what comes next."""
    found, _ = json.JSONDecoder().raw_decode(text.strip())
    return kinds(found)


if __name__ == "__main__":
    document = Path(sys.argv[1]).read_text("utf-8").splitlines()
    found = {"calls": list(calls(document)), "resources": dict(resources(document)), "repaired": dict(mended)}
    EXAMPLES.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    for name, times in mended.items():
        print(f"{times:4} times: {name}")
    print(f"{len(found['calls'])} calls, {len(found['resources'])} resources")
