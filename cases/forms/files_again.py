"""The files of a form, shown again on a page about it, next to the fields of all other forms."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.forms.evidence import EvidenceField, EvidenceForm, Holding, hold_good_files
from cases.queries.held_uploads import held_for

FILES = "evidence"
HELD = f"{FILES}_held"


class FilesAgainForm(EvidenceForm):
    evidence = EvidenceField(label=_("Your files"))


def files_again(request: HttpRequest, *, by: User, now: datetime) -> FilesAgainForm | None:
    """Arrived files are shown as such; others say why they can't be sent. None without files.

    A file that the first submission took over no longer waits and isn't mentioned.
    """
    if not (by.is_customer or by.works_cases):
        return None
    if not (FILES in request.FILES or HELD in request.POST):
        return None
    waiting = {str(each.pk) for each in held_for(by, request.path)}
    sent = request.POST.copy()
    sent.setlist(HELD, [each for each in sent.getlist(HELD) if each in waiting])
    form = FilesAgainForm(sent, request.FILES, holding=Holding(by, request.path))
    form.full_clean()
    hold_good_files(form, now)
    return form
