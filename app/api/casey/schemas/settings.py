"""What is said about settings: each by its wire name, and as it is declared."""

from typing import Any

from marshmallow import fields

from app.api.casey.schemas.fields import Strict
from app.api.casey.schemas.told import Json
from app.config.settings import DECLARED, SECRETS

EXAMPLES = {"mailSyncTimer": 120, "caseConfirmation": True}


def told_of_setting(name: str) -> Json:
    """What a value of this setting looks like, and what it means."""
    declared = DECLARED[name].metadata
    told = {key: value for key, value in declared["kind"].told.items() if key != "examples"}
    if declared["default"] is None:
        told = {"anyOf": [*told.get("anyOf", [told]), {"type": "null"}]}
    return {**told, "description": declared["help"]}


def _changed(name: str) -> fields.Field[Any]:
    told = told_of_setting(name)
    if name in SECRETS:
        told["description"] += " *** leaves it as it is."
    if name in EXAMPLES:
        told["examples"] = [EXAMPLES[name]]
    return fields.Raw(metadata=told)


SettingsChange = Strict.from_dict({name: _changed(name) for name in DECLARED}, name="SettingsChange")
