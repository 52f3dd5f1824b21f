"""How the house is set up, on Deskie's wire: fields, languages, addresses."""

from zlib import crc32

from marshmallow import fields

from app.api.deskie.views.shapes import Json, Shape, a_flag, a_number, a_text, list_of
from app.cases.custom_fields import CustomField, CustomFieldOption, FieldLevel, FieldType
from app.mail.our_addresses import OurAddress
from app.people.addresses import key_of
from app.people.languages import LANGUAGES

LEVELS = {FieldLevel.CASE: "case", FieldLevel.PERSON: "user"}
# What Deskie does not know is told as what comes nearest to it.
TYPES = {
    **dict.fromkeys(FieldType, "text"),
    FieldType.TEXTAREA: "textarea",
    FieldType.CHECKBOX: "checkbox",
    FieldType.YES_NO: "checkbox",
    FieldType.DATE: "date",
    **dict.fromkeys((FieldType.SELECT, FieldType.RADIO, FieldType.MULTI_SELECT, FieldType.CASCADING), "select"),
}
BETWEEN = " / "


class FieldShape(Shape):
    """A field of the operator's own."""

    field_id = a_number()
    title = a_text()
    field_type = a_text()
    field_level = a_text("case or user.")
    active = a_flag()
    field_data = fields.Raw(required=True, metadata={"description": "The choices by their numbers; empty without any."})


class LanguageShape(Shape):
    """A language."""

    language_id = a_number()
    code = a_text()
    title = a_text()
    active = a_flag()


class AddressShape(Shape):
    """An address of ours."""

    email_id = a_number()
    email = a_text()
    active = a_flag()


FieldList = list_of("custom_field", FieldShape)
LanguageList = list_of("language", LanguageShape)
AddressList = list_of("client_emails", AddressShape)


def field_row(field: CustomField) -> Json:
    """A field of the operator's own. The numbers of its options are those that cases say."""
    return {
        "field_id": field.id,
        "title": field.title,
        "field_type": TYPES[field.type],
        "field_level": LEVELS[field.level],
        "active": field.disabled_at is None,
        "field_data": {str(one.id): _path(field, one) for one in field.options} or "",
    }


def _path(field: CustomField, option: CustomFieldOption) -> str:
    """The title of an option, behind those that it stands below."""
    above = {one.id: one for one in field.options}
    titles = [option.title]
    while (parent := above.get(option.parent_id or 0)) is not None:
        titles.insert(0, parent.title)
        option = parent
    return BETWEEN.join(titles)


def language_rows() -> list[Json]:
    """The languages there are, all of which a case can be in."""
    return [{"language_id": one.number, "code": one.code, "title": one.title, "active": True} for one in LANGUAGES]


def address_row(address: OurAddress) -> Json:
    """An address of ours. Its number is made of it, and so stays the same when others come and go."""
    return {
        "email_id": crc32(key_of(address.email).encode()) & 0x7FFFFFFF,
        "email": address.email,
        "active": address.active,
    }
