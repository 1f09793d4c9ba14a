"""Pages that request a code, take it, or request a new password.

Nothing here looks up an address: known and unknown ones get the same answer equally fast.
"""

from __future__ import annotations

import uuid
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.enums import Language, SignInKind
from accounts.forms import AddressForm, CodeForm
from accounts.limits import take
from accounts.models import User
from accounts.paces import CODE, CODE_TRY, RESET
from accounts.sign_in import codes, tries
from accounts.sign_in.rows import SignInRequest
from common.local_path import local_path

#: Names the request whose code this browser waits for; no other browser can use it.
COOKIE = f"puente_code{settings.COOKIE_SUFFIX}"
_asks = require_http_methods(["GET", "HEAD", "POST"])


@_asks
@never_cache
def request_code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    form, status = AddressForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            address = form.cleaned_data["email"]
            limits = tries.of_person("code", CODE, request=request, subject=address)
            if not take(limits, now=timezone.now()):
                asked = codes.ask(
                    kind=SignInKind.CODE, address=address, language=_language(), now=timezone.now()
                )
                return _remembering(HttpResponseRedirect(_confirm_page(request)), asked)
            form.add_error(None, _too_many())
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "next": _next(request)}
    return render(request, "account/request_login_code.html", context, status=status)


@_asks
@never_cache
def confirm_code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    asked = _asked(request)
    if asked is None:
        return redirect("account_request_login_code")
    if request.POST.get("action") == "resend":
        return _resend(request, asked)
    form, status = CodeForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            limits = tries.of_network("code_try", CODE_TRY, request=request)
            if take(limits, now=timezone.now()):
                form.add_error("code", _too_many())
                status = HTTPStatus.TOO_MANY_REQUESTS
            elif done := _try(request, asked, form):
                return done
    context = {
        "verify_form": form,
        "email": asked.address,
        "can_resend": asked.resends < codes.RESENDS,
        "next": _next(request),
    }
    return render(request, "account/confirm_login_code.html", context, status=status)


@_asks
@never_cache
def request_password(request: HttpRequest) -> HttpResponse:
    form, status = AddressForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            address = form.cleaned_data["email"]
            limits = tries.of_person("reset", RESET, request=request, subject=address)
            if not take(limits, now=timezone.now()):
                codes.ask(
                    kind=SignInKind.PASSWORD,
                    address=address,
                    language=_language(),
                    now=timezone.now(),
                )
                return redirect("account_reset_password_done")
            form.add_error(None, _too_many())
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "account/password_reset.html", {"form": form}, status=status)


def _try(request: HttpRequest, asked: SignInRequest, form: CodeForm) -> HttpResponse | None:
    try:
        user = codes.try_code(asked.pk, form.cleaned_data["code"], now=timezone.now())
    except codes.NoTryLeftError:
        messages.error(request, _too_many())
        return redirect("account_request_login_code")
    if user is None:
        form.add_error("code", get_adapter().error_messages["incorrect_code"])
        return None
    return _let_in(request, user)


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    record_authentication(request, user, method="code", email=user.email)
    login = Login(user=user, email=user.email, redirect_url=_next(request) or None)
    response: HttpResponse = perform_login(request, login)
    response.delete_cookie(COOKIE, path=reverse("account_request_login_code"))
    return response


def _resend(request: HttpRequest, asked: SignInRequest) -> HttpResponse:
    now = timezone.now()
    limits = tries.of_person("code", CODE, request=request, subject=asked.address)
    if take(limits, now=now):
        messages.error(request, _too_many())
    else:
        codes.resend(asked, now=now)
    return _remembering(HttpResponseRedirect(_confirm_page(request)), asked)


def _asked(request: HttpRequest) -> SignInRequest | None:
    try:
        pk = request.get_signed_cookie(COOKIE, max_age=codes.MINUTES * 60)
    except (KeyError, signing.BadSignature):
        return None
    return codes.pending(uuid.UUID(pk), now=timezone.now())


def _remembering(response: HttpResponse, asked: SignInRequest) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        str(asked.pk),
        max_age=codes.MINUTES * 60,
        path=reverse("account_request_login_code"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _confirm_page(request: HttpRequest) -> str:
    page, target = reverse("account_confirm_login_code"), _next(request)
    return f"{page}?{urlencode({'next': target})}" if target else page


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: a path on this site, or empty."""
    return local_path(request, request.POST.get("next") or request.GET.get("next") or "")


def _language() -> str:
    spoken = (get_language() or "")[:2]
    return spoken if spoken in Language.values else Language.ENGLISH


def _too_many() -> str:
    return str(get_adapter().error_messages["too_many_login_attempts"])
