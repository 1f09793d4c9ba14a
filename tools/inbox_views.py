"""Pages that show the demo's mails. Mounted only if `INBOX_ROOT` is set, never in production."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.enums import InboundSource, InboundState
from common.form_fields import WordsField
from tools import inbox, inbox_reply

NEWEST = 100
# The mail brings its own style and may do nothing else: no scripts, no remote images.
_ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class ReplyForm(forms.Form):
    text = WordsField(
        label=gettext_lazy("Reply to this email as the customer would"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    found = inbox.list_messages(_folder(), limit=NEWEST)
    return render(request, "inbox/list.html", {"mails": found, "newest": NEWEST})


@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    context = {"mail": _find(name), "form": ReplyForm()}
    return render(request, "inbox/message.html", context)


@require_POST
def reply(request: HttpRequest, name: str) -> HttpResponse:
    """Replies as the recipient would: a complete MIME mail that takes the usual way in."""
    mail = _find(name)
    if not mail.reply_to:
        raise Http404
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return render(request, "inbox/message.html", {"mail": mail, "form": form}, status=422)
    raw = inbox_reply.written(mail, form.cleaned_data["text"])
    came = actions.receive_mail(
        actions.Arrived(raw=raw, source=InboundSource.MAILBOX, now=timezone.now())
    )
    if came.state == InboundState.ENTERED and came.case:
        told = _("Your reply is now in case %(number)s.") % {"number": came.case.spoken_number}
    else:
        told = _("Your reply is waiting for someone to review it: %(why)s") % {
            "why": came.get_reason_display()
        }
    notices.success(request, told)
    return redirect("inbox_message", name)


@require_safe
def html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part as a mail program shows it."""
    content = _find(name).html
    if not content:
        raise Http404
    return HttpResponse(content, headers={"Content-Security-Policy": _ALONE})


def _folder() -> Path:
    if settings.INBOX_ROOT is None:
        raise Http404
    return Path(settings.INBOX_ROOT)


def _find(name: str) -> inbox.Message:
    found = inbox.read_message(_folder(), name)
    if found is None:
        raise Http404
    return found
