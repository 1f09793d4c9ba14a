"""The kinds of case every installation begins with, as its migrations make them."""

from __future__ import annotations

from cases.migrations import _kinds, _more_kinds, _situations

KINDS = [key for key, *_ in (*_kinds.KINDS, *_more_kinds.KINDS)]
SLOTS = [key for key, *_ in (*_kinds.SLOTS, *_more_kinds.SLOTS)] + ["representation"]
OUTCOMES = [key for key, *_ in (*_kinds.OUTCOMES, *_more_kinds.OUTCOMES)]
#: What scripts are for.
SITUATIONS = [key for key, *_ in _situations.SITUATIONS] + ["store", "calling_back"]
#: The script of each kind.
SCRIPTS = {key: script for key, _en, _es, script, *_ in (*_kinds.KINDS, *_more_kinds.KINDS)} | {
    key: script for key, (_before, script) in _more_kinds.SCRIPTS.items()
}


#: What a later migration calls them.
RENAMED = {"Razones de una solicitud negada": "Razones de una solicitud denegada"}


def names(language: str) -> list[str]:
    """What pages call them."""
    rows = (*_kinds.KINDS, *_kinds.SLOTS, *_more_kinds.KINDS, *_more_kinds.SLOTS)
    named = [(en if language == "en" else es) for _key, en, es, *_rest in rows]
    return [RENAMED.get(each, each) for each in named]
