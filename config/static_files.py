"""What collectstatic makes of our styles and scripts: a page needs one of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lightningcss
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.script_bundles import joined, loaded_later

_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]

STYLES, SCRIPTS, ENTRIES = "css/", "js/", "js/entries/"
#: Cascade layers need these, so nothing older shows our styles. What they lack, such as nested
#: rules, is written for them in older words.
BROWSERS = ["chrome >= 99", "firefox >= 97", "safari >= 15.4", "ios_saf >= 15.4"]


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A stylesheet holds what it imports; only whole ones and a page's entries are published.

    A script that's loaded later is named by its hash, so no old one comes from a cache. Only in our
    own scripts: Django's switch for this reads every script there is, and fails on those whose
    imports aren't among the static files.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, (f"{SCRIPTS}*.js", _IMPORTS))

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            self._replace(paths, SCRIPTS, bundled_scripts(paths))
            self._replace(paths, STYLES, bundled_styles(paths))
        for name, made, done in super().post_process(paths, dry_run, **options):
            # Compressed copies are written without going through the storage.
            if isinstance(made, str) and made.endswith((".gz", ".br")):
                Path(self.path(made)).chmod(self.file_permissions_mode)
            yield name, made, done

    def _replace(self, paths: dict[str, Any], folder: str, bundles: dict[str, str]) -> None:
        for name in [each for each in paths if each.startswith(folder)]:
            self.delete(name)
            del paths[name]
        for name, text in bundles.items():
            paths[name] = (self, self._save(name, ContentFile(text.encode())))


def bundled_scripts(paths: dict[str, Any]) -> dict[str, str]:
    """Entries, and what they load later, each with all that it imports."""

    def read(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read(), "utf-8")

    bundles: dict[str, str] = {}
    waiting = sorted(name for name in paths if name.startswith(ENTRIES))
    while waiting:
        name = waiting.pop()
        bundles[name] = joined(name, read)
        waiting += loaded_later(name, read) - set(bundles)
    return bundles


def bundled_styles(paths: dict[str, Any]) -> dict[str, str]:
    """Each stylesheet with all that it imports."""
    names = [name for name in paths if name.startswith(STYLES)]
    return {name: _styles(Path(paths[name][0].path(paths[name][1]))) for name in names}


def _styles(path: Path) -> str:
    return lightningcss.bundle_css(str(path), browsers_list=BROWSERS, minify=True)
