from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.text_checks import check_fields
from cases.models import Script, ScriptSituation
from cases.scripts import placeholders
from cases.scripts.current import current_script, ensure_row

SCRIPT_FIELDS = ("body_en", "body_es")


@transaction.atomic
def revise_script(
    *,
    situation: str,
    medium: str,
    texts: Mapping[str, str],
    by: User,
    now: datetime,
    based_on: int,
) -> Script:
    """A script's next version, made from version `based_on`; 0 is none yet.

    `texts` has both of SCRIPT_FIELDS. ValidationError by field: `required`, `placeholder_unknown`,
    `placeholder_missing`, `placeholder_braces`, what the model checks; without a field:
    `script_stale`.
    """
    check_script(texts)
    # Changes of one script wait for each other.
    ScriptSituation.objects.select_for_update(no_key=True).get(key=situation)
    ensure_row(situation, medium, now=now)
    if based_on != current_script(situation, medium).version:
        raise ValidationError(
            _(
                "Someone else changed this script while you were editing. Review their version "
                "first."
            ),
            code="script_stale",
        )
    revised = Script(
        situation_id=situation, medium=medium, version=based_on + 1, by=by, at=now, **texts
    )
    revised.full_clean(exclude=["body"])  # it repeats one of the languages
    revised.save()
    return revised


def check_script(texts: Mapping[str, str]) -> None:
    """ValidationError by field, see `revise_script`."""
    check_fields(SCRIPT_FIELDS, texts, lambda field, text: placeholders.check(text))
