"""What a case's page says of its flags."""

from __future__ import annotations

from typing import Any, NamedTuple

from accounts.models import User
from cases.forms.flags import FLAG_FORMS, FlagForm, LiftForm
from cases.models import Case, CaseFlag
from cases.queries.flags import Flags
from cases.views.case.refused import RefusedCaseForm


class FlagRow(NamedTuple):
    """A flag; the form that removes it for supervisors, in the case it was added to."""

    flag: CaseFlag
    is_elsewhere: bool
    lifting: LiftForm | None


def flag_panel(
    found: Case, flags: Flags, *, user: User, refused: RefusedCaseForm
) -> dict[str, Any]:
    return {
        "flag_rows": [_row(each, found, user, refused.lifting) for each in flags.rows],
        "flag_forms": _forms(found, flags, refused.flagging),
    }


def _row(flag: CaseFlag, found: Case, user: User, refused: LiftForm | None) -> FlagRow:
    is_elsewhere = flag.case_id != found.pk
    form = LiftForm(flag=flag) if user.supervises and not is_elsewhere else None
    if refused and refused.flag == flag:
        form = refused
    return FlagRow(flag, is_elsewhere, form)


def _forms(found: Case, flags: Flags, refused: FlagForm | None) -> list[FlagForm]:
    """For what isn't said yet; several statutes can be named."""
    own = {each.kind for each in flags.rows if each.case_id == found.pk}
    forms = [
        of_kind() for kind, of_kind in FLAG_FORMS.items() if kind == "statute" or kind not in own
    ]
    if refused is None:
        return forms
    return [each for each in forms if each.kind != refused.kind] + [refused]
