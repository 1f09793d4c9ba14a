"""Middleware: a form sent twice gets the answer of the first time and changes nothing.

It covers everyone who is signed in, but not the sign-in pages: they store neither text nor money,
allauth refuses a code that was used before, and a stored answer must never replace checking one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import sent_forms
from accounts.models import SentForm
from cases.forms.files_again import FILES, HELD, files_again
from common.formats import moment
from config.middleware import page_above

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)

SIGN_IN = "account/"


class FormsOnce:
    """A refused form (422) frees its key; a form that redirected was accepted."""

    DONE: ClassVar = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        form = getattr(request, "sent_form", None)
        if form is not None:
            self._settle(request, form, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not _is_counted(request, view) or (key := sent_forms.key_of(request)) is None:
            return None
        fingerprint = sent_forms.form_fingerprint(request)
        while True:
            now = timezone.now()
            form, is_first = sent_forms.claim_form(
                user=request.user,  # type: ignore[arg-type]
                path=request.path,
                key=key,
                fingerprint=fingerprint,
                now=now,
            )
            if is_first:
                request.sent_form = form  # type: ignore[attr-defined]
                return None
            if answered := sent_forms.answered_form(form, now=now):
                return _again(request, answered, fingerprint)
            # The first one was just refused, so this one is handled on its own.

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        request.form_error = error  # type: ignore[attr-defined]

    def _settle(self, request: HttpRequest, form: SentForm, response: HttpResponse) -> None:
        error = getattr(request, "form_error", None)
        if isinstance(error, OperationalError | InterfaceError) and not _is_undone(error):
            return  # perhaps at COMMIT: the outcome is unknown
        try:
            if response.status_code in self.DONE:
                sent_forms.answer_form(form=form, location=response["Location"])
            else:
                sent_forms.release_form(form=form)
        except Error as failure:
            log.warning("sent_form_not_settled error=%s", type(failure).__name__)


def _is_undone(error: Exception) -> bool:
    """The database rolled it back: a lock, a deadlock or a time limit."""
    return str(getattr(error.__cause__, "sqlstate", "")).startswith(("40", "55", "57014"))


def _is_counted(request: HttpRequest, view: Any) -> bool:
    if request.method != "POST" or not request.user.is_authenticated:
        return False
    if getattr(view, "csrf_exempt", False) or getattr(view, "is_repeatable", False):
        return False
    return not (request.resolver_match and request.resolver_match.route.startswith(SIGN_IN))


def _again(request: HttpRequest, form: SentForm, fingerprint: str) -> HttpResponse:
    sent_at = moment(form.sent_at)
    if form.location and form.fingerprint == fingerprint:
        notice = _("You already sent this form on %(day)s, so we didn’t save it again.")
        messages.info(request, notice % {"day": sent_at})
        return redirect(form.location)
    untyped = sent_forms.UNTYPED | {HELD}
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in untyped
        for value in values
    ]
    context = {
        "sent_at": sent_at,
        "location": form.location,
        "page": form.location or page_above(request.path),
        "at_work": not form.location and timezone.now() - form.sent_at < sent_forms.AT_WORK,
        "typed": typed,
        "words": [value for _, value in typed if len(value.split()) > 1],
        "form": files_again(request, by=request.user, now=timezone.now()),  # type: ignore[arg-type]
        "files": [
            {
                "names": [each.name for each in request.FILES.getlist(name)],
                "widget": {"name": name, "attrs": {"id": f"files-{name}", "multiple": True}},
            }
            for name in request.FILES
            if name != FILES
        ],
    }
    return render(request, "sent_again.html", context, status=HTTPStatus.CONFLICT)
