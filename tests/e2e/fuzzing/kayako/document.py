"""What the fuzzer goes by beside Kayako's document, since calls that are refused at once show little.

The dialect leaves alone what it does not know, as the vendor does it; nothing is found by making that up. And what is
answered must be described.
"""

from typing import Any

from tests.api_document import closed

# One of these members has to be there.
TEXTS = ("contents", "body_text", "body_html")
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "NewNote": (TEXTS,),
    "NewToken": (("username",), ("password",)),
    "EndpointChange": (("url",),),
}


def narrow(document: dict[str, Any]) -> None:
    """Have the document say which members of a body are needed, and that there are no others; and the letters."""
    schemas = document["components"]["schemas"]
    for name in _bodies(document):
        schemas[name] = closed(schemas[name])
    for name, needed in NEEDED.items():
        schemas[name]["allOf"] = [{"anyOf": [{"required": [one]} for one in several]} for several in needed]
    for one in _operations(document):
        for asked in one.get("parameters", ()):
            if asked["name"] == "_case":
                asked["schema"] = {"type": "string", "enum": ["snake"]}


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for operations in document["paths"].values() for one in operations.values()]


def _bodies(document: dict[str, Any]) -> set[str]:
    contents = [
        content for one in _operations(document) for content in one.get("requestBody", {}).get("content", {}).values()
    ]
    return {one["schema"]["$ref"].rpartition("/")[2] for one in contents if "schema" in one}
