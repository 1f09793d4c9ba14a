from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext, pgettext_lazy

from accounts.access import signed_in
from accounts.admin_columns import yes_or_no
from leases.actions.webhooks import add_endpoint, renew_secret, revise_endpoint, send_again
from leases.admin.bases import History, KeepsHistory, ShowsOnce, TellsRefusals
from leases.admin.confirm import ask_first, show_once
from leases.enums import DeliveryError
from leases.models import WebhookDelivery, WebhookEndpoint
from leases.webhooks.addresses import check_address

SENT_AGAIN = gettext_noop("sent again")  # in the history of the administration


class EndpointForm(forms.ModelForm[WebhookEndpoint]):
    url = forms.URLField(label=gettext_lazy("Address"), max_length=300, assume_scheme="https")

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if "url" in self.changed_data or self.data.get("is_active"):
            check_address(url)
        return url


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(
    ShowsOnce, TellsRefusals, KeepsHistory, admin.ModelAdmin[WebhookEndpoint]
):
    form = EndpointForm
    list_display = (
        "url", "merchant", yes_or_no("is_active", gettext_lazy("active")), "paused_until",
        "messages_sent",
    )  # fmt: skip
    list_filter = ("is_active",)
    list_select_related = ("merchant",)
    search_fields = ("url", "merchant__name")
    autocomplete_fields = ("merchant",)
    actions = ("new_secret",)

    def get_fields(self, request: HttpRequest, obj: WebhookEndpoint | None = None) -> Any:
        if obj is None:
            return ["merchant", "url"]
        return ["merchant", "url", "is_active", "paused_until", "created_by", "created_at"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: WebhookEndpoint | None = None
    ) -> list[str]:
        return ["merchant", "paused_until", "created_by", "created_at"] if obj else []

    @admin.display(description=gettext_lazy("messages"))
    def messages_sent(self, endpoint: WebhookEndpoint) -> SafeString:
        address = reverse("admin:leases_webhookdelivery_changelist")
        words = _("Messages")
        return format_html('<a href="{}?endpoint={}">{}</a>', address, endpoint.pk, words)

    def save_model(
        self, request: HttpRequest, obj: WebhookEndpoint, form: forms.Form, change: bool
    ) -> None:
        by = signed_in(request)
        given: dict[str, Any] = {"url": form.cleaned_data["url"], "by": by}
        if change:
            revise_endpoint(endpoint=obj, is_active=form.cleaned_data["is_active"], **given)
        else:
            saved = add_endpoint(merchant=obj.merchant, now=timezone.now(), **given)
            obj.pk, obj.secret = saved.pk, saved.secret  # where the admin goes next

    def response_add(
        self, request: HttpRequest, obj: WebhookEndpoint, post_url_continue: str | None = None
    ) -> HttpResponse:
        return show_once(self, request, title=_("Webhook created"), row=obj, secret=obj.secret)

    @admin.action(description=gettext_lazy("Create a new secret"))
    def new_secret(
        self, request: HttpRequest, rows: QuerySet[WebhookEndpoint]
    ) -> HttpResponse | None:
        title = _("New secret")
        text = _("From now on, messages are signed with the new secret. The old one stops working.")
        if rows.count() != 1:
            messages.error(request, _("Choose only one webhook. You’ll see its new secret next."))
            return None
        if question := ask_first(self, request, rows, title=title, text=text):
            return question
        endpoint = renew_secret(endpoint=rows.get(), by=signed_in(request))
        self.log_change(request, endpoint, [{"changed": {"fields": ["Secret"]}}])
        return show_once(self, request, title=title, row=endpoint, secret=endpoint.secret)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(History[WebhookDelivery]):
    linked_by = ("endpoint",)  # from the list of endpoints
    """The log: what was told to whom, what was answered."""

    list_display = (
        "created_at", "account_number", "event", "endpoint", "state", "response_status", "why",
        "attempts", "next_attempt_at",
    )  # fmt: skip
    list_filter = ("state",)
    list_select_related = ("endpoint", "event__lease")
    search_fields = ("event__lease__account_number__exact",)
    search_help_text = gettext_lazy("Account number")
    ordering = ("-created_at", "-id")
    fields = (
        "created_at", "account_number", "event", "endpoint", "replay_of", "state",
        "response_status", "why", "attempts", "next_attempt_at", "delivered_at",
    )  # fmt: skip
    readonly_fields = ("account_number", "why")
    actions = ("send_again",)

    @admin.display(description=gettext_lazy("account number"))
    def account_number(self, delivery: WebhookDelivery) -> str:
        return delivery.event.lease.account_number

    @admin.display(description=gettext_lazy("last error"))
    def why(self, delivery: WebhookDelivery) -> str:
        error = delivery.error
        return str(DeliveryError(error).label) if error in DeliveryError else error

    @admin.action(description=pgettext_lazy("webhook", "Send again"))
    def send_again(
        self, request: HttpRequest, rows: QuerySet[WebhookDelivery]
    ) -> HttpResponse | None:
        title = _("Send again")
        text = _(
            "Each one is sent once more as a new message. Messages still being sent are skipped."
        )
        if question := ask_first(self, request, rows, title=title, text=text):
            return question
        chosen = list(rows)
        try:
            count = send_again(
                deliveries=[each.pk for each in chosen], by=signed_in(request), now=timezone.now()
            )
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
            return None
        for each in chosen:
            self.log_change(request, each, [{"changed": {"fields": [SENT_AGAIN]}}])
        told = ngettext(
            "%(count)d message will be sent again.",
            "%(count)d messages will be sent again.",
            count,
        )
        messages.success(request, told % {"count": count})
        if left := len(chosen) - count:
            words = ngettext(
                "%(count)d message was skipped: it’s still being sent, or its webhook is off.",
                "%(count)d messages were skipped: they’re still being sent, or their webhooks "
                "are off.",
                left,
            )
            messages.warning(request, words % {"count": left})
        return None
