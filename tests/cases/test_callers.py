"""Who is on the line, what they may be told, and whether they are who they say."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.keyed_digests import keyed_digest, matches
from accounts.models import User
from cases import actions
from cases.callers import Checked, may_be_told
from cases.enums import CallerRelation
from cases.models import CallDraft, Case, Verification
from cases.queries.verifications import verification_state, verified_today
from leases import actions as lease_actions
from leases.models import Customer, Lease, SsnDigest
from leases.queries.ssn_digits import has_ssn_digits
from tests.pages import text
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


@pytest.fixture
def verify(lease: Lease, draft: CallDraft, ana: User, now: datetime) -> Callable[..., Verification]:
    def verified(**fields: Any) -> Verification:
        values: dict[str, Any] = {
            "lease": lease, "draft": draft, "factors": ["phone", "email"], "is_right": True,
            "by": ana, "now": now,
        }  # fmt: skip
        return actions.verify_caller(**values | fields)

    return verified


@pytest.mark.requirement("R73")
@pytest.mark.parametrize("language", ["es", "en"])
def test_each_is_told_something_of_their_own(language: str) -> None:
    with translation.override(language):
        unchecked = {str(may_be_told(each, Checked.NOT_YET)) for each in CallerRelation}
    assert len(unchecked) == len(CallerRelation)


@pytest.mark.requirement("R73")
def test_nothing_checked_opens_the_account_to_a_stranger() -> None:
    for relation in (CallerRelation.STORE, CallerRelation.ATTORNEY, CallerRelation.OTHER):
        assert len({str(may_be_told(relation, each)) for each in Checked}) == 1
    for relation in CallerRelation:
        assert "everything" not in str(may_be_told(relation, Checked.FAILED))
    assert "everything" in str(may_be_told(CallerRelation.CUSTOMER, Checked.PASSED))


@pytest.mark.requirement("R73")
def test_the_timeline_says_who_called(open_case: Callable[..., Case], ben: User) -> None:
    case = open_case(caller=actions.Caller(relation="attorney", name="Luis  Vera"))
    assert case.entries.get(event="caller_named").params == {
        "relation": "attorney", "name": "Luis Vera",
    }  # fmt: skip
    assert not case.entries.get(event="caller_named").is_public
    assert not open_case().entries.filter(event="caller_named").exists()


@pytest.mark.requirement("R73")
@pytest.mark.parametrize(
    ("caller", "code"),
    [
        ({"relation": "king", "name": "Luis"}, "caller_relation"),
        ({"relation": "store", "name": " "}, "caller_name"),
        ({"relation": "store", "name": "x" * 121}, "caller_name_long"),
    ],
)
def test_a_caller_who_is_not_clear_is_asked_about(
    open_case: Callable[..., Case], caller: dict[str, str], code: str
) -> None:
    assert refusal(lambda: open_case(caller=actions.Caller(**caller))) == code
    assert not Case.objects.exists()


@pytest.mark.requirement("R16", "R73")
def test_a_verification_is_in_the_timeline_once_the_call_has_a_case(
    verify: Callable[..., Verification], draft: CallDraft, lease: Lease, ana: User, now: datetime
) -> None:
    verify(now=now - timedelta(minutes=2))
    verify(is_right=False, factors=["name"])
    call = actions.Call(lease=lease, kind="other", channel="phone", language="es", summary="Hola")
    case = actions.open_case(draft=draft, call=call, by=ana, now=now)
    told = case.entries.filter(event="caller_verified").order_by("at")
    assert [each.params for each in told] == [
        {"factors": ["phone", "email"], "passed": True},
        {"factors": ["name"], "passed": False},
    ]
    assert told[0].at == now - timedelta(minutes=2)
    verify(draft=None, case=case)
    assert case.entries.filter(event="caller_verified").count() == 3


@pytest.mark.requirement("R73")
def test_one_answer_is_not_enough_to_pass(verify: Callable[..., Verification]) -> None:
    assert refusal(lambda: verify(factors=["phone"])) == "verification_factors"
    assert refusal(lambda: verify(factors=["phone", "shoe size"])) == "verification_factors"
    assert refusal(lambda: verify(factors=[], is_right=False)) == "verification_nothing"
    assert verify(factors=["phone"], is_right=False).passed is False


@pytest.mark.requirement("R16", "R73")
@pytest.mark.parametrize("relation", ["attorney", "store", "other", "king"])
def test_no_one_else_is_verified_in_the_customers_name(
    verify: Callable[..., Verification],
    draft: CallDraft,
    lease: Lease,
    ana: User,
    relation: str,
    sign_in: Callable[..., Client],
) -> None:
    assert refusal(lambda: verify(relation=relation)) == "verification_other"
    typed = {
        "relation": relation, "caller_name": "Luis Vera", "lease": lease.account_number,
        "factors": ["phone", "email"], "verify": "right",
    }  # fmt: skip
    page = sign_in(ana).post(reverse("call", args=[draft.number]), typed)
    assert page.status_code == 422
    codes = page.context["verifying"].errors.as_data()["__all__"]
    assert [each.code for each in codes] == ["verification_other"]
    assert not Verification.objects.exists()


@pytest.mark.requirement("R73")
def test_the_email_on_record_stands_beside_its_question(
    draft: CallDraft, lease: Lease, ana: User, sign_in: Callable[..., Client]
) -> None:
    def asked() -> dict[str, str]:
        page = sign_in(ana).post(
            reverse("call", args=[draft.number]), {"lease": lease.account_number, "choose": "1"}
        )
        return dict(page.context["verifying"].fields["factors"].choices)

    assert asked()["email"].endswith(": carla@example.com")
    Customer.objects.filter(pk=lease.customer_id).update(email="")
    assert "email" not in asked()  # there is nothing to compare with


@pytest.mark.requirement("R73")
def test_today_it_counts_for_all_of_their_leases(
    verify: Callable[..., Verification],
    make_lease: Callable[..., Lease],
    lease: Lease,
    dans_lease: Lease,
    ana: User,
    mateo: User,
    now: datetime,
    django_assert_num_queries: Any,
) -> None:
    other = make_lease(lease.customer, "300112233")
    with django_assert_num_queries(1):
        assert verified_today([lease, other, dans_lease], user=ana, now=now) == {}
    done = verify()
    found = verified_today([other, dans_lease], user=ana, now=now)
    assert found == {lease.customer_id: done}
    assert verification_state(found[lease.customer_id]) is Checked.PASSED
    failed = verify(is_right=False, now=now + timedelta(minutes=1))
    later = now + timedelta(minutes=2)
    assert verified_today([other], user=ana, now=later) == {lease.customer_id: failed}
    assert verified_today([lease], user=mateo, now=later) == {}
    assert verified_today([lease], user=ana, now=now + timedelta(days=1)) == {}


@pytest.mark.requirement("R16")
def test_the_digits_are_compared_and_stored_nowhere(
    verify: Callable[..., Verification], lease: Lease, now: datetime, capsys: Any
) -> None:
    assert lease_actions.keep_ssn_digits(lease=lease, data={"ssn": "078-05-1120"})
    assert verify(ssn="1120").passed
    wrong = verify(ssn="0000", now=now + timedelta(minutes=1))
    assert (wrong.passed, wrong.factors) == (False, ["phone", "email", "ssn"])
    call_command("dumpdata", "leases.ssndigest", "cases.verification", "accounts.ratelimit")
    assert "1120" not in capsys.readouterr().out


@pytest.mark.requirement("R16")
def test_the_digits_open_nothing_alone(verify: Callable[..., Verification], lease: Lease) -> None:
    lease_actions.keep_ssn_digits(lease=lease, data={"ssnLast4": "1120"})
    assert refusal(lambda: verify(factors=[], ssn="1120")) == "verification_factors"


@pytest.mark.requirement("R16")
def test_only_where_the_application_asked_for_them(
    verify: Callable[..., Verification], lease: Lease
) -> None:
    assert refusal(lambda: verify(ssn="1120")) == "ssn_not_asked"
    assert not lease_actions.keep_ssn_digits(lease=lease, data={"monthlyIncome": "3200"})
    assert not lease_actions.keep_ssn_digits(lease=lease, data={"ssn": "12"})
    lease_actions.keep_ssn_digits(lease=lease, data={"ssnLast4": "1120"})
    for typed in ("112", "11200", "١١٢٠", "abcd"):
        assert refusal(lambda typed=typed: verify(ssn=typed)) == "ssn_digits"  # type: ignore[misc]
    assert not Verification.objects.exists()


@pytest.mark.requirement("R16")
def test_guesses_are_limited_for_each_lease(
    verify: Callable[..., Verification], lease: Lease, dans_lease: Lease, ben: User, now: datetime
) -> None:
    for each in (lease, dans_lease):
        lease_actions.keep_ssn_digits(lease=each, data={"ssnLast4": "1120"})
    for guess in range(5):
        assert not verify(ssn=f"000{guess}").passed
    assert refusal(lambda: verify(ssn="1120", by=ben)) == "ssn_too_many"
    assert Verification.objects.count() == 5
    assert verify(lease=dans_lease, ssn="1120").passed
    assert verify(ssn="1120", now=now + timedelta(minutes=11)).passed


@pytest.mark.requirement("R16")
def test_a_digest_is_bound_to_its_key_and_its_lease(
    lease: Lease, dans_lease: Lease, settings: Any
) -> None:
    digest = keyed_digest("1120", row="ssn:1")
    assert matches("1120", digest, row="ssn:1")
    assert not matches("1121", digest, row="ssn:1")
    assert not matches("1120", digest, row="ssn:2")
    assert not matches("1120", "1120", row="ssn:1")
    settings.ENCRYPTION_KEYS = {"new": b"n" * 32} | settings.ENCRYPTION_KEYS
    assert matches("1120", digest, row="ssn:1")
    assert keyed_digest("1120", row="ssn:1").startswith("hmac:new:")
    settings.ENCRYPTION_KEYS = {"new": b"n" * 32}
    assert not matches("1120", digest, row="ssn:1")


def test_only_who_works_cases_and_in_a_call(
    verify: Callable[..., Verification], draft: CallDraft, ana: User, mateo: User, carla: Customer,
    now: datetime,
) -> None:  # fmt: skip
    for fields in ({"by": mateo}, {"by": carla.user}, {"draft": None}):
        with pytest.raises(PermissionDenied):
            verify(**fields)
    actions.discard_call(draft=draft, reason="Número equivocado.", by=ana, now=now)
    assert refusal(verify) == "call_discarded"


def test_the_record_of_it_stays(verify: Callable[..., Verification]) -> None:
    verify(is_right=False)
    for change in (
        "UPDATE cases_verification SET passed = true", "DELETE FROM cases_verification",
    ):  # fmt: skip
        with (
            pytest.raises(DatabaseError, match="pgtrigger"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


@pytest.mark.requirement("R16", "R73")
def test_on_the_page_nothing_typed_is_lost_and_the_digits_are_not_kept(
    draft: CallDraft, lease: Lease, ben: User, now: datetime, sign_in: Callable[..., Client]
) -> None:
    lease_actions.keep_ssn_digits(lease=lease, data={"ssnLast4": "1120"})
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    typed = {
        "language": "es", "channel": "phone", "visibility": "internal", "relation": "authorized",
        "caller_name": "Luis Vera", "contract": lease.account_number,
        "lease": lease.account_number, "summary": "Pregunta por el saldo.",
        "factors": ["phone", "email"], "ssn_last4": "0000", "verify": "right",
    }  # fmt: skip
    page = client.post(address, typed)
    assert "not verified" in text(page)
    assert "Pregunta por el saldo." in text(page)
    assert 'value="0000"' not in text(page)
    draft.refresh_from_db()
    assert draft.typed["caller_name"] == "Luis Vera"
    assert "0000" not in json.dumps(draft.typed)
    passed = client.post(address, typed | {"ssn_last4": "1120"}, headers={"HX-Request": "true"})
    assert "verified today" in text(passed)
    assert "Only what the authorization covers." in text(passed)
    another = actions.start_call(by=ben, now=now)
    looked_up = client.post(
        reverse("call", args=[another.number]), {"lease": lease.account_number, "choose": "1"}
    )
    assert "verified in an earlier call" in text(looked_up)
    told = dict(looked_up.context["told"])
    assert all(told[each] == may_be_told(each, Checked.NOT_YET) for each in CallerRelation.values)
    refused = client.post(address, typed | {"factors": ["phone"], "ssn_last4": ""})
    assert refused.status_code == 422
    codes = refused.context["verifying"].errors.as_data()["factors"]
    assert [each.code for each in codes] == ["verification_factors"]
    sent = typed | {"kind": "other", "relation": "authorized"}
    del sent["verify"]
    client.post(address, sent | {"asked": ""})
    case = Case.objects.get()
    assert case.entries.get(event="caller_named").params["name"] == "Luis Vera"
    assert "Caller: Luis Vera (Authorized person)" in text(
        client.get(reverse("case", args=[case.number]))
    )


@pytest.mark.requirement("R16")
def test_an_application_that_asks_for_it_keeps_a_digest(lease: Lease, now: datetime) -> None:
    lease_actions.keep_ssn_digits(lease=lease, data={"ssn": "078051120"})
    kept = SsnDigest.objects.get()
    assert kept.digest.startswith("hmac:")
    lease_actions.keep_ssn_digits(lease=lease, data={"ssn": "078051121"})
    assert SsnDigest.objects.get().digest != kept.digest


@pytest.mark.requirement("R13")
def test_beside_a_call_the_newest_leases_are_listed_and_that_there_are_more(
    draft: CallDraft,
    make_lease: Callable[..., Lease],
    lease: Lease,
    ben: User,
    sign_in: Callable[..., Client],
) -> None:
    client, address = sign_in(ben), reverse("call", args=[draft.number])
    few = client.post(address, {"contract": lease.customer.name, "find": "1"})
    assert "Only the first" not in text(few)
    for number in range(300112230, 300112243):
        make_lease(lease.customer, str(number))
    many = client.post(address, {"contract": lease.customer.name, "find": "1"})
    assert len(many.context["found"]) == 12
    assert "Only the first 12 are shown." in text(many)


@pytest.mark.requirement("R16")
def test_a_digest_whose_key_is_gone_is_not_asked_for(lease: Lease, settings: Any) -> None:
    lease_actions.keep_ssn_digits(lease=lease, data={"ssnLast4": "", "ssn": "078051120"})
    assert has_ssn_digits(lease)
    settings.ENCRYPTION_KEYS = {"another": b"0" * 32}
    assert not has_ssn_digits(lease)


@pytest.mark.requirement("R47", "R73")
def test_a_caller_verified_while_the_call_is_being_saved_is_in_its_case(
    draft: CallDraft, verify: Callable[..., Verification], lease: Lease, ana: User, now: datetime
) -> None:
    call = actions.Call(lease=lease, kind="other", channel="phone", language="es", summary="Hola.")
    case = actions.open_case(draft=draft, call=call, by=ana, now=now)
    verify()
    assert case.entries.filter(event="caller_verified").count() == 1
