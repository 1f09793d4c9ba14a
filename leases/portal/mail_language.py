from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import customers_only, signed_in
from accounts.forms import LanguageForm
from leases.actions import set_language
from leases.enums import LanguageSource
from leases.models import Customer


@require_POST
@customers_only
def mail_language(request: HttpRequest) -> HttpResponse:
    """The customer chooses the language of our mails; the pages have their own switch."""
    user = signed_in(request)
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    customer = Customer.objects.visible_to(user).get()
    set_language(
        customer=customer, language=form.cleaned_data["language"], source=LanguageSource.PORTAL
    )
    messages.success(request, _("Done. From now on, we’ll write to you in the language you chose."))
    return redirect("portal_home")
