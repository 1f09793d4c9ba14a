"""Who may do what: every address, for every role, by GET and by POST, against one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from fnmatch import fnmatchcase
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse
from django.utils.http import int_to_base36

from accounts.enums import Role
from accounts.models import User
from cases import actions, numbers
from cases.enums import FlagKind, InboundSource, ScriptMedium, Visibility
from cases.models import (
    CallDraft,
    Case,
    CaseCharge,
    CaseFlag,
    CaseReference,
    ContactAttempt,
    EntryTranslation,
    Evidence,
    EvidenceView,
    FollowUp,
    HeldUpload,
    InboundMail,
    OutsideDeadline,
    Promise,
    SavedView,
)
from cases.scripts.current import ensure_row
from leases import actions as lease_actions
from leases.models import (
    Customer,
    DisputedCharge,
    IdentityBlock,
    Lease,
    LeaseMail,
    LedgerEntry,
    MerchandiseReturn,
    Plan,
)
from mail.models import Email, SuppressedAddress
from mail.outbound.message import message
from telephone.models import PhoneCall, PhoneLine
from tests.cases.evidence.evidence_makers import image_bytes
from tests.leases.admin_rows import one_of_each
from tests.leases.contracts import bare_quote
from tests.photos import photo

ROLES = ("nobody", "carla", "dan", "agent", "supervisor", "merchant_services", "administrator")


# The answers for the roles of a group; the others don't get in.
def signed_in(answer: str) -> str:
    return f"login {answer} {answer} {answer} {answer} {answer} {answer}"


def staff(answer: str, customers: str = "404") -> str:
    return f"login {customers} {customers} {answer} {answer} {answer} {answer}"


def case_workers(answer: str) -> str:
    return f"login 404 404 {answer} {answer} 404 {answer}"


def administrator(answer: str) -> str:
    """The administration sends the others to the one sign-in page, which refuses them."""
    return f"login login login login login login {answer}"


CARLA = "login {0} 404 404 404 404 404".format
ANA = "login 404 404 {0} 404 404 404".format
MATEO = "login 404 404 404 404 {0} 404".format
SUPERVISORS = "login 404 404 404 {0} 404 {0}".format
ADMINISTRATORS = "login 404 404 404 404 404 {0}".format
NOBODY_YET = "{0} 302 302 302 302 302 302".format

#: View name, or a pattern of names → the answers to GET and POST, for ROLES in their order; a
#: single word is for everyone. `login` leads to the sign-in page, `again` asks for the password
#: again, 302 leads elsewhere. What an address names is Carla's; the unfinished call is Ana's. POST
#: sends nothing: 422 says that the person could have written something.
TABLE: dict[str, tuple[str, str]] = {
    "home": (signed_in("302"), signed_in("302")),
    "health": ("200", "200"),
    "mail_events": ("405", "404"),  # without a provider
    "phone_events": ("405", "404"),  # without its secret
    "phone_changes": ("404", "405"),  # without a page's key
    "case_beat": ("405", "404"),  # without a page's key
    "help*": (staff("200"), "405"),
    "metrics": ("404", "405"),  # for no one without the token
    "language": ("405", "400"),
    "read_date": (staff("422"), "405"),
    "drafts": (signed_in("200"), signed_in("400")),
    "kept_form": (signed_in("302"), signed_in("302")),  # nothing is kept
    "account_login": (NOBODY_YET("200"), NOBODY_YET("200")),
    "account_signup": (NOBODY_YET("200"), NOBODY_YET("200")),  # says that no one can
    "account_request_login_code": (NOBODY_YET("200"), NOBODY_YET("422")),
    "account_confirm_login_code": ("302", "302"),  # no code was sent
    "account_logout": (signed_in("200"), "login"),
    "account_inactive": ("200", "405"),
    # A customer has no password that could be asked for again or changed.
    "account_reauthenticate": (staff("200", "403"), staff("200", "403")),
    "account_change_password": (staff("200"), staff("200")),
    "account_reset_password": ("200", "422"),
    "account_reset_password_done": ("200", "405"),
    "account_reset_password_from_key": ("200", "200"),  # says that the link doesn't work
    "account_reset_password_from_key_done": ("200", "405"),
    "mfa_index": (signed_in("200"), signed_in("405")),
    "mfa_authenticate": (signed_in("302"), signed_in("302")),
    "mfa_reauthenticate*": (staff("again", "403"), staff("again", "403")),
    "mfa_activate_totp": (staff("again", "200"), staff("again", "200")),
    "mfa_add_webauthn": (staff("again", "200"), staff("again", "200")),
    "mfa_generate_recovery_codes": (staff("again", "200"), staff("again", "200")),
    # None of them has a second factor yet.
    "mfa_deactivate_totp": (signed_in("404"), signed_in("404")),
    "mfa_view_recovery_codes": (signed_in("404"), signed_in("405")),
    "mfa_download_recovery_codes": (signed_in("404"), signed_in("404")),
    "mfa_list_webauthn": (signed_in("200"), signed_in("405")),
    "mfa_remove_webauthn": (staff("again"), staff("again")),
    "mfa_edit_webauthn": (staff("again"), staff("again")),
    "leases": (staff("200"), "405"),
    "lease": (staff("200"), "405"),
    "lease_statuses": (staff("200"), "405"),
    "lease_schedule": (staff("200"), "405"),
    "lease_statement": (staff("200"), "405"),
    "lease_statement_pdf": (staff("200"), "405"),
    "lease_statement_csv": (staff("200"), "405"),
    "lease_statement_mail": ("405", case_workers("422")),  # nothing is delivered
    "lease_payments": ("405", case_workers("422")),
    "lease_wishes": (case_workers("200"), case_workers("302")),
    "lease_adjustments": ("405", SUPERVISORS("422")),
    "lease_reversal": ("405", SUPERVISORS("422")),
    "lease_waiver": ("405", SUPERVISORS("422")),
    "lease_buyout": (staff("200"), "405"),
    "lease_quotes": ("405", case_workers("422")),  # nothing is delivered, so there is no figure
    "lease_quote": (staff("200"), "405"),
    "lease_quote_pdf": (staff("200"), "405"),
    "lease_paid_off_letter_pdf": (staff("404"), "405"),  # nothing is paid off
    "lease_purchase": ("405", case_workers("422")),
    "lease_plans": (staff("200"), "405"),
    "lease_plan_*": ("405", case_workers("422")),
    "lease_autopay": (staff("200"), "405"),
    "lease_mails": (staff("200"), "405"),
    "lease_mail": (case_workers("200"), "405"),  # one that is part of a case, too
    "lease_autopay_changes": ("405", case_workers("422")),
    # Carla's is approved: nothing to decide about.
    "lease_review": ("405", MATEO("422")),
    "lease_decision": ("405", MATEO("422")),
    "lease_acceptance": ("405", MATEO("422")),
    "lease_invoice": ("405", MATEO("422")),
    "lease_terms": ("405", MATEO("422")),
    "lease_signature": ("405", MATEO("422")),
    "lease_delivery": ("405", MATEO("422")),
    "lease_return": ("405", MATEO("422")),
    "lease_late_delivery": ("405", MATEO("422")),
    "lease_late_decision": ("405", SUPERVISORS("404")),  # nothing was reported
    "open_returns": (staff("200"), "405"),
    "return_closing": ("405", "login 404 404 404 422 422 422"),
    "lease_reapplication": ("405", MATEO("422")),
    "monitoring": (staff("200"), "405"),
    "worklist": (staff("200"), "405"),
    "find": (staff("200"), "405"),
    "ringing": (case_workers("200"), "405"),
    "phone_calls": (case_workers("200"), "405"),
    "phone_call_settlement": ("405", case_workers("422")),
    "phone_call_answers": ("405", case_workers("302")),
    "suggestions": (staff("200"), "405"),
    "calls": (case_workers("200"), case_workers("302")),
    "call": (case_workers("200"), case_workers("422")),
    "call_takeover": ("405", case_workers("302")),
    "call_discards": ("405", case_workers("302")),
    "call_draft": ("405", case_workers("204")),
    "call_contact": (case_workers("200"), case_workers("409")),
    "queue": (case_workers("200"), "405"),
    "take_next": ("405", case_workers("302")),
    "take_preferences": (case_workers("200"), case_workers("422")),
    "saved_views": (case_workers("200"), case_workers("422")),
    "saved_view_name": ("405", ANA("422")),
    "saved_view_removal": ("405", ANA("302")),
    "saved_view_restoring": ("405", ANA("302")),  # it wasn't deleted
    "case_assignments": ("405", case_workers("422")),
    "case_taggings": ("405", case_workers("422")),
    "case_assignments_undone": ("405", case_workers("302")),  # nothing to undo
    "correspondence": (case_workers("200"), "405"),
    "mail_in": ("405", "404"),  # no provider is configured
    "inbox_reply": ("405", "404"),  # that mail is about no case
    "correspondence_parked": (case_workers("200"), "405"),
    "correspondence_parked_mail": (case_workers("200"), "405"),
    "correspondence_parked_original": ("405", case_workers("422")),
    "correspondence_parked_entry": ("405", case_workers("422")),
    "correspondence_parked_dismissal": ("405", case_workers("302")),
    "correspondence_addresses": (case_workers("200"), "405"),
    "correspondence_address_lift": ("405", case_workers("302")),
    "correspondence_failed": (case_workers("200"), "405"),
    "correspondence_retry": ("405", case_workers("302")),
    "correspondence_retry_alike": ("405", SUPERVISORS("302")),
    "correspondence_uncertain": (SUPERVISORS("200"), "405"),
    "correspondence_settlement": ("405", SUPERVISORS("404")),  # nothing is decided
    "correspondence_follow_ups": (case_workers("200"), "405"),
    "correspondence_follow_up_day": ("405", case_workers("422")),
    "correspondence_texts": (case_workers("200"), "405"),
    "correspondence_text": (case_workers("200"), "405"),
    "correspondence_text_version": (case_workers("200"), "405"),
    "correspondence_text_*": ("405", ADMINISTRATORS("422")),
    "correspondence_scripts": (case_workers("200"), "405"),
    "correspondence_script": (case_workers("200"), "405"),
    "correspondence_script_version": (case_workers("200"), "405"),
    "correspondence_script_versions": ("405", ADMINISTRATORS("422")),
    "case": (case_workers("200"), "405"),
    "case_lease": (case_workers("200"), case_workers("422")),
    "case_merge": (case_workers("200"), case_workers("422")),
    "case_merge_undoing": ("405", case_workers("404")),  # that of other cases
    "case_lease_detachment": ("405", case_workers("422")),  # it began with its lease
    "case_entries": ("405", case_workers("422")),
    "case_entry_language": ("405", case_workers("422")),
    "case_entry_translations": ("405", case_workers("422")),
    "case_translation_review": ("405", case_workers("422")),
    "case_assignment": ("405", case_workers("302")),  # to no one
    "case_escalations": ("405", case_workers("422")),
    "case_reopening": ("405", case_workers("302")),  # it’s open
    "case_snooze": ("405", case_workers("422")),
    "case_snooze_end": ("405", case_workers("302")),  # it isn’t snoozed
    # It is escalated: an agent is sent back to it.
    "case_resolution": ("login 404 404 302 200 404 200", case_workers("422")),
    "case_evidence_requests": ("405", case_workers("422")),
    "case_evidence_received": ("405", case_workers("422")),
    "case_evidence_answers": ("405", case_workers("422")),
    "case_file": (case_workers("200"), "405"),
    "case_file_acceptance": ("405", case_workers("422")),
    "case_unreadable": (case_workers("200"), case_workers("422")),
    "file_page": (case_workers("404"), "405"),  # a photo has no pages
    "case_mail": (case_workers("200"), "405"),
    "case_return_steps": ("405", case_workers("422")),  # nothing goes back in a late payment
    "case_return": (case_workers("404"), case_workers("404")),
    "case_return_answer": ("405", case_workers("404")),
    "case_return_credit": ("405", case_workers("404")),
    "case_return_withdrawal": ("405", case_workers("404")),
    "waiting_returns": (case_workers("200"), "405"),
    "case_promises": ("405", case_workers("422")),
    "case_promise_settlement": ("405", case_workers("422")),
    "case_outside_deadlines": ("405", case_workers("422")),
    "case_outside_answer": ("405", case_workers("422")),
    "case_references": ("405", case_workers("422")),
    "case_reference_removal": ("405", case_workers("302")),
    "case_tags": ("405", case_workers("422")),
    "case_tag_removal": ("405", case_workers("302")),
    "case_reasons": (case_workers("200"), "405"),
    "case_outside_extension": ("405", case_workers("422")),
    "contact_attempts": (case_workers("200"), "405"),
    "complaints": (SUPERVISORS("200"), "405"),
    "store_complaints": (SUPERVISORS("200"), "405"),
    "case_answers": ("405", case_workers("302")),  # to nothing
    "case_attempts": ("405", case_workers("400")),
    "case_charges": (case_workers("404"), case_workers("404")),  # not of a late payment
    "case_charge_decisions": (case_workers("200"), case_workers("422")),
    "case_charge_transactions": (case_workers("200"), "405"),
    "case_charge_withdrawal": ("405", case_workers("302")),
    "refunds_owed": (staff("200"), "405"),
    "case_refunds": (case_workers("200"), SUPERVISORS("422")),
    "case_refund": (case_workers("404"), case_workers("404")),
    "case_refund_withdrawal": ("405", case_workers("404")),
    "phone_lines": (case_workers("200"), case_workers("302")),
    "case_contact": (case_workers("200"), case_workers("422")),
    "case_verifications": ("405", case_workers("422")),
    "attempt_retraction": ("405", SUPERVISORS("302")),
    "case_letter": ("405", case_workers("400")),
    "case_live": (case_workers("200"), "405"),
    "case_flags": ("405", case_workers("400")),
    "case_flag_lifting": ("405", SUPERVISORS("422")),
    "case_identity_lifting": ("405", SUPERVISORS("422")),
    "case_own_address": ("405", case_workers("302")),  # no one was asked about it
    "case_follow_ups": ("405", case_workers("422")),
    "case_follow_up_cancellation": ("405", case_workers("302")),
    "case_follow_up_completion": ("405", case_workers("422")),
    "case_follow_up_day": ("405", case_workers("422")),
    "uploads": ("login 200 200 200 200 404 200", "login 400 400 400 400 404 400"),
    "upload_removal": ("405", CARLA("204")),
    "evidence*": ("login 200 404 200 200 404 200", "405"),
    "portal_home": ("login 200 200 404 404 404 404", "405"),
    "portal_wishes": ("login 200 200 404 404 404 404", "login 302 302 404 404 404 404"),
    "portal_mail_language": ("405", "login 400 400 404 404 404 404"),
    "portal_case": (CARLA("200"), "405"),
    "portal_*_short": ("login 302 302 404 404 404 404", "405"),
    "portal_lease": (CARLA("200"), "405"),
    "portal_lease_statement_pdf": (CARLA("200"), "405"),
    "portal_paid_off_letter_pdf": (CARLA("404"), "405"),
    "portal_quote_pdf": (CARLA("200"), "405"),
    "portal_acknowledgement": ("405", CARLA("302")),
    "portal_messages": ("405", CARLA("422")),
    # A merchant's system is known by its key; who signed in is no one there.
    "merchant_api:openapi": ("200", "405"),
    "merchant_api:*": ("405", "401"),
    "merchant_api:read_application": ("401", "405"),
    "merchant_api:check_return": ("401", "405"),
    "merchant_api:apply": ("401", "401"),
    "merchant_api:find_application": ("401", "401"),  # the same address
    "inbox*": ("200", "405"),  # the demo and the tests only
    "admin:index": (administrator("200"), administrator("200")),
    "admin:app_list": (administrator("200"), administrator("200")),
    "admin:login": ("login 403 403 403 403 403 302", "login 403 403 403 403 403 200"),
    "admin:logout": ("302 302 302 302 302 302 405", "302 302 302 302 302 302 login"),
    "admin:password_change": (administrator("200"), administrator("200")),
    "admin:password_change_done": (administrator("200"), administrator("405")),
    "admin:autocomplete": (administrator("403"), administrator("405")),  # of nothing named
    "admin:jsi18n": (administrator("200"), administrator("405")),
    "admin:view_on_site": (administrator("404"), administrator("404")),
    "admin:*_changelist": (administrator("200"), administrator("200")),
    "admin:*_history": (administrator("200"), administrator("200")),
    "admin:*_add": (administrator("200"), administrator("200")),
    "admin:*_change": (administrator("200"), administrator("200")),
    "admin:*_delete": (administrator("403"), administrator("403")),  # history stays readable
    "admin:<path:object_id>/": (administrator("302"), administrator("302")),
    "admin:(?P<url>.*)$": (administrator("404"), administrator("404")),
    # Mails are read-only, their texts are edited on their own pages; customers come with a lease.
    "admin:cases_tag_add": (administrator("403"), administrator("403")),
    "admin:mail_email_add": (administrator("403"), administrator("403")),
    "admin:mail_email_change": (administrator("200"), administrator("403")),
    "admin:mail_emailtemplate_add": (administrator("403"), administrator("403")),
    "admin:mail_emailtemplate_change": (administrator("200"), administrator("403")),
    "admin:leases_customer_add": (administrator("403"), administrator("403")),
    # History and money are read-only; a key is made and revoked.
    "admin:leases_autopay_add": (administrator("403"), administrator("403")),
    "admin:leases_autopay_change": (administrator("200"), administrator("403")),
    "admin:leases_buyoutquote_add": (administrator("403"), administrator("403")),
    "admin:leases_buyoutquote_change": (administrator("200"), administrator("403")),
    "admin:leases_disputedcharge_add": (administrator("403"), administrator("403")),
    "admin:leases_disputedcharge_change": (administrator("200"), administrator("403")),
    "admin:leases_identityblock_add": (administrator("403"), administrator("403")),
    "admin:leases_identityblock_change": (administrator("200"), administrator("403")),
    "admin:leases_instalment_add": (administrator("403"), administrator("403")),
    "admin:leases_instalment_change": (administrator("200"), administrator("403")),
    "admin:leases_refund_add": (administrator("403"), administrator("403")),
    "admin:leases_refund_change": (administrator("200"), administrator("403")),
    "admin:leases_paidoffletter_add": (administrator("403"), administrator("403")),
    "admin:leases_paidoffletter_change": (administrator("200"), administrator("403")),
    "admin:leases_invoice_add": (administrator("403"), administrator("403")),
    "admin:leases_invoice_change": (administrator("200"), administrator("403")),
    "admin:leases_lease_add": (administrator("403"), administrator("403")),
    "admin:leases_lease_change": (administrator("200"), administrator("403")),
    "admin:leases_ledgerentry_add": (administrator("403"), administrator("403")),
    "admin:leases_ledgerentry_change": (administrator("200"), administrator("403")),
    "admin:leases_merchandisereturn_add": (administrator("403"), administrator("403")),
    "admin:leases_merchandisereturn_change": (administrator("200"), administrator("403")),
    "admin:leases_plan_add": (administrator("403"), administrator("403")),
    "admin:leases_plan_change": (administrator("200"), administrator("403")),
    "admin:leases_statusevent_add": (administrator("403"), administrator("403")),
    "admin:leases_statusevent_change": (administrator("200"), administrator("403")),
    "admin:leases_terms_add": (administrator("403"), administrator("403")),
    "admin:leases_terms_change": (administrator("200"), administrator("403")),
    "admin:leases_webhookdelivery_add": (administrator("403"), administrator("403")),
    "admin:leases_webhookdelivery_change": (administrator("200"), administrator("403")),
    "admin:leases_apikey_change": (administrator("200"), administrator("403")),
    "admin:leases_lease_import": (administrator("200"), administrator("422")),
    "admin:leases_lease_import_template": (administrator("200"), administrator("200")),
    "admin:telephone_phoneline_delete": (administrator("200"), administrator("200")),
    # A lost second factor can be removed and nothing else.
    "admin:accounts_secondstep_add": (administrator("403"), administrator("403")),
    "admin:accounts_secondstep_change": (administrator("200"), administrator("403")),
    "admin:accounts_secondstep_delete": (administrator("200"), administrator("200")),
}

#: Written by a visit that changes nothing.
A_VISIT = {"django_session", "puente_cache"}
#: The demo's inbox shows a mail with its own style, sandboxed.
ALONE = {"inbox_html"}
#: What a browser sends along by itself opens nothing here.
KEYED = ("merchant_api:", "mail_events", "mail_in", "phone_events", "phone_changes", "case_beat")


class Address(NamedTuple):
    name: str
    pattern: str

    def filled(self, values: dict[str, str]) -> str:
        """A concrete path."""
        path = re.sub(r"\(\?P<(\w+)>.*?\)", r"<\1>", self.pattern)
        path = "/" + path.replace("^", "").replace("$", "")
        if model := re.match(r"/admin/(\w+)/(\w+)/<path:object_id>", path):
            newest = apps.get_model(*model.groups())._default_manager.order_by("pk").last()
            assert newest, f"{path} needs a row to be about"
            values = {**values, "object_id": str(newest.pk)}
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda name: values[name[1]], path)

    @property
    def row(self) -> str:
        """The row of TABLE about this address: its own, or the longest matching pattern."""
        if self.name in TABLE:
            return self.name
        return max((row for row in TABLE if fnmatchcase(self.name, row)), key=len, default="")


def addresses(
    resolver: URLResolver | None = None, start: str = "", space: str = ""
) -> Iterator[Address]:
    """Every pattern there is, whoever mounted it."""
    for each in (resolver or get_resolver()).url_patterns:
        pattern = start + str(each.pattern)
        if isinstance(each, URLResolver):
            inside = f"{space}{each.namespace}:" if each.namespace else space
            yield from addresses(each, pattern, inside)
        else:
            yield Address(space + (each.name or str(each.pattern)), pattern)


LEADS_TO = {
    "/account/login/": "login",
    "/admin/login/": "login",
    "/account/reauthenticate/": "again",
}


def outcome(response: HttpResponse) -> str:
    if response.status_code == 302:
        path = response["Location"].partition("?")[0]
        return LEADS_TO.get(path, "302")
    return str(response.status_code)


@pytest.fixture
def people(
    carla: Customer, dan: Customer, ana: User, sofia: User, mateo: User, irene: User
) -> dict[str, User | None]:
    return dict(zip(ROLES, (None, carla.user, dan.user, ana, sofia, mateo, irene), strict=True))


@pytest.fixture
def case(open_case: Callable[..., Case], carla: Customer, ana: User, now: datetime) -> Case:
    """Carla's, with something internal and something public of everything."""
    case = open_case(summary="SECRETO: parece fraude.", files=[photo("secreta.jpg")])
    note = actions.Update(body="SECRETO: no se lo diga.", language="es")
    case = actions.update_case(case=case, version=1, update=note, by=ana, now=now)
    reply = actions.Update(body="Envíenos el recibo.", visibility=Visibility.PUBLIC, language="es")
    case = actions.update_case(case=case, version=2, update=reply, by=ana, now=now)
    actions.set_follow_up(case=case, on=now.date(), message="¿Llegó?", by=ana, now=now)
    actions.add_customer_message(
        case=case,
        body="Aquí está.",
        files=[photo("recibo.jpg")],
        by=carla.user,
        now=now,
    )
    actions.escalate(case=case, reason="SECRETO: decide Sofía.", by=ana, now=now)
    return Case.objects.get(pk=case.pk)


