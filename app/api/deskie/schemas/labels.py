"""What is said about labels."""

from app.api.deskie.schemas.fields import Lenient
from app.api.deskie.schemas.lines import line
from app.cases.labels import LONGEST_LABEL


class TitledLabel(Lenient):
    """Body of POST /labels.json and PUT /labels/{id}.json, inside of ``label`` or ``labels``."""

    label_title = line(LONGEST_LABEL, required=True)
