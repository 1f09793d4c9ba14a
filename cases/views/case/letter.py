from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.views.case.page import case_page, found_case, named


@require_POST
@case_workers_only
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """Sends the paid-off letter and resolves the case."""
    user = signed_in(request)
    found = found_case(user, number)
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        return HttpResponseBadRequest()
    try:
        actions.send_letter(case=found, version=int(version), by=user, now=timezone.now())
    except ValidationError as error:
        status = 409 if isinstance(error, actions.StaleCase) else 422
        return case_page(request, found_case(user, number), problem=error, status=status)
    # The letter is the customer's own, also if an attorney speaks for them.
    if found.person.email:
        words = _("The case is resolved. %(name)s will get the letter by email.")
    else:
        words = _("Saved. We have no email for %(name)s: call and tell them.")
    messages.success(request, words % named(found))
    return redirect("case", number=number)
