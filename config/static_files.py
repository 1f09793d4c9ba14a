from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]

#: What every page wears. It names its parts, which stay files of their own while one writes them.
SITE = "css/site.css"
_PART = re.compile(r'^@import "(?P<name>[^"]+)";\n', re.M)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_INDENT = re.compile(r"\n\s*")


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Our scripts name each other by their hashed names, so that none meets an old one in a cache.

    Ours only: Django's switch for it reads every script there is, and fails at those whose imports
    are not among the static files. And all styles of a page come in one answer.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _IMPORTS))

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if SITE in paths and not dry_run:
            styles = joined(lambda name: _text(*paths[name]))
            self.delete(SITE)
            paths[SITE] = (self, self._save(SITE, ContentFile(styles.encode())))
        for name, made, done in super().post_process(paths, dry_run, **options):
            # Compressed copies are written past the storage.
            if isinstance(made, str) and made.endswith((".gz", ".br")):
                Path(self.path(made)).chmod(self.file_permissions_mode)
            yield name, made, done


def _text(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        return str(file.read(), "utf-8")


def joined(read: Callable[[str], str]) -> str:
    """The parts in their order, without what only their writers read."""
    whole = _PART.sub(lambda part: read(f"css/{part['name']}"), read(SITE))
    return _INDENT.sub("\n", _COMMENT.sub("", whole)).lstrip()