def _movement(lease: Lease, now: datetime) -> LedgerEntry:
    """A payment of a lease that has no schedule: nothing to correct, only to see."""
    return LedgerEntry.objects.create(
        lease=lease, kind="payment", part="rent", amount=-1, effective_on=now.date(), at=now
    )


def _held(case: Case, now: datetime) -> HeldUpload:
    return actions.hold_upload(
        upload=photo("espera.jpg"), form="/x/", by=case.lease.customer.user, now=now
    )


def _parked(now: datetime) -> InboundMail:
    arrived = actions.Arrived(
        raw=b"From: x@y.example\n\nHola", source=InboundSource.MAILBOX, now=now
    )
    return actions.receive_mail(arrived)


def _suppressed(now: datetime) -> SuppressedAddress:
    return SuppressedAddress.objects.create(address="carla@example.com", reason="bounced", at=now)


def _phone_call(now: datetime) -> PhoneCall:
    return PhoneCall.objects.create(
        call_id="1", direction="in", from_number="+12105550134", rang_at=now, ended_at=now
    )


def _plan(lease: Lease, by: User, now: datetime) -> Plan:
    return Plan.objects.create(lease=lease, kind="recovery", arrears=1, by=by, at=now)


def _translation(case: Case, by: User, now: datetime) -> EntryTranslation:
    entry = case.entries.get(body="Aquí está.")
    return EntryTranslation.objects.create(
        entry=entry, language="en", machine_text="SECRETO: Here it is.", asked_by=by, at=now
    )


