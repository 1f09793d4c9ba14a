"""What belongs to a case on hold can't be deleted, not even past the application."""

from __future__ import annotations

import pgtrigger


def kept_on_hold(name: str) -> pgtrigger.Trigger:
    """For a table with a `case_id`. Entries, proof and begun calls are never deleted anyway."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Delete,
        when=pgtrigger.Before,
        func="""
            IF EXISTS (SELECT FROM cases_caseflag
                       WHERE case_id = OLD.case_id AND lifted_at IS NULL) THEN
                RAISE EXCEPTION 'The case is on hold: nothing of it is deleted.';
            END IF;
            RETURN OLD;
        """,
    )
