from __future__ import annotations

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Our scripts name each other by their hashed names, so that none meets an old one in a cache.

    Ours only: Django's switch for it reads every script there is, and fails at those whose imports
    are not among the static files.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _IMPORTS))
