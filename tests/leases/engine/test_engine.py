"""The decision engine: another system over HTTP, a sandbox without one, nothing in production."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from leases.engine import Application, Decision, EngineDown, decide_application
from leases.enums import LeaseStatus as S
from tests.engine_server import Engine, engine_at_work

CARLA = Application(
    name="Carla Peña",
    email="carla@example.com",
    phone="+12105550134",
    language="es",
    merchant="Mueblería Luna",
    store="Luna San Antonio",
    state="TX",
)
APPROVED = Decision(S.APPROVED, Decimal("900.5"))


@pytest.fixture
def engine(settings: Any) -> Iterator[Engine]:
    with engine_at_work(settings) as started:
        yield started


def test_it_is_asked_with_the_application_and_its_answer_taken(engine: Engine) -> None:
    data = {"monthlyIncome": "2500.00"}
    found = decide_application(CARLA._replace(account_number="104477312", data=data))
    assert found == Decision(S.APPROVED, Decimal("1200.00"))
    [(told, token)] = engine.asked
    assert token == "Bearer secret"
    assert (told["name"], told["accountNumber"], told["data"]) == ("Carla Peña", "104477312", data)


@pytest.mark.parametrize(
    ("answer", "decision"),
    [
        (b'{"approvalStatus": "denied"}', Decision(S.DENIED)),
        (b'{"approvalStatus": "prequalified", "approvalLimit": null}', Decision(S.PREQUALIFIED)),
        (b'{"approvalStatus": "approved", "approvalLimit": 900.5}', APPROVED),
    ],
)  # fmt: skip
def test_other_answers(engine: Engine, answer: bytes, decision: Decision) -> None:
    engine.answer = answer
    assert decide_application(CARLA) == decision


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"<html>", b"[]", b'"approved"', b"\xff", b'{"approvalStatus": "maybe"}',
        b'{"approvalStatus": "pending"}', b'{"approvalStatus": "funded"}',
        b'{"approvalStatus": []}',
        b'{"approvalStatus": "approved"}', b'{"approvalStatus": "denied", "approvalLimit": "5"}',
        b'{"approvalStatus": "approved", "approvalLimit": "-5"}',
        b'{"approvalStatus": "approved", "approvalLimit": "9.999"}',
        b'{"approvalStatus": "approved", "approvalLimit": "1e99"}',
        b'{"approvalStatus": "approved", "approvalLimit": NaN}',
        b'{"approvalStatus": "approved", "approvalLimit": true}',
        b'{"approvalStatus": "approved", "approvalLimit": {}}',
        b"[" * 60_000, b"[" * 100_000,
    ],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_is_none(engine: Engine, answer: bytes) -> None:
    engine.answer = answer
    with pytest.raises(EngineDown):
        decide_application(CARLA)


@pytest.mark.parametrize("status", [201, 302, 401, 500, 503])
def test_only_200_is_an_answer(engine: Engine, status: int) -> None:
    engine.status = status
    with pytest.raises(EngineDown):
        decide_application(CARLA)


def test_it_is_not_waited_for_longer_than_agreed(engine: Engine, settings: Any) -> None:
    # for an answer that never comes: slowness changes nothing
    settings.DECISION_ENGINE_TIMEOUT = 0.2
    engine.go_on.clear()
    with pytest.raises(EngineDown, match="TimeoutError"):
        decide_application(CARLA)


def test_nobody_there_is_down(engine: Engine, settings: Any) -> None:
    engine.server.server_close()
    with pytest.raises(EngineDown):
        decide_application(CARLA)


@pytest.mark.parametrize(
    ("email", "first", "with_data"),
    [
        ("carla@example.com", S.APPROVED, S.APPROVED),
        ("carla+denied@example.com", S.DENIED, S.APPROVED),
        ("carla+preapproved@example.com", S.PRE_APPROVED, S.APPROVED),
        ("carla+prequalified-denied@example.com", S.PREQUALIFIED, S.DENIED),
        ("carla+prequalified-preapproved@example.com", S.PREQUALIFIED, S.PRE_APPROVED),
    ],
)
def test_the_sandbox_answers_by_the_address(email: str, first: S, with_data: S) -> None:
    applied = CARLA._replace(email=email)
    assert decide_application(applied).status == first
    assert decide_application(applied._replace(data={"income": "1"})).status == with_data


def test_the_sandbox_can_be_down_and_production_has_none(settings: Any) -> None:
    with pytest.raises(EngineDown):
        decide_application(CARLA._replace(email="carla+down@example.com"))
    settings.PRODUCTION = True
    with pytest.raises(EngineDown, match="DECISION_ENGINE_URL"):
        decide_application(CARLA)
