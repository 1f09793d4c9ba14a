"""The kinds of case every installation begins with, as its migrations make them."""

from __future__ import annotations

from cases.migrations import _kinds

KINDS = [key for key, *_ in _kinds.KINDS]
SLOTS = [key for key, *_ in _kinds.SLOTS]
OUTCOMES = [key for key, *_ in _kinds.OUTCOMES]
#: The script of each kind.
SCRIPTS = {key: script for key, _en, _es, script, *_ in _kinds.KINDS}
