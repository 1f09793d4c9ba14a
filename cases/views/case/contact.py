from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms.correct_contact import CorrectContactForm
from cases.models import Case
from cases.queries.verifications import is_verified_now
from cases.views.case.page import found_case
from common.form_errors import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Corrects the details of whoever a case is about. 409 if something changed meanwhile."""
    user, now = signed_in(request), timezone.now()
    found = found_case(user, number)
    if request.method != "POST":
        return _page(request, found, CorrectContactForm.of_case(found))
    form, status = CorrectContactForm(request.POST), 422
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            is_new = actions.correct_contact(
                case=found,
                version=version,
                shown=form.shown(),
                told=form.details(),
                by=user,
                now=now,
            )
        except (actions.StaleCase, actions.StaleDetails) as error:
            stands = found_case(user, number)
            form, status = form.on_top_of(stands.person, version=stands.version), 409
            add_refusal(form, error)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            words = _("Saved. What it was stays in the history.") if is_new else _("No changes.")
            messages.success(request, words)
            return redirect("case", number=number)
    return _page(request, found_case(user, number), form, status=status)


def _page(
    request: HttpRequest, found: Case, form: CorrectContactForm, *, status: int = 200
) -> HttpResponse:
    user = signed_in(request)
    context = {
        "case": found,
        "form": form,
        "is_verified": is_verified_now(found, user=user, now=timezone.now()),
    }
    return render(request, "cases/contact.html", context, status=status)
