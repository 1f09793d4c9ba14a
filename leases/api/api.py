"""The API as Django mounts it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.parser import Parser

from leases.api import json_body, refusals
from leases.api.access import Key
from leases.api.endpoints import router


class ExactParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return json_body.parse(request.body)


class MerchantApi(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = MerchantApi(
    title="Puente merchant API",
    version="1",
    urls_namespace="merchant_api",
    auth=Key(),
    parser=ExactParser(),
    openapi_url=None,  # served by the view below, with its problems
    docs_url=None,  # its scripts come from another host
)
api.add_router("", router)
api.add_exception_handler(Exception, refusals.answer)
for _each in list(api._exception_handlers):  # ninja's own handlers, which answer differently
    api.add_exception_handler(_each, refusals.answer)


@csrf_exempt
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    from leases.api.document import as_text  # noqa: PLC0415  (describes this module)

    return HttpResponse(as_text(), "application/json")


def urls() -> tuple[list[URLPattern | URLResolver], str, str]:
    patterns, app, namespace = api.urls
    operations = [each for each in patterns if getattr(each, "name", "") != "api-root"]
    return [path("openapi.json", openapi, name="openapi"), *operations], app, namespace
