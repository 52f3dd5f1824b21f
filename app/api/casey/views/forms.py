"""Forms."""

from app.api.casey.views.shapes import Json, Shape, a_flag, a_number, a_text, many
from app.cases.forms import CaseForm, fields_in


class FormAnswer(Shape):
    """A form: which fields of your own belong to which kind of case."""

    title = a_text()
    description = a_text()
    field_keys = many(a_text(), key="fields")
    visible_to_customers = a_flag()
    default = a_flag()
    sort_order = a_number()


def form_view(form: CaseForm) -> Json:
    """A form."""
    return {
        "title": form.title,
        "description": form.description,
        "fields": [one.key for one in fields_in(form)],
        "visible_to_customers": form.visible_to_customers,
        "default": form.default,
        "sort_order": form.sort_order,
    }
