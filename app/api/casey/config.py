"""Settings at run time."""

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.settings import SettingsChange
from app.api.casey.views.settings import Committed, Settings
from app.api.wire import json_body
from app.errors import Invalid
from app.overrides import change_settings, forget_setting, note_committed, shown_settings, write_settings
from app.people.access import Act
from app.transaction import transaction


@route("/config", "GET", Act.READ_CONFIG, answers=Settings)
def show() -> Answer:
    """Every setting by its wire name; secrets are masked."""
    return shown_settings()


def _changes() -> Json:
    """What is to be changed, out of an object or a list of such."""
    found = json_body()
    objects = found if isinstance(found, list) else [found]
    if not objects or not all(isinstance(one, dict) for one in objects):
        raise Invalid('Send an object of settings, such as {"mailSyncTimer": 120}, or a list of such objects.')
    merged: Json = {}
    for one in objects:
        twice = merged.keys() & one.keys()
        if twice:
            raise Invalid(f"{min(twice)} is given twice.", field=min(twice))
        merged |= one
    return merged


@route(
    "/config",
    "POST",
    Act.CHANGE_CONFIG,
    takes=SettingsChange,
    several=True,
    parse=_changes,
    answers=Settings,
    transacted=False,
)
def change(new: Json) -> Answer:
    """Change settings in every process: a list of objects, or one object. All of them, or none."""
    with transaction():
        change_settings(new, by=caller().person, role=caller().power)
    return shown_settings()


@route("/config/<name>", "DELETE", Act.CHANGE_CONFIG, answers=Settings, transacted=False)
def forget(name: str) -> Answer:
    """Take back the run-time change of one setting, so that environment, file or default count again."""
    with transaction():
        forget_setting(name, by=caller().person, role=caller().power)
    return shown_settings()


@route("/config/commit", "POST", Act.CHANGE_CONFIG, answers=Committed, transacted=False)
def commit() -> Answer:
    """Write what was changed at run time into the primary configuration file."""
    written = write_settings()
    with transaction():
        note_committed(written, by=caller().person)
    return {"committed": written}
