"""Fields of the operator's own."""

from app.api.casey.views.persons import PersonAnswer, PersonBrief, person_brief, person_view
from app.api.casey.views.shapes import Json, Shape, a_flag, a_number, a_text, a_word, an_object, many
from app.cases.custom_fields import CustomField, FieldLevel, FieldType
from app.cases.field_options import told_options
from app.cases.field_values import fields_of
from app.people.linking import linked_with
from app.people.models import Person


class OptionAnswer(Shape):
    """One of the choices of a field."""

    key = a_text()
    title = a_text()
    parent = a_text(null=True)


class FieldAnswer(Shape):
    """A field of the operator's own."""

    level = a_word(FieldLevel)
    key = a_text()
    title = a_text()
    type = a_word(FieldType)
    pattern = a_text(null=True)
    required = a_flag()
    visible_to_customers = a_flag()
    sort_order = a_number()
    options = many(OptionAnswer)


def field_view(field: CustomField) -> Json:
    """A field of the operator's own."""
    return {
        "level": field.level,
        "key": field.key,
        "title": field.title,
        "type": field.type,
        "pattern": field.pattern,
        "required": field.required,
        "visible_to_customers": field.visible_to_customers,
        "sort_order": field.sort_order,
        "options": told_options(field),
    }


class WholePerson(PersonAnswer):
    """A person, with what is said in the operator's own fields, and whom he is linked with."""

    custom_fields = an_object(key="fields")
    linked = many(PersonBrief)


def whole_person(person: Person) -> Json:
    """A person, with what is said in the operator's own fields, and whom he is linked with."""
    linked = [person_brief(one) for one in linked_with(person)]
    return {**person_view(person), "fields": fields_of(FieldLevel.PERSON, person.id), "linked": linked}
