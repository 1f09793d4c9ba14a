"""Facts that belong together are tied by the database; each tie is tested here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from accounts.models import User
from cases import actions
from cases.models import Case, Entry, Escalation
from leases.models import Customer, Lease, StatusEvent, Store
from mail.models import Email, EmailTemplate


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


def refused(name: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def at_once(write: Callable[..., object], **fields: object) -> None:
    """Without waiting for the end of the transaction."""
    write(**fields)
    connection.check_constraints()


def test_a_follow_up_is_cancelled_by_somebody_and_not_once_sent(
    case: Case, ana: User, now: datetime
) -> None:
    row = actions.set_follow_up(case=case, on=date(2026, 11, 20), message="Hola", by=ana, now=now)
    rows = type(row).objects.filter(pk=row.pk)
    refused(
        "follow_up_cancelled_by_somebody",
        lambda: rows.update(cancelled_at=now, cancel_reason="by_hand"),
    )
    refused("follow_up_cancelled_for_a_reason", lambda: rows.update(cancelled_by=ana))
    refused("follow_up_words_have_a_language", lambda: rows.update(language=""))
    refused(
        "follow_up_done_or_cancelled",
        lambda: rows.update(
            done_at=now, cancelled_at=now, cancelled_by=ana, cancel_reason="by_hand"
        ),
    )


def test_a_mails_state_has_what_belongs_to_it(case: Case, now: datetime) -> None:
    mails = Email.objects.filter(casemail__case=case)
    refused("email_sent_has_a_time", lambda: mails.update(state="sent"))
    refused("email_sent_has_a_time", lambda: mails.update(sent_at=now))
    refused("email_claim_has_an_owner", lambda: mails.update(state="claimed"))
    refused("email_claim_has_an_owner", lambda: mails.update(claimed_until=now))
    refused("email_state_known", lambda: mails.update(state="posted"))
    refused("email_language_known", lambda: mails.update(language=""))


def test_both_languages_of_a_mail_are_there(db: None, now: datetime) -> None:
    texts = {"subject_en": "a", "subject_es": "b", "body_en": "c", "body_es": "d"}
    for missing in texts:
        for nothing in ("", None):
            refused(
                "email_template_both_languages",
                lambda missing=missing, nothing=nothing: EmailTemplate.objects.create(
                    key="case_opened", version=99, at=now, **texts | {missing: nothing}
                ),
            )


def test_entries_are_what_they_say(case: Case, ana: User, now: datetime) -> None:
    base = {"case": case, "author": ana, "at": now, "visibility": "internal"}
    gossip = base | {"kind": "gossip", "body": "x", "language": "es"}
    refused("entry_kind_and_visibility_known", lambda: Entry.objects.create(**gossip))
    refused("entry_event_has_a_code", lambda: Entry.objects.create(kind="event", **base))
    refused(
        "entry_text_has_a_language", lambda: Entry.objects.create(kind="note", body="x", **base)
    )
    refused(
        "entry_text_has_a_language",
        lambda: Entry.objects.create(kind="note", language="es", **base),
    )
    public = base | {"visibility": "public", "kind": "note", "body": "x", "language": "es"}
    refused("entry_note_is_internal", lambda: Entry.objects.create(**public))
    refused(
        "escalation_has_a_reason",
        lambda: Escalation.objects.create(case=case, reason="", by=ana, at=now),
    )


def test_case_numbers_are_digits_and_kinds_are_known(case: Case) -> None:
    cases = Case.objects.filter(pk=case.pk)
    refused("case_number_is_digits", lambda: cases.update(number="26-000123"))
    refused("cases_case_kind_fk", lambda: at_once(cases.update, kind="gossip"))


def test_leases_hold_what_their_status_needs(lease: Lease, now: datetime) -> None:
    leases = Lease.objects.filter(pk=lease.pk)
    refused("lease_approved_has_limit", lambda: leases.update(approval_limit=None))
    refused("lease_number_is_plain", lambda: leases.update(account_number="10/44"))
    refused("lease_limit_above_zero", lambda: leases.update(approval_limit=Decimal(0)))
    refused("lease_deadline", lambda: leases.update(expires_at=None, expires_as=""))
    refused("lease_invoice_within_limit", lambda: leases.update(invoice_total=Decimal(0)))
    refused("lease_contract_has_invoice", lambda: leases.update(status="contracts"))
    refused("lease_invoice_within_limit", lambda: leases.update(invoice_total=Decimal("1500.01")))


def test_status_events_name_their_person_and_clocks_their_start(
    lease: Lease, ana: User, now: datetime
) -> None:
    event = {"lease": lease, "to_status": "approved", "rule": "application", "at": now}
    refused(
        "status_event_is_a_step",
        lambda: StatusEvent.objects.create(actor="merchant", **event | {"to_status": "sold"}),
    )
    refused(
        "status_event_person_is_named",
        lambda: StatusEvent.objects.create(actor="person", **event),
    )
    refused(
        "status_event_person_is_named",
        lambda: StatusEvent.objects.create(actor="merchant", by=ana, **event),
    )
    refused(
        "status_event_clock_has_a_start",
        lambda: StatusEvent.objects.create(actor="clock", **event),
    )


def test_people_have_one_address_in_lower_case_and_a_known_role(ana: User, carla: Customer) -> None:
    users = User.objects.filter(pk=ana.pk)
    refused("user_email_lower_case", lambda: users.update(email="Ana@puente.example"))
    refused("email", lambda: users.update(email="carla@example.com"))
    refused("user_role_known", lambda: users.update(role="owner"))
    assert set(Role.values) == {
        "agent", "supervisor", "merchant_services", "administrator", "customer",
    }  # fmt: skip


def test_availability_is_a_window_and_states_have_two_letters(carla: Customer, luna: Store) -> None:
    customers = Customer.objects.filter(pk=carla.pk)
    refused("customer_availability", lambda: customers.update(available_to=None))
    refused("customer_availability", lambda: customers.update(available_to=carla.available_from))
    refused("customer_language_known", lambda: customers.update(language="fr"))
    refused("store_in_a_state", lambda: Store.objects.filter(pk=luna.pk).update(state="tx"))
