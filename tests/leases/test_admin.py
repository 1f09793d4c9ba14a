"""The administration: reference data in both languages; history and money read-only."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from leases.enums import DeliveryState
from leases.models import (
    ApiKey,
    Customer,
    Lease,
    Merchant,
    Program,
    StateRule,
    Store,
    WebhookDelivery,
    WebhookEndpoint,
)
from tests.leases.admin_rows import TEXTS, one_of_each
from tests.pages import admin_codes

SignIn = Callable[..., Client]
LOOKED_AT = (
    "lease", "statusevent", "terms", "invoice", "merchandisereturn", "instalment", "ledgerentry",
    "buyoutquote", "plan", "autopay", "webhookdelivery", "identityblock",
    "disputedcharge", "refund", "paidoffletter",
)  # fmt: skip
KEPT = ("merchant", "store", "customer", "program", "staterule", "apikey", "webhookendpoint")


def address(model: str, page: str = "changelist", *args: object) -> str:
    return reverse(f"admin:leases_{model}_{page}", args=args)


def newest(model: str) -> Any:
    registered = {each._meta.model_name: each for each in admin.site._registry}
    return registered[model]._default_manager.order_by("pk").last()


@pytest.fixture
def office(irene: User, sign_in: SignIn) -> Client:
    return sign_in(irene)


@pytest.fixture
def rows(make_lease: Callable[..., Lease], dan: Customer, irene: User, now: datetime) -> Lease:
    return one_of_each(make_lease, dan, irene, now, "300000017")


def test_these_are_all_there_are() -> None:
    registered = {
        str(each._meta.model_name)
        for each in admin.site._registry
        if each._meta.app_label == "leases"
    }
    assert registered == {*LOOKED_AT, *KEPT}


# --- looking --------------------------------------------------------------------------------------


@pytest.mark.requirement("R10")
@pytest.mark.parametrize("model", [*LOOKED_AT, *KEPT])
def test_pages_open_in_both_languages(
    model: str, rows: Lease, irene: User, sign_in: SignIn
) -> None:
    words = {}
    pages = [address(model), address(model, "change", newest(model).pk)]
    if model not in LOOKED_AT and model != "customer":
        pages.append(address(model, "add"))
    for language in ("en", "es"):
        User.objects.filter(pk=irene.pk).update(language=language)
        client = sign_in(User.objects.get(pk=irene.pk))
        text = ""
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert f'<html lang="{language}"' in answer.content.decode()
            text += answer.content.decode()
        words[language] = labels(text)
    # What has no Spanish, or no label of ours, looks the same in both.
    assert words["en"] & words["es"] <= SAME_IN_BOTH


SAME_IN_BOTH = {"SKU", "Plan:", "Total", "Total:", "No", "Plan", "Webhook", "Webhook:"}


def labels(page: str) -> set[str]:
    found = re.findall(r"<label[^>]*>(.*?)</label>", page, re.S)
    found += re.findall(r'<div class="text">(?:<a[^>]*>)?(.*?)</', page, re.S)
    texts = (re.sub(r"<[^>]+>", "", each).strip() for each in found)
    return {each for each in texts if each and not each.startswith(("<", "&"))}


def test_lists_take_as_many_queries_for_many_rows_as_for_one(
    rows: Lease, office: Client, make_lease: Callable[..., Lease], irene: User, dan: Customer,
    now: datetime,
) -> None:  # fmt: skip
    def counts() -> dict[str, int]:
        found = {}
        for model in (*LOOKED_AT, *KEPT):
            with CaptureQueriesContext(connection) as queries:
                assert office.get(address(model)).status_code == 200
            found[model] = len(queries)
        return found

    office.get(address("lease"))  # the first visit of a session writes to it
    few = counts()
    for number in range(29):
        one_of_each(make_lease, dan, irene, now, f"40000{number:04d}")
        merchant = Merchant.objects.create(name=f"Casa {number}")
        Store.objects.create(merchant=merchant, name="Centro", city="Austin", state="TX")
    assert counts() == few
    assert max(few.values()) <= 6


@pytest.mark.requirement("R70")
@pytest.mark.parametrize("model", LOOKED_AT)
def test_history_and_money_cannot_be_changed(model: str, rows: Lease, office: Client) -> None:
    row = newest(model)
    before = type(row).objects.filter(pk=row.pk).values().get()
    for page in (
        address(model, "add"),
        address(model, "change", row.pk),
        address(model, "delete", row.pk),
    ):
        assert office.post(page, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": str(row.pk), "post": "yes"}
    office.post(address(model), chosen)
    assert type(row).objects.filter(pk=row.pk).values().get() == before


# Blocks are found by email, phone and case.
@pytest.mark.parametrize(
    "model", [m for m in LOOKED_AT if m not in {"webhookdelivery", "identityblock"}]
)
def test_found_by_account_number(model: str, rows: Lease, office: Client) -> None:
    for number, found in ((rows.account_number, True), ("999999999", False)):
        page = office.get(address(model), {"q": number})
        assert bool(page.context["cl"].result_count) is found


def test_the_page_of_a_lease_leads_to_its_rows(rows: Lease, office: Client) -> None:
    page = office.get(address("lease", "change", rows.pk)).content.decode()
    links = re.findall(r'href="(/admin/leases/\w+/\?lease=\d+)"', page)
    assert len(links) == 12
    for link in links:
        assert office.get(link).context["cl"].result_count > 0


def test_a_list_counts_no_further_than_it_pages(
    rows: Lease, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.large_lists.MOST_ROWS", 20)
    assert office.get(address("instalment")).context["cl"].result_count == 20


# --- programs, states and stores ------------------------------------------------------------------


@pytest.fixture
def typed(luna: Store) -> dict[str, Any]:
    return {
        "merchant": luna.merchant_id, "code": "semanal", "is_active": "on",
        "frequencies": ["weekly", "monthly"], "cost_factor": "2.00", "buyout_rule": "discount",
        "discount_rate": "0.75", "option_fee": "0", "exchange_policy": "same_item",
        "exchange_days": "7", "recovery_payments": "6", "rescheduling_days": "14",
        "restructuring_payments": "0", "approval_days": "30", "contracts_days": "",
    } | TEXTS  # fmt: skip


@pytest.mark.requirement("R10", "R29")
def test_a_program_is_written_in_both_languages(office: Client, typed: dict[str, Any]) -> None:
    assert office.post(address("program", "add"), typed).status_code == 302
    program = Program.objects.get()
    assert (program.name_en, program.name_es) == ("Weekly", "Semanal")
    assert program.frequencies == ["weekly", "monthly"]
    assert (program.approval_days, program.contracts_days) == (30, None)


@pytest.mark.requirement("R10", "R29")
@pytest.mark.parametrize("missing", list(TEXTS))
def test_a_program_needs_both_languages(
    missing: str, office: Client, typed: dict[str, Any]
) -> None:
    refused = office.post(address("program", "add"), typed | {missing: ""})
    assert admin_codes(refused) == {missing: ["required"]}
    assert not Program.objects.exists()


ENGLISH = "You pay every week for twelve months, and you may buy the product early at any time."


@pytest.mark.requirement("R10")
@pytest.mark.parametrize("field", ["terms_es", "exchange_terms_es"])
def test_terms_in_the_other_language_are_asked_about_once(
    field: str, office: Client, typed: dict[str, Any]
) -> None:
    typed |= {field: ENGLISH}
    asked = office.post(address("program", "add"), typed)
    assert admin_codes(asked) == {field: ["language_looks_other"]}
    assert not Program.objects.exists()
    key = asked.context["adminform"].form["asked"].value()
    assert f'name="asked" value="{key}"' in asked.content.decode()
    other = typed | {"asked": key, field: f"{ENGLISH} Really."}
    assert admin_codes(office.post(address("program", "add"), other)) == {
        field: ["language_looks_other"]
    }
    assert office.post(address("program", "add"), typed | {"asked": key}).status_code == 302
    program = Program.objects.get()
    assert getattr(program, field) == ENGLISH
    saved = office.get(address("program", "change", program.pk)).context["adminform"].form
    again = {name: saved[name].value() for name in saved.fields} | {"option_fee": "1"}
    kept = {name: value for name, value in again.items() if value is not None}
    answer = office.post(address("program", "change", program.pk), kept)
    assert answer.status_code == 302  # unchanged text isn't asked about


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("frequencies", [], "required"),
        ("frequencies", ["daily"], "invalid_choice"),
        ("discount_rate", "", "discount_rate"),
        ("discount_rate", "1.5", "max_value"),
        ("approval_days", "0", "min_value"),
        ("cost_factor", "0.5", "min_value"),
    ],
)
def test_what_makes_no_program(
    field: str, value: Any, code: str, office: Client, typed: dict[str, Any]
) -> None:
    refused = admin_codes(office.post(address("program", "add"), typed | {field: value}))
    assert refused[field] == [code]


def test_states_begin_with_what_is_known(db: None) -> None:
    """Checks rules the figures must follow, without repeating the figures."""
    rules = {rule.state: rule for rule in StateRule.objects.all()}
    assert rules.keys() == {"CA", "NY", "WV", "HI", "OH"}
    for state, rule in rules.items():
        assert rule.buyout_ceiling == state.lower()
        assert rule.source
    assert {s for s, rule in rules.items() if rule.late_fee_percent} == {"CA", "NY", "WV"}


@pytest.mark.requirement("R29")
def test_a_states_rule_needs_its_source(office: Client) -> None:
    typed = {
        "state": "tx", "buyout_ceiling": "", "late_fee_percent": "", "late_fee_of": "instalment",
        "late_fee_least_weekly": "0", "late_fee_least_longer": "0", "late_fee_most": "",
        "grace_days_weekly": "0", "grace_days_longer": "0", "source": "",
    }  # fmt: skip
    assert admin_codes(office.post(address("staterule", "add"), typed)) == {"source": ["required"]}
    typed["source"] = "Tex. Bus. & Com. Code ch. 92."
    assert office.post(address("staterule", "add"), typed).status_code == 302
    assert StateRule.objects.filter(state="TX").exists()


@pytest.mark.requirement("R23")
@pytest.mark.parametrize(
    ("wrong", "field", "code", "words"),
    [
        ({"state": "zz"}, "state", "state", "“ZZ” no es un estado de EE. UU."),
        ({"late_fee_percent": "500"}, "late_fee_percent", "max_value", ""),
        ({"late_fee_percent": "-1"}, "late_fee_percent", "min_value", ""),
        ({"late_fee_most": "-5"}, "late_fee_most", "min_value", ""),
        ({"late_fee_most": "0"}, "late_fee_most", "min_value", ""),
        ({"late_fee_least_weekly": "-2"}, "late_fee_least_weekly", "min_value", ""),
        (
            {"late_fee_least_longer": "6", "late_fee_most": "5"},
            "__all__", "minimum", "El cargo por mora mínimo no puede ser mayor que el máximo.",
        ),
        ({"grace_days_longer": "91"}, "grace_days_longer", "max_value", ""),
    ],
)  # fmt: skip
def test_a_states_figures_must_make_sense(
    office: Client, irene: User, wrong: dict[str, str], field: str, code: str, words: str
) -> None:
    typed = {
        "state": "pr", "buyout_ceiling": "", "late_fee_percent": "5", "late_fee_of": "instalment",
        "late_fee_least_weekly": "2", "late_fee_least_longer": "2", "late_fee_most": "5",
        "grace_days_weekly": "3", "grace_days_longer": "90", "source": "Ley de Puerto Rico.",
    }  # fmt: skip
    irene.language = "es"
    irene.save()
    refused = office.post(address("staterule", "add"), typed | wrong)
    assert admin_codes(refused) == {field: [code]}
    assert words in refused.content.decode()
    assert office.post(address("staterule", "add"), typed).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"state": "ZZ"}, "state_rule_of_a_state"),
        ({"late_fee_percent": 500}, "state_rule_percent_in_range"),
        ({"late_fee_percent": -1}, "state_rule_percent_in_range"),
        ({"late_fee_most": -5, "late_fee_least_weekly": 0}, "state_rule_maximum_above_zero"),
        ({"late_fee_least_longer": -1}, "state_rule_minimum_not_below_zero"),
        ({"late_fee_least_weekly": 6}, "state_rule_minimum_within_maximum"),
        ({"grace_days_weekly": 91}, "state_rule_grace_in_range"),
    ],
)
def test_the_database_holds_a_states_figures_too(
    db: None, wrong: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StateRule.objects.filter(state="CA").update(**wrong)


def test_stores_lie_in_states(office: Client, luna: Store) -> None:
    typed = {
        "merchant": luna.merchant_id, "name": "Luna", "code": "", "city": "San Juan",
        "state": "zz", "phone": "", "tax_rate": "0",
    }  # fmt: skip
    page = address("store", "change", luna.pk)
    assert admin_codes(office.post(page, typed)) == {"state": ["state"]}
    assert office.post(page, typed | {"state": "pr"}).status_code == 302
    assert Store.objects.get(pk=luna.pk).state == "PR"
    with pytest.raises(IntegrityError, match="store_in_a_state"), transaction.atomic():
        Store.objects.update(state="ZZ")


def test_what_is_wrong_with_a_store_is_said_in_spanish(
    irene: User, sign_in: SignIn, luna: Store
) -> None:
    irene.language = "es"
    irene.save(update_fields=["language"])
    Store.objects.update(code="001")
    typed = {
        "merchant": luna.merchant_id, "name": "Luna Austin", "code": "001", "city": "Austin",
        "state": "Texas", "phone": "", "tax_rate": "8.25",
    }  # fmt: skip
    page = sign_in(irene).post(address("store", "add"), typed).content.decode()
    assert "Use 2 caracteres como máximo. Ahora son 5." in page
    assert "Este comercio ya tiene una tienda con ese código." in page


def test_a_store_stays_with_its_merchant(office: Client, luna: Store) -> None:
    other = Merchant.objects.create(name="Casa Sol")
    typed = {
        "merchant": other.pk, "name": "Luna Centro", "code": "SA-1", "city": "San Antonio",
        "state": "TX", "phone": "", "tax_rate": "8.25",
    }  # fmt: skip
    assert office.post(address("store", "change", luna.pk), typed).status_code == 302
    store = Store.objects.get(pk=luna.pk)
    assert (store.merchant_id, store.name, store.code) == (luna.merchant_id, "Luna Centro", "SA-1")
    assert str(store.tax_rate) == "8.250"
    for wrong in ("-1", "30.001", ""):
        page = address("store", "change", luna.pk)
        assert "tax_rate" in admin_codes(office.post(page, typed | {"tax_rate": wrong}))


# --- keys and webhooks ----------------------------------------------------------------------------


def shown_secret(answer: Any) -> str:
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return re.findall(r'id="secret"[^>]*>([^<]+)<', answer.content.decode())[0]


def test_a_key_is_shown_once_and_revoked_after_a_question(
    office: Client, luna: Store, irene: User
) -> None:
    typed = {"merchant": luna.merchant_id, "store": luna.pk, "name": "Caja"}
    secret = shown_secret(office.post(address("apikey", "add"), typed))
    key = ApiKey.objects.get()
    assert secret.startswith(key.prefix + ".")
    assert (key.store, key.created_by) == (luna, irene)
    change = address("apikey", "change", key.pk)
    for page in (change, address("apikey"), address("apikey", "history", key.pk)):
        assert secret.split(".")[1] not in office.get(page).content.decode()
    assert office.post(change, {"name": "x"}).status_code == 403
    chosen = {"action": "revoke", "_selected_action": str(key.pk)}
    assert office.post(address("apikey"), chosen).status_code == 200
    key.refresh_from_db()
    assert key.revoked_at is None
    assert office.post(address("apikey"), chosen | {"confirmed": "yes"}).status_code == 302
    key.refresh_from_db()
    assert key.revoked_by == irene


def test_a_key_is_of_one_merchant(office: Client, luna: Store) -> None:
    other = Merchant.objects.create(name="Casa Sol")
    typed = {"merchant": other.pk, "store": luna.pk, "name": "Caja"}
    refused = office.post(address("apikey", "add"), typed)
    assert admin_codes(refused) == {"store": ["api_key_store"]}
    assert not ApiKey.objects.exists()


def test_a_webhooks_address_is_checked_and_its_secret_shown_once(
    office: Client, luna: Store, settings: Any
) -> None:
    typed = {"merchant": luna.merchant_id, "url": "https://127.0.0.1:8443/hooks"}
    refused = office.post(address("webhookendpoint", "add"), typed)
    assert admin_codes(refused) == {"url": ["url_address"]}
    settings.WEBHOOK_ALLOW_PRIVATE = True
    secret = shown_secret(office.post(address("webhookendpoint", "add"), typed))
    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.secret == secret
    change = address("webhookendpoint", "change", endpoint.pk)
    assert secret not in office.get(change).content.decode()
    assert office.post(change, {"url": typed["url"]}).status_code == 302  # not active anymore
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.secret) == (False, secret)
    again = office.post(address("webhookendpoint", "add"), typed)
    assert admin_codes(again) == {"__all__": ["unique_together"]}


def test_a_lost_secret_is_replaced_after_a_question(rows: Lease, office: Client) -> None:
    before = WebhookEndpoint.objects.get()
    chosen = {"action": "new_secret", "_selected_action": str(before.pk)}
    assert office.post(address("webhookendpoint"), chosen).status_code == 200
    assert WebhookEndpoint.objects.get().secret == before.secret
    shown = shown_secret(office.post(address("webhookendpoint"), chosen | {"confirmed": "yes"}))
    assert WebhookEndpoint.objects.get().secret == shown != before.secret


@pytest.mark.parametrize("count", [1, 3])
def test_messages_are_sent_again_after_a_question(
    count: int, rows: Lease, office: Client, now: datetime
) -> None:
    WebhookEndpoint.objects.update(is_active=True)
    first = WebhookDelivery.objects.get()
    for _ in range(count - 1):
        WebhookDelivery.objects.create(
            endpoint=first.endpoint, event=first.event, replay_of=first, next_attempt_at=now,
            created_at=now, state=DeliveryState.DELIVERED,
        )  # fmt: skip
    ids = [str(each.pk) for each in WebhookDelivery.objects.all()]
    chosen = {"action": "send_again", "_selected_action": ids}
    office.get(address("webhookdelivery"), chosen)  # no way to send anything
    question = office.post(address("webhookdelivery"), chosen)
    assert question.status_code == 200
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.PENDING)
    assert not waiting.exists()
    office.post(address("webhookdelivery"), chosen | {"confirmed": "yes"})
    assert {str(each.replay_of_id) for each in waiting} == set(ids)
    office.post(address("webhookdelivery"), chosen | {"confirmed": "yes"})
    assert waiting.count() == count


def test_at_most_a_hundred_are_sent_again(rows: Lease, office: Client, now: datetime) -> None:
    first = WebhookDelivery.objects.get()
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            endpoint=first.endpoint, event=first.event, replay_of=first, next_attempt_at=now,
            created_at=now, state=DeliveryState.DELIVERED,
        )
        for _ in range(100)
    )  # fmt: skip
    everything = {
        "action": "send_again", "_selected_action": [str(first.pk)], "select_across": "1",
        "index": "0", "confirmed": "yes",
    }  # fmt: skip
    assert office.post(address("webhookdelivery"), everything).status_code == 302
    assert not WebhookDelivery.objects.filter(state=DeliveryState.PENDING).exists()
