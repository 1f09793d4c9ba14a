"""An action on a list is shown first and done by a second POST."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin, helpers
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

MOST_AT_ONCE = 100


def ask_first(
    admin: ModelAdmin[Any], request: HttpRequest, rows: QuerySet[Any], *, title: str, text: str
) -> HttpResponse | None:
    """The page that asks; None once it was confirmed. For at most this many rows."""
    chosen = list(rows[: MOST_AT_ONCE + 1])
    if len(chosen) > MOST_AT_ONCE:
        words = _("You can choose up to %(most)d rows at a time. Choose fewer.") % {
            "most": MOST_AT_ONCE
        }
        messages.error(request, words)
        return HttpResponseRedirect(request.get_full_path())
    if request.POST.get("confirmed") == "yes":
        return None
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": title,
        "text": text,
        "rows": chosen,
        "action": request.POST["action"],
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/leases/confirm.html", context)


def show_once(
    admin: ModelAdmin[Any], request: HttpRequest, *, title: str, row: object, secret: str
) -> HttpResponse:
    """Straight into the response: stored neither in the session nor in a message."""
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": title,
        "row": row,
        "secret": secret,
    }
    return TemplateResponse(request, "admin/leases/shown_once.html", context)
