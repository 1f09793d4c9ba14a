"""The guides: files in `docs/guides/<language>`, read once.

A guide has the same name in every language, so that switching stays on the page. README.md is the
list of them, in the order in which people should meet them.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import imagesize
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from guides import markdown

INDEX = "README"
GLOSSARY = "glossary.md"


@dataclass(frozen=True)
class Guide:
    slug: str
    html: SafeString
    sections: tuple[markdown.Section, ...]

    @property
    def title(self) -> str:
        return self.sections[0].title

    @property
    def address(self) -> str:
        return _address(f"{self.slug}.md")


@cache
def guides(language: str) -> dict[str, Guide]:
    """By their names; the list of them is one of them."""
    found = (settings.GUIDES_ROOT / "guides" / language).glob("*.md")
    return {path.stem: _guide(path) for path in sorted(found)}


def _guide(path: Path) -> Guide:
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    sections = tuple(markdown.sections(tokens))
    shown = markdown.html(tokens, link=_address, picture=_picture)
    return Guide(path.stem, shown, sections)


def _address(link: str) -> str:
    """Where a link to a file next to the guide leads; on a code host it must name the file."""
    path, mark, anchor = link.partition("#")
    name = posixpath.basename(path)
    if "://" in link or not name.endswith(".md"):
        return link
    if name == GLOSSARY:
        page = reverse("help_glossary")
    elif name == f"{INDEX}.md":
        page = reverse("help")
    else:
        page = reverse("help_guide", args=[name.removesuffix(".md")])
    return page + mark + anchor


def _picture(source: str) -> dict[str, str]:
    """`../../images/guides/en/call.webp` is stored among the static files, with its size known."""
    name = source.partition("images/guides/")[2]
    width, height = imagesize.get(settings.GUIDES_ROOT / "images" / "guides" / name)
    return {
        "src": static(f"guides/{name}"),
        "width": str(width),
        "height": str(height),
        "loading": "lazy",
        "decoding": "async",
    }
