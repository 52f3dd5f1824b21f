"""What the fuzzer goes by beside Deskie's document, since calls that are refused at once show little.

The dialect leaves alone what it does not know, as the vendor does it; nothing is found by making that up. And what is
answered must be described.
"""

from typing import Any

from tests.api_document import closed

# One of these members has to be there.
TEXTS, CONTACTS = ("content", "content_html"), ("user_email", "user_phone", "user_skype")
NEEDED = {
    "NewCase": (TEXTS, CONTACTS),
    "User": (CONTACTS,),
    "AnotherUser": (("user_id",),),
    "NewMessage": (TEXTS,),
    "NewNote": (TEXTS,),
    "Written": (TEXTS,),
}


def narrow(document: dict[str, Any]) -> None:
    """Have the document say which members are needed, that a text says something, and that there are no others."""
    document |= closed(document)
    for name, needed in NEEDED.items():
        schema = document["components"]["schemas"][name]
        schema["allOf"] = [{"anyOf": [{"required": [one]} for one in several]} for several in needed]
        for one in schema["properties"].keys() & TEXTS:
            schema["properties"][one]["minLength"] = 1
