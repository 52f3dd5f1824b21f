"""An account's own fields and forms, and what is said in these fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.cases.custom_fields import CustomField, CustomFieldOption, FieldLevel, FieldType
from app.cases.field_definitions import define_field, fields_keyed
from app.cases.field_values import kept_in
from app.cases.forms import LONGEST_TITLE, create_form, form_by_title
from app.errors import NotFound
from app.takeover.answers import Json

TYPES: Mapping[str, FieldType] = {
    "TEXT": FieldType.TEXT,
    "TEXTAREA": FieldType.TEXTAREA,
    "NUMERIC": FieldType.NUMBER,
    "DECIMAL": FieldType.DECIMAL,
    "DATE": FieldType.DATE,
    "YESNO": FieldType.YES_NO,
    "RADIO": FieldType.RADIO,
    "SELECT": FieldType.SELECT,
    "CHECKBOX": FieldType.MULTI_SELECT,
    "CASCADINGSELECT": FieldType.CASCADING,
    "REGEX": FieldType.REGEX,
}
FLAGS = {FieldType.CHECKBOX, FieldType.YES_NO}
CHOICES = {FieldType.RADIO, FieldType.SELECT, FieldType.CASCADING}
LONGEST, LONGEST_KEY = 200, 100
TRUE = {"yes", "1", "true", "on"}
# What a field has to be shown with, so that it can be taken over.
WHOLE_FIELDS = "case_field,user_field,organization_field,field_option,locale_field"


def of_its_own(rows: Iterable[Json]) -> list[Json]:
    """The fields that not every account has, as far as there is something like them here."""
    return [one for one in rows if not one.get("is_system") and one.get("type") in TYPES]


def take_field(level: FieldLevel, row: Json) -> bool:
    """A field. One of the same key is the same. No case needs it, so that none is refused. Says whether it is new."""
    key = row["key"]
    if fields_keyed(level, [key]):
        return False
    facts = {
        "title": row["title"][:LONGEST],
        "pattern": row.get("regular_expression") or None,
        "visible_to_customers": row.get("is_visible_to_customers") is True,
        "options": [{"key": _key(one), "title": _title(one)} for one in _options(row)],
    }
    define_field(level, key, TYPES[row["type"]], facts, by=None)
    return True


def take_form(row: Json) -> bool:
    """A form. One of the same title is the same. Says whether it is new."""
    title = row["title"][:LONGEST_TITLE]
    try:
        form_by_title(title)
        return False
    except NotFound:
        keys = [one["key"] for one in of_its_own(row.get("fields") or ())]
        known = fields_keyed(FieldLevel.CASE, keys)
        facts = {
            "title": title,
            "description": row.get("description") or "",
            "visible_to_customers": row.get("is_visible_to_customers") is True,
            "fields": [one for one in keys if one in known],
        }
        create_form(facts, by=None)
        return True


class OwnFields:
    """Reads what is said in the account's own fields, which are known by their ids there, and by their keys here."""

    def __init__(self, rows: Mapping[FieldLevel, Sequence[Json]]) -> None:
        self.keys = {level: {one["id"]: one["key"] for one in some} for level, some in rows.items()}
        every = [option for some in rows.values() for one in some for option in _options(one)]
        self.options = {str(one["id"]): {_key(one), _title(one)} for one in every}

    def said(self, level: FieldLevel, values: Iterable[Json]) -> dict[str, Any]:
        """What is said in those fields that are here too. What does not fit into its field here is left out."""
        named = [(self.keys[level].get(one["field"]["id"]), one["value"]) for one in values]
        texts = {key: str(value) for key, value in named if key and value not in (None, "")}
        here = fields_keyed(level, list(texts))
        found = {}
        for key, field in here.items():
            try:
                found[key] = kept_in(field, self._read(field, texts[key]))
            except ValueError:
                continue
        return found

    def _read(self, field: CustomField, text: str) -> Any:
        if field.type in FLAGS:
            return text.lower() in TRUE
        if field.type in CHOICES:
            return self._choice(field.options, text)
        if field.type is FieldType.MULTI_SELECT:
            return [self._choice(field.options, one.strip()) for one in text.split(",")]
        if field.type is FieldType.NUMBER:
            return int(text)
        return float(text) if field.type is FieldType.DECIMAL else text

    def _choice(self, options: Iterable[CustomFieldOption], number: str) -> str:
        """The key here of an option with this number there. Raises ValueError."""
        names = self.options.get(number, {number})
        for one in options:
            if {one.key, one.title} & names:
                return one.key
        raise ValueError("There is no such option.")


def _options(row: Json) -> Sequence[Json]:
    return row.get("options") or ()


def _key(option: Json) -> str:
    return str(option.get("tag") or option["id"])[:LONGEST_KEY]


def _title(option: Json) -> str:
    values = option.get("values") or ()
    return str(values[0]["translation"])[:LONGEST] if values else _key(option)
