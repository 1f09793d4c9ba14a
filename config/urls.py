from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, include, path

from config.whole_bodies import CutBody
from leases.api import api as merchant_api

# The administration's own sign-in has neither the second factor nor the limits on guessing.
admin.site.site_header = admin.site.site_title = settings.COMPANY_NAME
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


def health(request: HttpRequest) -> HttpResponse:
    """Answers as soon as the process does, and names it, so that no other passes for it."""
    answer = HttpResponse("ok", content_type="text/plain")
    if settings.INSTANCE:
        answer["X-Puente-Instance"] = settings.INSTANCE
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for more than a form accepts, with what to do next."""
    if isinstance(exception, CutBody):
        return render(request, "cut.html", status=400)
    too_large = isinstance(exception, RequestDataTooBig)
    page = render_to_string("400.html", {"too_large": too_large})
    return HttpResponse(page, status=413 if too_large else 400)


handler400 = bad_request
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("leases/", include("config.lease_urls")),
    path("", include("cases.urls")),
    path("help/", include("guides.urls")),
    path("telephone/", include("telephone.urls")),
    path("portal/", include("cases.portal.urls")),
    path("", include("cases.portal.short")),
    path("admin/", admin.site.urls),
    path("api/v1/", merchant_api.urls()),
    path("health/", health, name="health"),
]
if settings.INBOX_ROOT:  # the demo shows the mails that arrived
    urlpatterns.append(path("inbox/", include("tools.inbox_urls")))
