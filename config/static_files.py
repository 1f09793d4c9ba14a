from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]

#: The stylesheet of every page. It imports its parts, which stay separate files during development.
SITE = "css/site.css"
_PART = re.compile(r'^@import "(?P<name>[^"]+)";\n', re.M)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_INDENT = re.compile(r"\n\s*")
#: A line of a script, or several, that is a comment and nothing else.
_REMARK = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/[ \t]*)\n", re.M | re.S)


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Our scripts import each other by their hashed names, so none loads an old one from a cache.

    Only our own scripts: Django's switch for this reads every script there is, and fails on those
    whose imports aren't among the static files. All styles of a page come in one response.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _IMPORTS))

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if SITE in paths and not dry_run:
            self._replace(paths, SITE, joined(lambda name: _text(*paths[name])))
            for name in [each for each in paths if each.startswith("js/")]:
                self._replace(paths, name, slim(_text(*paths[name])))
        for name, made, done in super().post_process(paths, dry_run, **options):
            # Compressed copies are written without going through the storage.
            if isinstance(made, str) and made.endswith((".gz", ".br")):
                Path(self.path(made)).chmod(self.file_permissions_mode)
            yield name, made, done

    def _replace(self, paths: dict[str, Any], name: str, text: str) -> None:
        self.delete(name)
        paths[name] = (self, self._save(name, ContentFile(text.encode())))


def _text(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        return str(file.read(), "utf-8")


def joined(read: Callable[[str], str]) -> str:
    """The parts in order, without the comments."""
    whole = _PART.sub(lambda part: read(f"css/{part['name']}"), read(SITE))
    return _INDENT.sub("\n", _COMMENT.sub("", whole)).lstrip()


def slim(script: str) -> str:
    """Without comments and indentation: none of our strings spans several lines."""
    return _INDENT.sub("\n", _REMARK.sub("", script)).lstrip()
