"""The texts of mails: everyone who answers customers reads them, administrators change them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import administrators_only, case_workers_only, signed_in
from accounts.enums import LANGUAGE_CHOICES
from cases import actions
from cases.forms.texts import AboutForm, NewVersionForm, TestMailForm, TextForm
from cases.mails.preview import about, preview_said
from cases.views.correspondence.frame import frame
from cases.views.correspondence.versions import earlier_version
from common.form_errors import try_action
from common.sort_keys import sort_key
from mail.kinds import MailKind, MailParams, all_kinds, is_known, kind_of, text_of
from mail.models import EmailTemplate
from mail.outbound.render import render_text
from mail.texts import shown_text, shown_texts

TAB = "correspondence_texts"
PAGE = "correspondence_text"
NEWEST = 30


@require_safe
@case_workers_only
def texts(request: HttpRequest) -> HttpResponse:
    kinds = sorted(all_kinds(), key=lambda kind: sort_key(str(kind.label)))
    return render(
        request,
        "correspondence/texts.html",
        {
            "texts": shown_texts(kinds, now=timezone.now()),
            **frame(signed_in(request), tab=TAB),
        },
    )


@require_safe
@case_workers_only
def text(request: HttpRequest, mail: str) -> HttpResponse:
    """The text as it is, or was in version `?from=`, with the case or lease `?number=`."""
    kind, current = _current(mail)
    start = earlier_version(EmailTemplate.objects.filter(key=mail), request) or current
    form = AboutForm(request.GET, about=about(kind), user=signed_in(request))
    if not form.is_valid():
        return _page(request, current, start=start, refused=form, status=422)
    return _page(request, current, start=start, previews=_previews(kind, _saved(start), form))


@require_POST
@administrators_only
def preview(request: HttpRequest, mail: str) -> HttpResponse:
    """The text as typed. Nothing is saved."""
    kind, current = _current(mail)
    form = TextForm(request.POST, kind=kind, user=signed_in(request))
    if not form.is_valid():
        return _page(request, current, form=form, status=422)
    return _page(request, current, form=form, previews=_previews(kind, form.texts, form))


@require_POST
@administrators_only
def versions(request: HttpRequest, mail: str) -> HttpResponse:
    """A new version. One made from an old one answers 409 and keeps what was typed."""
    (kind, current), user = _current(mail), signed_in(request)
    form = NewVersionForm(request.POST, kind=kind, user=user, saved=_saved(current))
    if form.is_valid() and form.texts == _saved(current):
        messages.info(request, _("Nothing changed."))
        return redirect(PAGE, mail)
    if try_action(
        form,
        lambda: actions.revise_template(
            kind=kind,
            texts=form.texts,
            by=user,
            now=timezone.now(),
            based_on=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, _("Saved. From now on, emails go out with this text."))
        return redirect(PAGE, mail)
    if not form.has_error(NON_FIELD_ERRORS, "template_stale"):
        return _page(request, current, form=form, status=422)
    _kind, current = _current(mail)
    typed = request.POST.copy()
    typed["version"] = str(current.version)  # if saved again, it comes after theirs
    again = NewVersionForm(typed, kind=kind, user=user, saved=_saved(current))
    for problem in form.errors.as_data()[NON_FIELD_ERRORS]:
        again.add_error(None, problem)
    return _page(request, current, form=again, is_stale=True, status=409)


@require_safe
@case_workers_only
def earlier(request: HttpRequest, mail: str, version: int) -> HttpResponse:
    """A text as sent mails have it."""
    found: EmailTemplate = get_object_or_404(
        EmailTemplate.objects.select_related("by"), key=mail, version=version
    )
    return render(
        request,
        "correspondence/text_version.html",
        {
            "text": found,
            "newest": _current(mail)[1].version,
            "sides": _sides(_saved(found)),
            **frame(signed_in(request), tab=TAB),
        },
    )


@require_POST
@administrators_only
def tests(request: HttpRequest, mail: str) -> HttpResponse:
    """A real mail to yourself, with the saved text. What was typed and not saved stays typed."""
    (kind, current), user = _current(mail), signed_in(request)
    test = TestMailForm(request.POST, about=about(kind), user=user)
    typed = None
    if any(name in request.POST for name in actions.TEMPLATE_FIELDS):
        typed = NewVersionForm(request.POST, kind=kind, user=user, saved=_saved(current))
    if not test.is_valid():
        return _page(request, current, form=typed, refused=test, status=422)
    language = test.cleaned_data["language"]
    actions.send_test_mail(
        kind=kind, language=language, found=test.found, by=user, now=timezone.now()
    )
    messages.success(
        request,
        _("A test of the saved text is on its way to %(address)s.") % {"address": user.email},
    )
    if typed is None or (typed.is_valid() and typed.texts == _saved(current)):
        return redirect(PAGE, mail)
    return _page(request, current, form=typed, previews=_previews(kind, _saved(current), test))


def _current(mail: str) -> tuple[MailKind[MailParams], EmailTemplate]:
    """404 for a mail that doesn't exist."""
    if not is_known(mail):
        raise Http404
    kind = kind_of(mail)
    return kind, shown_text(kind, now=timezone.now())


def _saved(text: EmailTemplate) -> dict[str, str]:
    return {name: getattr(text, name) for name in actions.TEMPLATE_FIELDS}


def _sides(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Both languages, side by side."""
    return [
        {
            "language": language,
            "name": name,
            "subject": texts[f"subject_{language}"],
            "body": texts[f"body_{language}"],
        }
        for language, name in LANGUAGE_CHOICES
    ]


def _previews(
    kind: MailKind[MailParams], texts: Mapping[str, str], form: AboutForm
) -> list[dict[str, Any]]:
    if not form.can_show:
        return []
    now = timezone.now()
    sides = _sides(texts)
    for side in sides:
        language = side["language"]
        said = preview_said(kind, form.found, language=language, now=now)
        text = text_of(kind.key, language, side["subject"], side["body"])
        try:
            side["mail"] = render_text(text, said, language, kept=kind.kept)
        except KeyError:  # a text from before the mail lost that placeholder: saving it names it
            return []
    return sides


def _page(
    request: HttpRequest,
    current: EmailTemplate,
    *,
    start: EmailTemplate | None = None,
    form: TextForm | None = None,
    refused: Form | None = None,
    previews: Sequence[dict[str, Any]] = (),
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    """`form` holds what was typed; otherwise it starts with `start`. `refused` has errors
    to show.
    """
    user, kind = signed_in(request), kind_of(current.key)
    number = {"number": request.GET.get("number", "")[:40]}
    if form is None and user.is_superuser:
        initial = {**_saved(start or current), **number, "version": current.version}
        form = TextForm(initial=initial, kind=kind, user=user)
    history = EmailTemplate.objects.filter(key=kind.key).select_related("by").order_by("-version")
    return render(
        request,
        "correspondence/text.html",
        {
            "text": current,
            "start": start,
            # Where the language switch leads from a refused form that has its own address.
            "page_address": reverse(PAGE, args=[kind.key]),
            "placeholders": [
                {
                    "name": name,
                    "meaning": meaning,
                    "needed": name in {*kind.in_subject, *kind.in_body},
                }
                for name, meaning in kind.placeholders.items()
            ],
            "about": AboutForm(initial=number, about=about(kind), user=user),
            "form": form,
            "refused": refused or form,
            "previews": previews,
            "is_stale": is_stale,
            "history": history[:NEWEST],
            **frame(user, tab=TAB),
        },
        status=status,
    )
