"""Forms on Kayako's wire, and the one brand that a house has."""

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlsplit

from app.api.kayako.resources import (
    Json,
    Resource,
    Shape,
    a_flag,
    a_moment,
    a_number,
    a_text,
    a_thing,
    reference,
    things,
)
from app.api.kayako.system_fields import SYSTEM_FIELDS
from app.api.kayako.views.fields import field_ref
from app.api.kayako.views.locales import translated
from app.cases.forms import CaseForm, fields_in, forms_numbered
from app.config import deployed

BRAND_ID = 1
ENGLISH = 2


class FormShape(Shape):
    """A form."""

    id = a_number()
    title = a_text()
    is_visible_to_customers = a_flag()
    customer_titles = things()
    customer_title = a_text()
    description = a_text()
    is_enabled = a_flag()
    is_default = a_flag()
    sort_order = a_number()
    form_fields = things(key="fields")
    brand = a_thing()
    created_at = a_moment()
    updated_at = a_moment()


class BrandShape(Shape):
    """A brand."""

    id = a_number()
    name = a_text()
    sub_domain = a_text()
    domain = a_text()
    alias = a_text(none=True)
    url = a_text()
    locale = a_thing()
    is_ssl_enabled = a_flag()
    is_default = a_flag()
    is_enabled = a_flag()
    created_at = a_moment()
    updated_at = a_moment()


def _forms(rows: Sequence[CaseForm], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "title": one.title,
            "is_visible_to_customers": one.visible_to_customers,
            "customer_titles": translated(f"form:{one.id}", one.title),
            "customer_title": one.title,
            "description": one.description,
            "is_enabled": one.deleted_at is None,
            "is_default": one.default,
            "sort_order": one.sort_order,
            "fields": [*map(field_ref, SYSTEM_FIELDS), *map(field_ref, fields_in(one))],
            "brand": reference("brand", BRAND_ID),
            "created_at": one.created_at,
            "updated_at": one.updated_at,
        }
        for one in rows
    ]


def _brands(rows: Sequence[str], _optional: Collection[str]) -> list[Json]:
    return [_brand(url) for url in rows]


def _brand(url: str) -> Json:
    host = urlsplit(url).hostname or ""
    return {
        "id": BRAND_ID,
        "name": host.partition(".")[0].capitalize(),
        "sub_domain": host.partition(".")[0],
        "domain": host,
        "alias": None,
        "url": url,
        "locale": reference("locale", ENGLISH),
        "is_ssl_enabled": url.startswith("https:"),
        "is_default": True,
        "is_enabled": True,
        "created_at": None,
        "updated_at": None,
    }


def _loaded(ids: Collection[int]) -> Mapping[int, str]:
    return {BRAND_ID: deployed().base_url} if BRAND_ID in ids else {}


FORM = Resource("case_form", FormShape, _forms, forms_numbered, path="cases/forms/{}")
BRAND = Resource("brand", BrandShape, _brands, _loaded, path="brands/{}")
