"""Makes the name a file arrived with safe to show and to offer for download. Never a path."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_LENGTH = 120  # characters, including the ending

# No one types these on purpose: controls, bidi overrides and zero-width joiners (Cf), surrogates,
# private use, unassigned, line and paragraph separators.
HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Invisible, although Unicode calls them letters, marks or symbols.
HIDDEN_CHARACTERS = {
    *"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0",
    *map(chr, range(0x180B, 0x1810)),
    *map(chr, range(0xFE00, 0xFE10)),
}
# No Windows file name may contain these; a quote would also end a header's quoted string.
FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def clean_name(name: str, *, endings: tuple[str, ...], fallback: str) -> str:
    """One line of at most MAX_LENGTH characters ending in one of `endings` (".jpg"), never empty.

    The ending must fit the file's content: `note.html` holding a photo becomes `note.html.jpg`,
    because otherwise a download would open as a page. `fallback` is the stem if nothing is left.
    """
    tidy = _tidy(name)
    stem, ending = _split(tidy)
    if ending.lower() not in endings:
        stem, ending = tidy, endings[0]
        if f".{tidy.lower()}" in endings:  # the whole name was ".jpg"
            stem = ""
    return (_cut(stem, MAX_LENGTH - len(ending)) or fallback) + ending


def display_name(name: str) -> str:
    """The same for a refused file, so its ending may be anything: for messages."""
    stem, ending = _split(_tidy(name))
    return (_cut(stem, MAX_LENGTH - len(ending)) + ending) or "…"


def view_name(name: str, ending: str) -> str:
    """Of the viewing copy, which may be of another kind: IMG_1.heic is shown as IMG_1.jpg."""
    return _cut(_split(name)[0], MAX_LENGTH - len(ending)) + ending


def _tidy(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(" " if c in "\t\r\n" else c for c in unicodedata.normalize("NFC", last))
    visible = "".join(c for c in visible if not _hidden(c)).translate(FORBIDDEN)
    # Leading dots hide a file; Windows drops trailing dots and with them the real ending.
    return re.sub(r"\s+", " ", visible).strip(" .")


def _split(tidy: str) -> tuple[str, str]:
    ending = PurePosixPath(f"x{tidy}").suffix
    if not 1 < len(ending) <= 10:  # if it's longer, it's a sentence with a period in it
        return tidy, ""
    return tidy[: -len(ending)], ending


def _cut(stem: str, length: int) -> str:
    return stem[:length].rstrip(" .")


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in HIDDEN_CATEGORIES or character in HIDDEN_CHARACTERS