def _promise(case: Case, by: User, now: datetime) -> Promise:
    agreed = actions.Agreed(party="store", what="Llama.", language="es", due_on=now.date())
    return actions.make_promise(case=case, agreed=agreed, by=by, now=now)


def _charge(case: Case, by: User, now: datetime) -> DisputedCharge:
    """Of a payment of this lease that has no schedule."""
    owed = LedgerEntry.objects.create(
        lease=case.lease, kind="adjustment", part="rent", amount=1, effective_on=now.date(),
        reason="Sobra.", at=now,
    )  # fmt: skip
    charge = DisputedCharge.objects.create(
        lease=case.lease, entry=owed, amount=1, pauses_fees=True, by=by, at=now
    )
    CaseCharge.objects.create(case=case, charge=charge)
    return charge


def _saved(by: User, now: datetime) -> SavedView:
    return actions.save_view(name="Mía", view="active", filters={"kind": "fraud"}, by=by, now=now)


def _attempt(case: Case, by: User, now: datetime) -> ContactAttempt:
    """By someone who isn't the agent."""
    return actions.record_attempt(case=case, result="no_answer", by=by, now=now)


def _flag(case: Case, by: User, now: datetime) -> CaseFlag:
    return actions.flag_case(case=case, kind=FlagKind.LEGAL_HOLD, by=by, now=now)


