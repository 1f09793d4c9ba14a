from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.drafts import LONGEST_FORM, LONGEST_TOKEN, end_draft, read_seen

Handler = Callable[[HttpRequest], HttpResponse]


def drafts_end(get_response: Handler) -> Handler:
    """A form that names its draft and is answered with a redirect was saved, so delete the draft.

    Done here so that no view can forget it. A page in answer to a form is a refusal, a preview or a
    part of one (htmx); but a window that the administration opened beside a field closes itself.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and (300 <= response.status_code < 400 or _closes(response)):
            _end(request)
        return response

    return middleware


def _closes(response: HttpResponse) -> bool:
    return "admin/popup_response.html" in (getattr(response, "template_name", None) or ())


def _end(request: HttpRequest) -> None:
    """`draft` belongs to this form, `begun_in` to the one its words came from."""
    ended = [_named(request.POST.get(name, "")) for name in ("draft", "begun_in")]
    forms = {form: token for token, form in ended if form}
    if ended[0][1].partition("#")[0] != request.path or not request.user.is_authenticated:
        return
    seen, now = read_seen(request.POST.get("draft_seen", "")), timezone.now()
    for form, token in forms.items():
        end_draft(form=form, token=token, by=request.user, now=now, seen=seen)


def _named(value: str) -> tuple[str, str]:
    """Token and form; empty if malformed."""
    token, _space, form = value.partition(" ")
    is_well = form and len(form) <= LONGEST_FORM and 0 < len(token) <= LONGEST_TOKEN
    return (token, form) if is_well and "\x00" not in value else ("", "")
