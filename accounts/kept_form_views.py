from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import anyone_signed_in, page_of_form, signed_in, to_sign_in
from accounts.kept_forms import expired_form, forget_form, is_of_a_page, kept_form


@require_http_methods(["GET", "HEAD", "POST"])
@anyone_signed_in
def kept(request: HttpRequest) -> HttpResponse:
    """What someone had sent when their session had ended, for them to look at and send; a POST
    throws it away.
    """
    found = kept_form(request, signed_in(request))
    if found is None:
        return redirect("home")
    if request.method == "POST":
        forget_form(request)
        return redirect(found.page)
    return render(request, "account/kept_form.html", {"kept": found, "drafts": None})


#: Hidden fields by which a page ends its draft with its form.
DRAFTS = ("draft", "draft_seen", "begun_in")


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of this session, mostly from a page that was open while its reader
    signed in again: nothing is done, and what they typed is shown to be sent with a new token.
    """
    is_signed_in = request.user.is_authenticated
    if "HX-Request" in request.headers or (not is_signed_in and is_of_a_page(request)):
        return to_sign_in(request, ended="over")
    page = page_of_form(request)
    found = expired_form(request, signed_in(request), page) if is_signed_in else None
    if found is None:
        return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)
    drafts = [(name, request.POST[name]) for name in DRAFTS if request.POST.get(name)]
    context = {"kept": found, "drafts": drafts}
    return render(request, "account/kept_form.html", context, status=HTTPStatus.FORBIDDEN)
