from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in, supervisors_only
from cases import actions
from cases.forms.identity import LiftBlockForm
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action
from leases.models import IdentityBlock


@require_POST
@supervisors_only
def lifting(request: HttpRequest, number: str, block_id: int) -> HttpResponse:
    """New applications are allowed again, from the case in which they were blocked."""
    user = signed_in(request)
    found = found_case(user, number)
    block = get_object_or_404(IdentityBlock, said_in=found.number, pk=block_id)
    form = LiftBlockForm(request.POST, block=block)
    lifted: list[bool] = []
    if not try_action(
        form,
        lambda: lifted.append(
            actions.lift_block(
                case=found, block=block, **form.cleaned_data, by=user, now=timezone.now()
            )
        ),
    ):
        return case_page(request, found, refused=RefusedCaseForm(unblocking=form), status=422)
    if any(lifted):
        messages.success(request, _("New applications are allowed again."))
    else:
        messages.info(request, _("Someone else already allowed new applications again."))
    return redirect("case", number=number)


@require_POST
@case_workers_only
def own_address(request: HttpRequest, number: str) -> HttpResponse:
    """The customer says that the lease's address is theirs, not that of whoever used their
    identity.
    """
    user = signed_in(request)
    found = found_case(user, number)
    try:
        actions.confirm_address(
            case=found, email=request.POST.get("email", ""), by=user, now=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Emails about this case go to this address now."))
    return redirect("case", number=number)
