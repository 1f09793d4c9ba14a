"""Customers choose how and when they're contacted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import customers_only, signed_in
from cases import actions
from common.form_errors import try_action
from leases.enums import WishSource
from leases.forms.wishes import OwnWishesForm
from leases.models import Customer


@require_http_methods(["GET", "HEAD", "POST"])
@customers_only
def wishes(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    customer = get_object_or_404(Customer.objects.visible_to(user))
    form, status = OwnWishesForm(customer=customer), 200
    if request.method == "POST":
        form, status = OwnWishesForm(request.POST, customer=customer), 422
        if try_action(
            form,
            lambda: actions.change_wishes(
                customer=customer,
                wishes=form.wishes,
                seen=form.cleaned_data["seen"],
                source=WishSource.PORTAL,
                by=user,
                now=timezone.now(),
            ),
        ):
            messages.success(request, _("Saved. That’s how we’ll contact you from now on."))
            return redirect("portal_home")
    return render(
        request, "portal/wishes.html", {"form": form, "customer": customer}, status=status
    )
