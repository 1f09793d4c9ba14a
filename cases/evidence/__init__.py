"""Evidence: what customers and agents attach. Checked by decoding it in another process, stored
privately.

    inspected = inspect(upload, name=upload.name)
    names = store(upload, inspected.view, root=settings.EVIDENCE_ROOT, sha256=inspected.sha256)

Knows nothing of cases: pure functions over bytes and files.
"""

from .errors import in_words
from .inspect import ACCEPTED, FileKind, Inspected, inspect
from .limits import DEFAULT, Limits
from .names import display_name, view_name
from .page_picture import page_picture
from .store import (
    StoredNames,
    delete,
    is_stored,
    open_original,
    open_view,
    store,
    store_original,
    stored_before,
)
from .thumbnail import thumbnail

__all__ = [
    "ACCEPTED",
    "DEFAULT",
    "FileKind",
    "Inspected",
    "Limits",
    "StoredNames",
    "delete",
    "display_name",
    "in_words",
    "inspect",
    "is_stored",
    "open_original",
    "open_view",
    "page_picture",
    "store",
    "store_original",
    "stored_before",
    "thumbnail",
    "view_name",
]
