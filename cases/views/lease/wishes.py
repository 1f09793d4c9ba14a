"""How a customer wants to be contacted: what was said, by whom and where; and what is said now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import case_workers_only, signed_in
from accounts.models import User
from cases import actions
from cases.models import CallDraft, Case
from common.form_errors import try_action
from leases.enums import WishSource
from leases.forms.wishes import WishesForm
from leases.models import Customer
from leases.views.frame import lease_frame

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@case_workers_only
def wishes(request: HttpRequest, account_number: str) -> HttpResponse:
    """`in`: the number of the case or the call it was said in, where saving leads back to."""
    user, now = signed_in(request), timezone.now()
    lease, context = lease_frame(request, account_number, "lease_wishes", now=now)
    customer, status = lease.customer, 200
    number = request.POST.get("in", request.GET.get("in", ""))
    case, call = _said_in(number, user, customer)
    form = WishesForm(customer=customer)
    if request.method == "POST":
        form, status = WishesForm(request.POST, customer=customer), 422
        if try_action(
            form,
            lambda: actions.change_wishes(
                customer=customer,
                wishes=form.wishes,
                seen=form.cleaned_data["seen"],
                source=WishSource.CALL if call else WishSource.STAFF,
                asked_by=form.cleaned_data["asked_by"],
                case=case,
                call=call,
                by=user,
                now=now,
            ),
        ):
            messages.success(request, _("Contact preferences saved."))
            return redirect(_back(case, call) or reverse("lease_wishes", args=[account_number]))
    context |= {
        "form": form,
        "number": number,
        "back": _back(case, call),
        "history": customer.contact_wishes.select_related("by")[:SHOWN],
    }
    return render(request, "leases/wishes.html", context, status=status)


def _said_in(number: str, user: User, customer: Customer) -> tuple[Case | None, str]:
    """A case of this customer, or a call that isn't one yet."""
    if not number.isdecimal():
        return None, ""
    case = Case.objects.visible_to(user).filter(number=number, lease__customer=customer).first()
    if case is not None:
        return case, ""
    is_call = CallDraft.objects.filter(number=number, case=None).exists()
    return None, number if is_call else ""


def _back(case: Case | None, call: str) -> str:
    if case is not None:
        return reverse("case", args=[case.number])
    return reverse("call", args=[call]) if call else ""
