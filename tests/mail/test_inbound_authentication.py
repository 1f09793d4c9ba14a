"""Which server counts on who sent a mail: our own, its topmost header, read exactly."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.inbound.authentication import Verdict, verdict
from mail.inbound.head import read_head

MX = "mx.puente.example"
SENDER = "carla@example.com"
PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


def found(*lines: str, sender: str = SENDER, trusted: tuple[str, ...] = (MX,)) -> Verdict:
    raw = "".join(f"{line}\n" for line in lines) + "\n"
    return verdict(read_head(raw.encode()), sender, trusted=trusted)


def results(*values: str, **fields: str) -> Verdict:
    return found(*[f"Authentication-Results: {value}" for value in values], **fields)


@pytest.mark.parametrize(
    "value",
    [
        f"{MX}; dmarc=pass header.from=example.com",
        f"{MX}; dkim=pass header.d=example.com; spf=pass smtp.mailfrom=example.com;"
        " dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=example.com",
        f"{MX} 1; dmarc=pass header.from=example.com",
        f"{MX.upper()}; DMARC = Pass (policy=none) Header.From = EXAMPLE.com",
        f"(our server) {MX} (really) ; dmarc (x) = (y) pass (z) header.from (a)=(b) example.com",
        f'"{MX}"; dmarc=pass header.from="example.com"',
        f"{MX}; dmarc/1=pass header.from=example.com",
        f'{MX}; dmarc / 1 = pass reason="ok; dmarc=fail" header.from=example.com',
        f"{MX}; dmarc=pass header . from = example.com",
        f"{MX};dmarc=pass(p=none (nested \\) dmarc=fail) x)header.from=example.com",
        f"{MX}; dmarc=pass action=none header.from=example.com;compauth=pass reason=100",
        f"{MX}; dmarc=pass header.from=carla@example.com",
        f"{MX}; dkim=pass header.b=AbC=== header.d=x.example; dmarc=pass header.from=example.com",
        f"{MX}; spf=fail smtp.mailfrom=forwarder.example; dmarc=pass header.from=example.com",
    ],
)
def test_a_pass_for_the_senders_domain(value: str) -> None:
    assert results(value) is PASS
    assert results(value.replace(" ", "\n\t ")) is PASS  # folded


@pytest.mark.parametrize(
    "value",
    [
        f"{MX}; dmarc=fail header.from=example.com",
        f"{MX}; dmarc=(x) fail",
        f"{MX}; dmarc=(p=none (x)) fail (dis=none)",
        f"{MX} (c) ; (c) dmarc (c) = (c) FAIL",
        f"{MX}; dmarc\t=\tfail",
        f"{MX}; spf=pass; dmarc=fail; dmarc=pass header.from=example.com",
        f"{MX}; dkim=fail; spf=fail smtp.mailfrom=example.com",
        f"{MX}; spf=(x) hardfail; dmarc=none",
    ],
)
def test_a_fail_however_it_is_spelled(value: str) -> None:
    assert results(value) is FAIL


@pytest.mark.parametrize(
    "value",
    [
        "other.example; dmarc=pass header.from=example.com",
        "other.example; dmarc=fail header.from=example.com",
        f"evil.example ({MX}); dmarc=pass header.from=example.com",
        f"{MX}.evil.example; dmarc=pass header.from=example.com",
        f"evil.example {MX}; dmarc=pass header.from=example.com",
        f'evil.example; x="; {MX}; dmarc=pass header.from=example.com',
        "spf=pass smtp.mailfrom=x; dmarc=pass action=none header.from=example.com",  # whose?
        f"{MX}; none",
        f"{MX}",
        f"{MX}; dmarc=pass",
        f"{MX}; dmarc=pass header.from=evil.example",
        f"{MX}; dmarc=pass header.from=example.com.evil.example",
        f"{MX}; dmarc=pass header.from=evil.example; dmarc=pass header.from=example.com",
        f"{MX}; dmarc=pass (header.from=example.com)",
        f"{MX}; dmarc=passed header.from=example.com",
        f"{MX}; dmarc=none header.from=example.com",
        f"{MX}; dmarc=temperror header.from=example.com",
        f"{MX}; dmarc=bestguesspass header.from=example.com",
        f"{MX}; x-dmarc=pass header.from=example.com",
        f"{MX}; dmarc=pass header.from=example.com (",
        f'{MX}; dmarc=pass header.from="example.com',
        f"{MX}; (dmarc=pass header.from=example.com)",
        f'{MX}; reason="dmarc=pass header.from=example.com"',
        f"{MX}; dkim=pass header.d=example.com; spf=fail smtp.mailfrom=lists.example",
        f"{MX}; spf=softfail smtp.mailfrom=example.com",
        "",
        ";;;===",
    ],
)
def test_what_says_nothing(value: str) -> None:
    assert results(value) is UNKNOWN


def test_the_topmost_of_our_servers_counts() -> None:
    passed, failed = f"{MX}; dmarc=pass header.from=example.com", f"{MX}; dmarc=fail"
    nothing = f"{MX}; spf=pass"
    assert results(passed, failed) is PASS
    assert results(failed, passed) is FAIL
    assert results(nothing, passed) is UNKNOWN  # it came in with the mail
    assert results(f"{MX}; spf=pass smtp.mailfrom=a(b@evil.example", passed) is UNKNOWN
    assert results(f'{MX}; spf=pass smtp.helo="evil', passed) is UNKNOWN
    assert results("relay.example; dmarc=fail", passed) is PASS
    assert results("relay.example; dmarc=pass header.from=example.com", failed) is FAIL
    assert results(passed, trusted=()) is UNKNOWN
    assert results(passed, trusted=("mx2.puente.example", MX)) is PASS


def test_the_domain_is_that_of_the_one_sender() -> None:
    passed = f"{MX}; dmarc=pass header.from=xn--pea-8ma.example"
    assert results(passed, sender="carla@xn--pea-8ma.example") is PASS
    assert (
        results(f"{MX}; dmarc=pass header.from=peña.example", sender="a@xn--pea-8ma.example")
        is PASS
    )
    assert results(f"{MX}; dmarc=pass header.from=", sender="") is UNKNOWN
    assert results(passed, sender="") is UNKNOWN


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (f"fail (x) client-ip=192.0.2.1; envelope-from=carla@example.com; receiver={MX}", FAIL),
        (f"(x) Fail (mailfrom) identity=mailfrom; receiver = {MX.upper()} ; helo=x", FAIL),
        (f'hardfail receiver="{MX}"', FAIL),
        (f"pass receiver={MX}", UNKNOWN),
        (f"softfail receiver={MX}", UNKNOWN),
        ("fail receiver=other.example", UNKNOWN),
        ("fail (mx.puente.example: domain of x)", UNKNOWN),
        (f"pass (fail) receiver={MX}", UNKNOWN),
        (f"fail receiver={MX} (", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_what_spf_says_by_itself(value: str, expected: Verdict) -> None:
    assert found(f"Received-SPF: {value}") is expected
    passed = f"Authentication-Results: {MX}; dmarc=pass header.from=example.com"
    assert found(f"Received-SPF: {value}", passed) is PASS
    signed = f"Authentication-Results: {MX}; dkim=pass header.d=example.com"
    assert found(f"Received-SPF: {value}", signed) is UNKNOWN


PIECES = st.sampled_from(
    [MX, ";", "=", "dmarc", "pass", "fail", "(", ")", '"', "\\", " ", "header.from", ".", "/1",
     "\n ", "example.com", "spf", "Authentication-Results: ", "\nReceived-SPF: ", "receiver"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_header_is_read(value: str) -> None:
    assert isinstance(results(value.encode("utf-8", "replace").decode()), Verdict)


@pytest.mark.parametrize("piece", ["(", "()", "(\\", '"', '""', "=", ";", "a=", "a;"])
def test_monsters_are_read_in_a_moment(piece: str) -> None:
    began = time.process_time()
    found(*[f"Authentication-Results: {MX}; {piece * 2000}"] * 400)
    assert time.process_time() - began < 2
