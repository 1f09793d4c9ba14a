from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.queries import mails as queries
from cases.views.correspondence.frame import frame
from mail.errors import answer_in
from mail.models import SuppressedAddress
from mail.models.suppressed_address import FRESH

TAB = "correspondence_addresses"


@require_safe
@case_workers_only
def addresses(request: HttpRequest) -> HttpResponse:
    """Whom to call, because they can't receive email."""
    user = signed_in(request)
    page, troubles = queries.addresses(
        user=user, now=timezone.now(), after=request.GET.get("after", "")
    )
    lines = [{"trouble": each, "answer": answer_in(each.row.error)} for each in troubles]
    context = {"page": page, "lines": lines, "days": FRESH.days, **frame(user, tab=TAB)}
    return render(request, "correspondence/addresses.html", context)


@require_POST
@case_workers_only
def lift(request: HttpRequest, address: int) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(SuppressedAddress.objects.visible_to(user), pk=address)
    try:
        lifted = actions.lift_address(address=found, by=user, now=timezone.now())
    except ValidationError as error:
        messages.info(request, error.messages[0])
        return redirect(TAB)
    if lifted.sent:
        done = ngettext(
            "%(count)d email is going out now.", "%(count)d emails are going out now.", lifted.sent
        )
        messages.success(request, done % {"count": lifted.sent})
    else:
        messages.success(request, _("Email will be sent to this address again."))
    if lifted.dropped:
        left = ngettext(
            "%(count)d email was too old and won’t be sent.",
            "%(count)d emails were too old and won’t be sent.",
            lifted.dropped,
        )
        messages.info(request, left % {"count": lifted.dropped})
    return redirect(TAB)
