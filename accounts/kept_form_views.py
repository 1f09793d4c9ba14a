from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import anyone_signed_in, signed_in
from accounts.kept_forms import forget_form, kept_form


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
    return render(request, "account/kept_form.html", {"kept": found})
