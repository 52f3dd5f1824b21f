"""What is said about exports."""

from app.api.casey.schemas.fields import Strict, one_of
from app.api.casey.schemas.filters import list_query
from app.export.cases import Format


class ExportOrder(Strict):
    """Body of POST /exports/cases."""

    format = one_of(Format, required=True)
    filter = list_query(load_default=dict)