def _block(case: Case, by: User, now: datetime) -> IdentityBlock:
    block, _is_new = lease_actions.block_identity(
        name="Rosa", email="rosa@example.com", said_in=case.number, by=by, now=now
    )
    return block


def _reference(case: Case, by: User, now: datetime) -> CaseReference:
    return actions.add_reference(case=case, reference="REF-88213", by=by, now=now)


def _outside(case: Case, by: User, now: datetime) -> OutsideDeadline:
    return actions.open_outside_deadline(
        case=case, body="cfpb", received_on=now.date(), by=by, now=now
    )


@pytest.fixture
def administered(
    make_lease: Callable[..., Lease], dan: Customer, irene: User, now: datetime
) -> Lease:
    """A row of everything that the administration shows."""
    PhoneLine.objects.create(agent=irene, extension="103")
    return one_of_each(make_lease, dan, irene, now, "300000017")


@pytest.fixture
def values(
    case: Case,
    administered: Lease,
    ana: User,
    ben: User,
    sofia: User,
    now: datetime,
    settings: Any,
) -> dict[str, str]:
    """The values in the addresses."""
    Authenticator.objects.create(user=ben, type=Authenticator.Type.RECOVERY_CODES, data={})
    mail = settings.INBOX_ROOT / f"{1:020d}-00000000.eml"
    mail.parent.mkdir()
    ensure_row("dispute", ScriptMedium.EMAIL, now=now)  # as the first edit does
    opened = Email.objects.get(casemail__case=case, template__key="case_opened")
    LeaseMail.objects.create(email=opened, lease=case.lease)
    mail.write_text("Subject: Hola\nContent-Type: text/html\n\n<p>Hola</p>\n")
    return {
        "name": mail.name,
        "applicationId": str(case.lease.application_id),
        "account_number": case.lease.account_number,
        "app_label": "leases",
        "content_type_id": "1",
        "key": "abc-123",
        "mail": "case_opened",
        "version": "1",
        "situation": "dispute",
        "medium": "email",
        "number": case.number,
        "draft": actions.start_call(by=ana, now=now).number,
        "object_id": "1",
        "movement_id": str(_movement(case.lease, now).pk),
        "plan_id": str(_plan(case.lease, ana, now).pk),
        "quote_id": str(bare_quote(case.lease, now).pk),
        "promise_id": str(_promise(case, ana, now).pk),
        "outside_id": str(_outside(case, ana, now).pk),
        "reference_id": str(_reference(case, ana, now).pk),
        "flag_id": str(_flag(case, ana, now).pk),
        "tag_id": str(actions.tag_case(case=case, name="VIP", by=ana, now=now).pk),
        "merge_id": "0",
        "store_return_id": "0",
        "refund_id": "0",
        "store_id": str(case.lease.store_id),
        "block_id": str(_block(case, ana, now).pk),
        "charge_id": str(_charge(case, ana, now).pk),
        "mail_id": str(opened.pk),
        "evidence_id": str(Evidence.objects.get(name="recibo.jpg").pk),
        "saved_id": str(_saved(ana, now).pk),
        "attempt": str(_attempt(case, sofia, now).pk),
        "follow_up": str(FollowUp.objects.get().pk),
        "held": str(_held(case, now).pk),
        "entry_id": str(case.entries.get(body="Aquí está.").pk),
        "translation_id": str(_translation(case, ana, now).pk),
        "inbound": str(_parked(now).pk),
        "address": str(_suppressed(now).pk),
        "guide_name": "calls",
        "email": str(Email.objects.filter(is_secret=False)[0].pk),
        "evidence": str(Evidence.objects.get(name="recibo.jpg").pk),
        "report_id": "0",
        "return_id": str(MerchandiseReturn.objects.get().pk),
        "secret": "not-the-secret",
        "phone_call": str(_phone_call(now).pk),
        "uidb36": int_to_base36(ana.pk),
        "url": "nowhere",
        "pk": "1",
        "page": "1",
        "slug": "pending",
    }


