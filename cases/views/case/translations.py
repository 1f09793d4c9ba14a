from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import case_workers_only, signed_in
from cases import actions
from cases.forms import TranslationForm
from cases.models import EntryTranslation
from cases.views.case.language import back_to, found_entry
from cases.views.case.page import case_page, found_case
from cases.views.case.refused import RefusedCaseForm
from common.form_errors import try_action


@require_POST
@case_workers_only
def translations(request: HttpRequest, number: str, entry_id: int) -> HttpResponse:
    """Asks the translation service for an entry in the other language."""
    user = signed_in(request)
    found = found_case(user, number)
    entry = found_entry(request, found, entry_id)
    try:
        actions.request_translation(
            entry=entry, to=request.POST.get("to", ""), by=user, now=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return case_page(request, found, status=422)
    return back_to(request, entry)


@require_POST
@case_workers_only
def review(request: HttpRequest, number: str, translation_id: int) -> HttpResponse:
    user = signed_in(request)
    found = found_case(user, number)
    translation = get_object_or_404(
        EntryTranslation.objects.select_related("entry__case"),
        entry__case=found,
        pk=translation_id,
    )
    form = TranslationForm(request.POST, prefix=f"translation-{translation.pk}")
    if try_action(
        form,
        lambda: actions.review_translation(
            translation=translation, **form.cleaned_data, by=user, now=timezone.now()
        ),
    ):
        return back_to(request, translation.entry)
    return case_page(request, found, status=422, refused=RefusedCaseForm(review=form))
