"""Imports small files of a company's first day from the browser; large ones use the command."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.form_fields import FileInput
from leases.imports.columns import FILES
from leases.imports.problems import LineProblem
from leases.imports.run import import_file, template

ACCEPTED = ".csv,.xlsx,text/csv"


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV or Excel file (.xlsx)"),
        widget=FileInput(attrs={"accept": ACCEPTED}),
    )
    dry_run = forms.BooleanField(
        label=gettext_lazy("Check only, without saving"), required=False, initial=True
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.IMPORT_PAGE_MAX_BYTES:
            raise ValidationError(
                _(
                    "This page accepts files of up to %(most)s MB. For a larger file, use this "
                    "command: manage.py import_leases FILE.csv"
                ),
                code="too_large",
                params={"most": settings.IMPORT_PAGE_MAX_BYTES // 1024**2},
            )
        return file


def import_page(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """422 with every problem if the file isn't imported."""
    if not request.user.is_superuser:
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = import_file(
                file.file,
                name=PurePath(file.name).name,
                now=timezone.now(),
                dry_run=form.cleaned_data["dry_run"],
            )
        except LineProblem as problem:
            form.add_error("file", ValidationError(str(problem), code=problem.code))
    refused = request.method == "POST" and (report is None or report.wrong > 0)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Import leases, customers and payments"),
        "form": form,
        "report": report,
        "what": FILES[report.file].label if report else "",
        "files": FILES.values(),
    }
    return TemplateResponse(
        request, "admin/leases/import.html", context, status=422 if refused else 200
    )


def template_file(request: HttpRequest, name: str) -> HttpResponse:
    """Starts with a byte order mark, by which spreadsheets recognize UTF-8."""
    if not request.user.is_superuser:
        raise PermissionDenied
    if name not in FILES:
        raise Http404
    named = slugify(str(FILES[name].label), allow_unicode=True)
    return HttpResponse(
        template(name).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, f"{named}.csv")},
    )