def content(response: Any) -> bytes:
    """The whole body, also of a file, which reading closes."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def path_of(address: Address, values: dict[str, str]) -> str:
    if address.name in {"call", "call_contact", "call_draft"}:
        values = {**values, "number": values["draft"]}
    if address.name.startswith("evidence") or address.name == "file_page":
        values = {**values, "pk": values["evidence"]}
    if "_follow_up_" in address.name:
        values = {**values, "pk": values["follow_up"]}
    if address.name == "admin:leases_lease_import_template":
        values = {**values, "name": "leases"}
    return address.filled(values)


class Visitor:
    """Someone with a session, for whom every request is the first one."""

    def __init__(self, user: User | None, *, csrf: bool = False) -> None:
        self.client = Client(enforce_csrf_checks=csrf, raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.cookies = {name: cookie.value for name, cookie in self.client.cookies.items()}

    def get(self, path: str) -> HttpResponse:
        return self._fresh(self.client.get, path)

    def post(self, path: str) -> HttpResponse:
        """What it changes is rolled back, so that the next address finds everything in place."""
        with transaction.atomic():
            response = self._fresh(self.client.post, path)
            transaction.set_rollback(True)
        return response

    def _fresh(self, method: Callable[..., Any], path: str) -> HttpResponse:
        self.client.cookies = SimpleCookie(self.cookies)
        response = method(path)
        content(response)
        return response


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    rows = {address.row or f"no row for {address.name}" for address in addresses()}
    assert rows == TABLE.keys()


@pytest.mark.requirement("R8", "R9", "R49", "R50")
@pytest.mark.parametrize("role", ROLES)
def test_each_role_enters_where_the_table_lets_it(
    role: str, people: dict[str, User | None], values: dict[str, str]
) -> None:
    """And every answer says: store it nowhere, run nothing foreign."""
    visitor, place = Visitor(people[role]), ROLES.index(role)
    found, expected, careless = {}, {}, []
    for address in addresses():
        path = path_of(address, values)
        answers = (visitor.get(path), visitor.post(path))
        found[path] = tuple(outcome(answer) for answer in answers)
        cells = [cell.split() for cell in TABLE[address.row]]
        expected[path] = tuple(words[place] if len(words) > 1 else words[0] for words in cells)
        if address.name not in ALONE:
            careless += [(path, flaw) for answer in answers for flaw in flaws(answer, people[role])]
    assert found == expected
    assert careless == []


@pytest.mark.requirement("R5", "R54")
@pytest.mark.parametrize("role", ["carla", "agent", "merchant_services", "administrator"])
def test_every_form_that_is_sent_carries_a_key_of_its_own(
    role: str, people: dict[str, User | None], values: dict[str, str]
) -> None:
    visitor, keys, keyless = Visitor(people[role]), [], []
    for address in addresses():
        page = visitor.get(path_of(address, values))
        if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        for form in re.findall(r'<form[^>]*method="post".*?</form>', page.content.decode(), re.S):
            found = re.findall(r'name="form_key" value="([\w-]{36})"', form)
            keys += found
            if len(found) != 1:
                keyless.append((address.name, form[:200]))
    assert keyless == []
    assert len(set(keys)) == len(keys) > 10


def flaws(answer: HttpResponse, user: User | None) -> Iterator[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield policy or "no policy"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "its type is guessed"
    if answer.headers.get("X-Frame-Options") != "DENY":
        yield "framed by others"
    if user and "no-store" not in answer.headers.get("Cache-Control", ""):
        yield "stored"


@pytest.mark.parametrize("role", ["nobody", "carla", "agent", "administrator"])
def test_looking_changes_nothing_but_the_record_of_opened_evidence(
    role: str, people: dict[str, User | None], values: dict[str, str]
) -> None:
    visitor = Visitor(people[role])
    before, written = row_counts(), set()
    for address in addresses():
        with CaptureQueriesContext(connection) as queries:
            visitor.get(path_of(address, values))
        for query in queries:
            if table := re.match(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', query["sql"]):
                written.add((address.name, table[1]))
    views = EvidenceView._meta.db_table
    looks = {"nobody": [], "carla": ["evidence"]}.get(role, ["evidence", "evidence_view"])
    assert {write for write in written if write[1] not in A_VISIT} == {
        (name, views) for name in looks
    }
    assert row_counts() == before | {views: len(looks)}


def row_counts() -> dict[str, int]:
    tables = {model._meta.db_table: model for model in apps.get_models()}
    return {
        name: model._default_manager.count()
        for name, model in tables.items()
        if name not in A_VISIT
    }


@pytest.mark.parametrize("role", ["carla", "agent", "administrator"])
def test_no_post_is_taken_without_its_token(
    role: str, people: dict[str, User | None], values: dict[str, str]
) -> None:
    visitor = Visitor(people[role], csrf=True)
    pages = [each for each in addresses() if not each.name.startswith(KEYED)]
    paths = [path_of(address, values) for address in pages]
    assert {path: visitor.post(path).status_code for path in paths} == dict.fromkeys(paths, 403)


# --- foreign and missing -------------------------------------------------------------------------
MISSING = {
    "applicationId": "00000000-0000-4000-8000-000000000000",
    "account_number": "999999999",
    "number": numbers.make(year=2026, running=999_998),
    "draft": numbers.make(year=2026, running=999_997),
    "phone_call": "999999",
    "evidence": "00000000-0000-4000-8000-000000000000",
    "attempt": "999999",
    "follow_up": "999999",
    "held": "00000000-0000-4000-8000-000000000000",
    "movement_id": "999999",
    "quote_id": "999999",
}


def words_of(answer: HttpResponse, *own: str) -> str:
    """The page without what differs between any two requests."""
    own_values = r'name="(?:csrfmiddlewaretoken|form_key)" value="[\w-]+"'
    page = re.sub(own_values, "", answer.content.decode())
    for each in own:
        page = page.replace(each, "…")
    return page


@pytest.mark.requirement("R9", "R50")
@pytest.mark.parametrize("role", ["dan", "supervisor", "merchant_services"])
def test_what_is_foreign_answers_like_what_does_not_exist(
    role: str, people: dict[str, User | None], values: dict[str, str]
) -> None:
    visitor, compared = Visitor(people[role]), 0
    for address in addresses():
        ours, missing = path_of(address, values), path_of(address, {**values, **MISSING})
        for ask in (visitor.get, visitor.post):
            foreign = ask(ours)
            if ours == missing or foreign.status_code != 404:
                continue
            absent = ask(missing)
            assert absent.status_code == 404, missing
            assert words_of(absent, missing) == words_of(foreign, ours)
            assert set(absent.headers) == set(foreign.headers)
            compared += 1
    assert compared > 3


def test_the_search_does_not_tell_a_hidden_case_from_an_unknown_one(
    case: Case, mateo: User, sign_in: Callable[..., Client]
) -> None:
    """Merchant services see leases, not cases."""
    client = sign_in(mateo)
    known, unknown = (client.get("/find/", {"q": q}) for q in (case.number, MISSING["number"]))
    assert known.context["found"].problem.code == "case_unknown"
    assert words_of(known, case.number) == words_of(unknown, MISSING["number"])


def test_a_call_is_not_there_for_who_does_not_work_cases(
    values: dict[str, str], mateo: User, sign_in: Callable[..., Client]
) -> None:
    path = reverse("call", args=[values["draft"]])
    client = sign_in(mateo)
    assert client.get(path).status_code in {403, 404}
    for address in (path, f"{path}draft/", f"{path}discard/"):
        typed = {"summary": "mine now", "reason": "mine now"}
        assert client.post(address, typed).status_code in {403, 404}
    draft = CallDraft.objects.get(number=values["draft"])
    assert (draft.typed, draft.discarded_at) == ({}, None)


def test_a_customer_does_not_write_into_a_foreign_case(
    case: Case, dan: Customer, sign_in: Callable[..., Client]
) -> None:
    before = case.entries.count()
    path = reverse("portal_messages", args=[case.number])
    assert sign_in(dan.user).post(path, {"body": "Hola"}).status_code == 404
    assert case.entries.count() == before


# --- what is internal ----------------------------------------------------------------------------
@pytest.mark.requirement("R3", "R9", "R50")
def test_nothing_internal_is_on_any_page_of_the_customer(
    case: Case, values: dict[str, str], carla: Customer, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(carla.user)
    paths = [path_of(each, values) for each in addresses() if each.name.startswith("portal_")]
    pages = [client.get(path).content.decode(errors="replace") for path in paths]  # one is a PDF
    pages.append(client.post(reverse("portal_messages", args=[case.number])).content.decode())
    assert any("Envíenos el recibo." in page for page in pages)
    for page in pages:
        assert "SECRET" not in page.upper()
        assert "internal" not in page


@pytest.mark.requirement("R3", "R5")
def test_nothing_internal_is_in_any_mail(case: Case) -> None:
    emails = Email.objects.select_related("template")
    mails = [message_from_bytes(message(email), policy=default) for email in emails]
    parts = [part.get_content() for mail in mails for part in mail.iter_parts()]
    assert len(mails) == 4  # opened, answered, receipt of a file, escalated
    assert len(parts) == 8  # each as text and as HTML
    for words in parts:
        assert "Hola, Carla:" in words
        assert "SECRET" not in words.upper()


@pytest.mark.requirement("R4", "R53")
def test_evidence_shares_the_visibility_of_its_entry(
    case: Case, carla: Customer, ana: User, sign_in: Callable[..., Client]
) -> None:
    secret, public = (Evidence.objects.get(name=name) for name in ("secreta.jpg", "recibo.jpg"))
    customer, agent = sign_in(carla.user), sign_in(ana)

    def opened(client: Client, view: str, file: Evidence) -> int:
        response = client.get(reverse(view, args=[file.pk]))
        content(response)
        return response.status_code

    for view in ("evidence", "evidence_view", "evidence_thumbnail"):
        assert opened(customer, view, secret) == 404
        assert opened(customer, view, public) == 200
        assert opened(agent, view, secret) == 200
    recorded = {(each.evidence, each.by) for each in EvidenceView.objects.all()}
    assert recorded == {(public, carla.user), (secret, ana)}
    assert EvidenceView.objects.filter(is_download=True).count() == 2


@pytest.mark.requirement("R4")
def test_evidence_is_only_ever_downloaded_and_can_do_nothing(
    case: Case, carla: Customer, sign_in: Callable[..., Client]
) -> None:
    file = Evidence.objects.get(name="recibo.jpg")
    response = sign_in(carla.user).get(reverse("evidence", args=[file.pk]))
    assert content(response) == image_bytes((40, 30))
    assert response["Content-Disposition"] == 'attachment; filename="recibo.jpg"'
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


# --- at the next request -------------------------------------------------------------------------
def test_a_disabled_account_is_out_at_the_next_request(
    ana: User, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(ana)
    assert client.get("/cases/").status_code == 200
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert outcome(client.get("/cases/")) == "login"
    assert outcome(client.post("/calls/")) == "login"
    assert not CallDraft.objects.exists()


@pytest.mark.parametrize(
    ("role", "answer"),
    [(Role.CUSTOMER, 404), (Role.MERCHANT_SERVICES, 404), (Role.SUPERVISOR, 200)],
)
def test_a_changed_role_counts_at_the_next_request(
    role: Role, answer: int, ana: User, case: Case, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(ana)
    assert client.get(f"/cases/{case.number}/").status_code == 200
    User.objects.filter(pk=ana.pk).update(role=role)
    assert client.get(f"/cases/{case.number}/").status_code == answer


def test_an_administrator_no_more_is_out_of_the_administration(
    irene: User, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(irene)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=irene.pk).update(role=Role.AGENT)
    assert client.get("/admin/accounts/user/").status_code != 200


def test_the_administration_has_no_sign_in_of_its_own(irene: User) -> None:
    """It would have neither the second factor nor the limits on guessing."""
    client = Client()
    posted = {"username": irene.email, "password": "corriente-puente-42", "next": "/admin/"}
    assert outcome(client.post("/admin/login/", posted)) == "login"
    assert outcome(client.get("/admin/")) == "login"
    assert "_auth_user_id" not in client.session


def test_posted_roles_owners_and_states_are_nobodys_business(
    case: Case, carla: Customer, dan: Customer, sign_in: Callable[..., Client]
) -> None:
    extra = {"status": "closed", "to_status": "closed", "visibility": "internal", "lease": "1",
             "customer_id": str(dan.pk), "role": "administrator", "assignee": "1"}  # fmt: skip
    sign_in(carla.user).post(f"/portal/cases/{case.number}/messages/", {"body": "Hola", **extra})
    found = Case.objects.get(pk=case.pk)
    assert (found.status, found.lease, found.assignee) == (case.status, case.lease, case.assignee)
    assert found.entries.filter(body="Hola").get().is_public
    assert User.objects.get(pk=carla.user_id).role == Role.CUSTOMER


# --- leading elsewhere ---------------------------------------------------------------------------
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    r"/\evil.example",
    r"\\evil.example",
    r"\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "http:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "//testserver@evil.example",
    "https://testserver.evil.example/",
)


def leads_elsewhere(location: str) -> bool:
    r"""As browsers read it: they drop tabs and line ends and read \ as /."""
    read = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    return not read.startswith("/") or read.startswith("//")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_language_switch_leads_nowhere_else(
    address: str, ana: User, sign_in: Callable[..., Client]
) -> None:
    for client in (Client(), sign_in(ana)):
        response = client.post("/language/", {"language": "es", "next": address})
        assert response.status_code == 302
        assert not leads_elsewhere(response["Location"])


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_and_out_leads_nowhere_else(address: str, ana: User) -> None:
    client = Client()
    response = client.post(
        "/account/login/", {"login": ana.email, "password": "corriente-puente-42", "next": address}
    )
    assert response.status_code == 302
    assert "_auth_user_id" in client.session
    assert not leads_elsewhere(response["Location"])
    again = client.get("/account/login/", {"next": address})
    assert not leads_elsewhere(again["Location"])
    gone = client.post("/account/logout/", {"next": address})
    assert not leads_elsewhere(gone["Location"])


def test_the_language_switch_keeps_the_page(ana: User, sign_in: Callable[..., Client]) -> None:
    address = "/cases/?view=mine&kind=fraud"
    response = sign_in(ana).post("/language/", {"language": "en", "next": address})
    assert response["Location"] == address
    assert User.objects.get(pk=ana.pk).language == "en"


def test_the_language_is_not_switched_by_a_link(ana: User, sign_in: Callable[..., Client]) -> None:
    assert sign_in(ana).get("/language/?language=en").status_code == 405
    assert User.objects.get(pk=ana.pk).language == "es"
