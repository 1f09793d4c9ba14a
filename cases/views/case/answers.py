from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.answers import AnswersForm
from cases.queries.answers import answers_of
from cases.views.case.answer_panel import asked_of
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_POST
@case_workers_only
def answers(request: HttpRequest, number: str) -> HttpResponse:
    """Answers to the questions of a case's kind, or corrects them."""
    user = signed_in(request)
    found = found_case(user, number)
    given = answers_of(found)
    form = AnswersForm(request.POST, asked=asked_of(found, given), given=given)
    saved: list[object] = []
    if not try_action(
        form,
        lambda: saved.extend(
            actions.answer_questions(
                case=found, answers=form.answers, seen=_seen(request), by=user, now=timezone.now()
            )
        ),
    ):
        refused = RefusedCaseForm(answering_questions=form)
        return case_page(request, found, refused=refused, status=422)
    if saved:
        messages.success(request, _("Answers saved."))
    else:
        messages.info(request, _("Nothing changed."))
    return redirect("case", number=number)


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else 0
