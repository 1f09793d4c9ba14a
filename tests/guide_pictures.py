"""`make pictures`: the pictures of the guides and README, from a demo.

Those of guides show a part of a page each, in both languages, at the width of a column of text,
and are small enough to send with a page.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from tqdm import tqdm

from accounts.enums import Language
from tests import chromium, screenshots
from tests.guide_views import README, VIEWS, View

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent / "docs" / "images"
SCALE = 2  # dots a pixel, for sharp screens


def main() -> int:
    arguments = _arguments()
    browser = chromium.ensure()
    if browser is None:
        print("No Chromium could be found or installed.", file=sys.stderr)
        return 1
    screenshots.FOLDER.mkdir(exist_ok=True)
    os.environ.setdefault("PUENTE_HOME", str(screenshots.FOLDER / "home"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with screenshots.demo(arguments.address, arguments.port) as address:
        import django  # noqa: PLC0415 - its settings name the demo's servers

        from tools import embedded  # noqa: PLC0415

        embedded.start_servers()
        django.setup()
        return _take_all(browser, address, arguments.only)


def _take_all(path: str, address: str, only: str) -> int:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    screenshots.prepare()
    heavy = []
    with sync_playwright() as playwright, tqdm(total=2 * len(VIEWS) + 1, unit="picture") as bar:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for language in Language.values:
            screenshots.everybody_reads(language)
            for view, target in _targets(language):
                if only in view.name:
                    target.write_bytes(_take(browser, view, address, language))
                    if target.stat().st_size > view.heaviest * 1024:
                        heavy.append(f"{target} is over {view.heaviest} kB: show less of it.")
                bar.update()
        browser.close()
    print("\n".join(heavy), file=sys.stderr)
    return 1 if heavy else 0


def _targets(language: str) -> Iterator[tuple[View, Path]]:
    if language == Language.ENGLISH:
        yield README, ROOT / f"{README.name}.webp"
    for view in VIEWS:
        yield view, ROOT / "guides" / language / f"{view.name}.webp"


def _take(browser: Browser, view: View, address: str, language: str) -> bytes:
    session = screenshots.context(
        browser, address, view.person, language, "light", view.width, scale=SCALE
    )
    with session as context:
        page = context.new_page()
        page.goto(address + view.address())
        if view.then:
            view.then(page)
            page.wait_for_load_state()
        picture = Image.open(io.BytesIO(page.locator(view.shown).first.screenshot()))
    picture = picture.crop((0, 0, picture.width, min(picture.height, view.tallest * SCALE)))
    written = io.BytesIO()
    picture.convert("RGB").save(written, "WEBP", quality=70, method=6)
    return written.getvalue()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.guide_pictures",
        description="Takes the pictures of the guides and README into docs/images/.",
        epilog="Example: make pictures ARGS='--only calls'",
    )
    screenshots.add_demo_arguments(parser, "pictures")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
