"""Files of what is written."""

from app.api.kayako.schemas.fields import numbers
from app.api.lenient import Lenient


class WithFiles(Lenient):
    """A body that may come as a form with files, or name files that came before; ``files`` stand beside the rest."""

    attachment_file_ids = numbers(load_default=list)
