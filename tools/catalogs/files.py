"""The .po files people edit and the .mo files Django reads."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import generate_po, read_po

from accounts.enums import OFFERED_LANGUAGES, Language
from tools.catalogs.texts import Text

# Two forms, although Django's own Spanish has three (the third is for whole millions). Django asks
# each catalog by that catalog's own rule (TranslationCatalog.plural), so ours stays simple.
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"

# English texts are their own msgids. The English catalog holds an entry only where the text shown
# differs from the msgid, which is nowhere so far. The Spanish one must hold every text.
NAMES = {each.value: each.name.title() for each in OFFERED_LANGUAGES}
COMPLETE = frozenset({"es"})

_NOTES: dict[str, str] = {
    Language.SPANISH: (
        "`python -m tools.catalogs update` keeps the list; people write the msgstr lines."
    ),
    Language.ENGLISH: "An entry stands here only where the English shown differs from its msgid.",
}
_HEADER = """\
# {name} texts of Puente.
# {note}
msgid ""
msgstr ""
"Project-Id-Version: Puente\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
# Babel writes the time into every .mo file; a fixed time keeps equal catalogs equal.
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def po_path(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def parse(content: str, language: str) -> Catalog:
    """Raises babel's PoFileError if the file is malformed."""
    catalog = read_po(content.splitlines(), locale=language, abort_invalid=True)
    catalog.creation_date = catalog.revision_date = _NO_TIME
    return catalog


def entries(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def fresh(texts: Iterable[Text], language: str) -> Catalog:
    """The texts alone. A text used both by itself and as a singular is one entry with its plural,
    because gettext's key is the singular.
    """
    catalog = Catalog(locale=language)
    for text in texts:
        place = (text.file, text.line)
        catalog.add(text.id, None, [place], auto_comments=text.comments, context=text.context)
    return catalog


def merge(texts: Iterable[Text], old: Catalog, language: str) -> Catalog:
    """Today's texts with the translations there already are.

    A changed msgid (or plural msgid) starts empty: a guess would put the old sentence under the new
    words, and no one would look again.
    """
    result = Catalog(locale=language)
    for message in sorted(entries(fresh(texts, language)), key=_order):
        known = old.get(message.id, message.context)
        if known is not None and known.id == message.id:
            message.string = known.string
            message.user_comments = known.user_comments
            message.flags |= known.flags & {"fuzzy"}
        if language in COMPLETE or has_words(message):
            result[message.id] = message
    return result


def _order(message: Message) -> tuple[str, str]:
    return (singular(message), message.context or "")


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    return [message.string or ""] if isinstance(message.string, str) else list(message.string or ())


def has_words(message: Message) -> bool:
    return any(forms(message))


def lacks_words(message: Message) -> bool:
    return not forms(message) or not all(forms(message))


def render(catalog: Catalog, language: str) -> str:
    """File names without line numbers, so that moving code doesn't change the catalog."""
    header = _HEADER.format(
        name=NAMES[language], note=_NOTES[language], language=language, plural_forms=PLURAL_FORMS
    )
    body = generate_po(
        catalog, ignore_obsolete=True, include_lineno=False, omit_header=True, width=0
    )
    return (header + "".join(body)).rstrip("\n") + "\n"


def compiled(catalog: Catalog) -> bytes:
    """What Django loads; fuzzy and empty entries are left out."""
    data = BytesIO()
    write_mo(data, catalog)
    return data.getvalue()


def write_if_changed(path: Path, data: bytes) -> bool:
    """Replaces the file in one step, so a web server that starts now reads either the old or the
    new one.
    """
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as new:
        new.write(data)
    Path(new.name).chmod(0o644)
    os.replace(new.name, path)
    return True
