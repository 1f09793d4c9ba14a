"""Numbers that must not be kept are told from numbers we need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from accounts.mask_watch import noted_all, watched
from accounts.masking import Secret, mask
from tests.patience import effort

CARDS = {
    "4111 1111 1111 1111": "•••• •••• •••• 1111",
    "4111-1111-1111-1111": "••••-••••-••••-1111",
    "4111111111111111": "••••••••••••1111",
    "4111.1111.1111.1111": "••••.••••.••••.1111",
    "4111\u00a01111\u00a01111\u00a01111": "••••\u00a0••••\u00a0••••\u00a01111",
    "5555 5555 5555 4444": "•••• •••• •••• 4444",
    "2223 0000 4841 0010": "•••• •••• •••• 0010",
    "3782 822463 10005": "•••• •••••• •0005",
    "6011 1111 1111 1117": "•••• •••• •••• 1117",
    "3056 930902 5904": "•••• •••••• 5904",
    "3530 1113 3330 0000": "•••• •••• •••• 0000",
    "6200 0000 0000 0005": "•••• •••• •••• 0005",
    "4111 1111\n1111 1111": "•••• ••••\n•••• 1111",
    "4111 1111\r\n> 1111 1111": "•••• ••••\r\n> •••• 1111",
    "4111 - 1111 - 1111 - 1111": "•••• - •••• - •••• - 1111",
    "4111\t1111\t1111\t1111": "••••\t••••\t••••\t1111",
    "4111\u200b1111\u200b1111\u200b1111": "••••\u200b••••\u200b••••\u200b1111",
    "４１１１ １１１１ １１１１ １１１１": "•••• •••• •••• 1111",
    "Visa4111111111111111": "Visa••••••••••••1111",
    "x12 4111 1111 1111 1111": "x12 •••• •••• •••• 1111",
    "4111 11111111 1111": "•••• •••••••• 1111",
    "41 11 11 11 11 11 11 11": "•• •• •• •• •• •• 11 11",
}
SSNS = {
    "123-45-6789": "•••-••-6789",
    "123 45 6789": "••• •• 6789",
    "123‑45‑6789": "•••‑••‑6789",
    "912-70-1234": "•••-••-1234",
    "SSN 123456789": "SSN •••••6789",
    "mi seguro social es 123456789": "mi seguro social es •••••6789",
    "My social is: 123456789": "My social is: •••••6789",
    "ITIN: 912701234": "ITIN: •••••1234",
    "123 - 45 - 6789": "••• - •• - 6789",
    "123-45-\n6789": "•••-••-\n6789",
    "123-45 6789": "•••-•• 6789",
    "123.45.6789": "•••.••.6789",
    "１２３-４５-６７８９": "•••-••-6789",
    "SSN123456789": "SSN•••••6789",
    "NSS: 123-456789": "NSS: •••-••6789",
}


@pytest.mark.parametrize(("typed", "kept"), CARDS.items())
def test_a_card_keeps_its_last_four(typed: str, kept: str) -> None:
    text = f"Pagué con la {typed}, y luego nada."
    assert mask(text) == (f"Pagué con la {kept}, y luego nada.", {Secret.CARD})


@pytest.mark.parametrize(("typed", "kept"), SSNS.items())
def test_a_social_security_number_keeps_its_last_four(typed: str, kept: str) -> None:
    assert mask(f"({typed})") == (f"({kept})", {Secret.SSN})


CODES = {
    "CVV 123": "CVV •••",
    "cvc: 1234": "cvc: ••••",
    "CVV2=123": "CVV2=•••",
    "CVV123": "CVV•••",
    "cvv\n123": "cvv\n•••",
    "cvv １２３": "cvv •••",
    "código de seguridad 123": "código de seguridad •••",
    "codigo de seguridad es el 123": "codigo de seguridad es el •••",
    "co\u0301digo de seguridad 123": "co\u0301digo de seguridad •••",
    "CÓDIGO DE SEGURIDAD (3 dígitos): 123": "CÓDIGO DE SEGURIDAD (3 dígitos): •••",
    "Cód. seg. 123": "Cód. seg. •••",
    "los dígitos de atrás: 1 2 3": "los dígitos de atrás: • • •",
    "my security code is 123": "my security code is •••",
    "security code on the card: 1234": "security code on the card: ••••",
    "the code on the back is 123": "the code on the back is •••",
    "card verification value 123": "card verification value •••",
    "123 is the CVV": "••• is the CVV",
    "123 (CVV)": "••• (CVV)",
    "paid 120, CVV 123": "paid 120, CVV •••",
    "CVV 123, phone 210-555-0134": "CVV •••, phone 210-555-0134",
}
CARD, HIDDEN = "4111 1111 1111 1111", "•••• •••• •••• 1111"
BESIDE_A_CARD = {
    f"{CARD} vence 04/29": f"{HIDDEN} vence ••/••",
    f"{CARD} exp 04/2029": f"{HIDDEN} exp ••/••••",
    f"{CARD}, exp. 4/29, CVV: 123": f"{HIDDEN}, exp. •/••, CVV: •••",
    f"{CARD} 04/29 123": f"{HIDDEN} ••/•• •••",
    f"{CARD} 123 04/29": f"{HIDDEN} ••• ••/••",
    f"{CARD} 04 29 123": f"{HIDDEN} •• •• •••",
    f"{CARD} 0429 123": f"{HIDDEN} •••• •••",
    f"{CARD}\n04/29\n123": f"{HIDDEN}\n••/••\n•••",
    f"{CARD} 123": f"{HIDDEN} •••",
    f"{CARD} 123 y nada más": f"{HIDDEN} ••• y nada más",
    "3782 822463 10005 1234": "•••• •••••• •0005 ••••",
    "4111111111111111exp12/27": "••••••••••••1111exp••/••",
    f"{CARD}. Vence en abril de 2029, código 123": f"{HIDDEN}. Vence en abril de ••••, código •••",
    f"{CARD} expires April 2029": f"{HIDDEN} expires April ••••",
    f"{CARD} valid thru 2029-04": f"{HIDDEN} valid thru ••••-••",
    f"04/29 CVV 123, {CARD}": f"••/•• CVV •••, {HIDDEN}",
    f"fecha de vencimiento: 04-29; {CARD}": f"fecha de vencimiento: ••-••; {HIDDEN}",
    f"exp 04/29 123, {CARD}": f"exp ••/•• •••, {HIDDEN}",
    f"{CARD}, PIN 1234": f"{HIDDEN}, PIN ••••",
}


@pytest.mark.parametrize(("typed", "kept"), CODES.items())
def test_nothing_of_a_security_code_is_kept(typed: str, kept: str) -> None:
    assert mask(f"Dijo: {typed}.") == (f"Dijo: {kept}.", {Secret.CODE})


@pytest.mark.parametrize(("typed", "kept"), BESIDE_A_CARD.items())
def test_beside_a_card_neither_its_date_nor_its_code_is_kept(typed: str, kept: str) -> None:
    masked = mask(typed)
    assert masked.text == kept
    assert masked.found > {Secret.CARD}


@pytest.mark.parametrize(
    "after",
    [
        "210 555 0134", "(210) 555-0134", "$120.00", "120.50", "120 dólares", "12 pagos",
        "123 Main St", "y pagó el 11/28", "11/30/2026", "30/11/2026", "caso 260 001 233",
        "260 001 233", "104477312", "area code 210", "10:30", "a las 3:15", "2026-11-30",
        "pagó 250 por 12 meses",
    ],
)  # fmt: skip
def test_beside_a_card_other_numbers_stay(after: str) -> None:
    assert mask(f"{CARD} {after}") == (f"{HIDDEN} {after}", {Secret.CARD})


def test_no_code_becomes_the_end_of_a_longer_card_number() -> None:
    """Sixteen digits and three more may have the check digit of nineteen."""
    for code in range(1000):
        assert mask(f"{CARD} {code:03d}").text == f"{HIDDEN} •••"


PIECES = st.sampled_from(
    [CARD, "3782 822463 10005", "CVV", "código", "de seguridad", "exp", "vence", "is", "(", ")",
     ",", "123", "1234", "04/29", "04 29", "0429", "abril", "$", "\n", ".", "210-555-0134", "•••",
     "2029", "1 2 3", "260 001 233", "123-45-6789"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=9).map(" ".join))
def test_what_is_beside_a_card_is_masked_once_and_for_all(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text
    assert len(once.text) == len(text)


@given(
    st.sampled_from(["CVV", "cvc", "código de seguridad", "security code"]),
    st.sampled_from([" ", ": ", " es ", " is ", "=", " – ", "\n"]),
    st.integers(0, 9999),
    st.text(alphabet="abc ñ\n.", max_size=20),
)
def test_no_named_code_gets_through(name: str, between: str, code: int, after: str) -> None:
    digits = f"{code:03d}"
    assert digits not in mask(f"{name}{between}{digits} {after}").text


@pytest.mark.parametrize("around", ["{} 123", "0 {} 12", "{} 04 29", "260 001 233 {}", "{} {}"])
@pytest.mark.parametrize("card", ["4111111111111111", "4111 1111 1111 1111", "3782 822463 10005"])
def test_other_numbers_beside_it_hide_no_card(around: str, card: str) -> None:
    assert card not in mask(around.replace("{}", card)).text


def test_both_in_one_text_and_twice() -> None:
    found = mask("4111111111111111, 123-45-6789; 5555555555554444")
    assert found == ("••••••••••••1111, •••-••-6789; ••••••••••••4444", {Secret.CARD, Secret.SSN})


@pytest.mark.parametrize(
    "text",
    [
        "Caso 260 001 233", "260001233", "cuenta 104477312", "(210) 555-0134", "+1 210 555 0134",
        "4111 1111 1111 1112",  # its check digit is wrong
        "1234567812345670",  # right, but of no brand
        "9400 1000 0000 0000 0000 00",  # a tracking number
        "1Z 999 AA1 01 2345 6784", "000-12-3456", "666-12-3456", "123-00-4567", "123-45-0000",
        "$1,234.56 el 4/3/2026", "ZIP 78201-1234", "ref4111111111111111x",
        "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "social media 12 posts", "",
        "Paid $120.50 2026-11-20", "pagó 150.11 2026", "the 150 11-2026 one",
        "Social Security office in San Antonio 78201-1234",
        "vence 04/29", "expires 04/2029", "El pago vence 11/30", "exp. 12/26", "code 1234",
        "PIN 1234",
        "no dio el CVV. Llamó al 210-555-0134", "your security code 123456", "CVV: $150.00",
        "CVV 150.00",
        "CVV 2026-11-20", "CVV (210) 555-0134", "security code 210 555 0134", "120 pagos de 45.50",
        "paid 120 (no CVV)", "El cvv no llegó y pagó 150",
    ],
)  # fmt: skip
def test_what_is_needed_stays(text: str) -> None:
    assert mask(text) == (text, frozenset())


@pytest.mark.parametrize(
    "line",
    [
        "45.{0:02d} 45.{0:02d} 45.{0:02d} 45.{0:02d}",  # four payments
        "375 375 375 375 3{0:02d}",
        "305-555-01{0:02d} 2026", "504 555 01{0:02d} 2026-11-20", "305 555 01{0:02d} 1234",
        "504477{0:02d}2 504477{0:02d}3",  # two accounts
        "9205 5{0:02d}1 5105 1051 0510 51",  # a tracking number
        "45{0:02d}\n46{0:02d}\n4800\n4900",  # a column of figures
        "500 001 2{0:02d} 260 001 233", "ref41111111111111{0:02d}", "1Z51051051051051{0:02d}",
    ],
)  # fmt: skip
def test_no_check_digit_makes_a_card_of_other_numbers(line: str) -> None:
    """One number in ten has the right check digit."""
    lines = [line.format(number) for number in range(100)]
    assert [each for each in lines if mask(each).found] == []


@pytest.mark.parametrize(
    "piece",
    ["4", "4 ", "4111 ", "4111\n", "4111\n>  ", "4111111111111111 ", "4111111111111112 ",
     "123-45-6789 ", "ssn 123456789 ", "s.", "social ", "４１１１ ", "123456789 ",
     "cvv ", "cvv 1", "cvv 123 ", "código de ", "exp ", "exp 04/29 ", "123 is the ",
     "code (3 digits) ",
     "cvv is the code of my card ", "04/29 ", "abril de ", "•••• 04/"],
)  # fmt: skip
def test_monsters_are_masked_in_a_moment(piece: str) -> None:
    text = "4111 1111 1111 1111 " + piece * (200_000 // len(piece))
    began = effort()
    assert mask(text).found
    assert effort() - began < 30  # reading the text again at each piece would take hours


@given(st.text(max_size=80), st.integers(10**14, 10**15 - 1), st.text(max_size=80))
def test_no_visa_card_gets_through(before: str, number: int, after: str) -> None:
    digits = f"4{number % 10**14:014d}"
    card = digits + luhn.calc_check_digit(digits)
    assert card not in mask(f"{before} {card} {after}").text


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once
    assert len(once) == len(text)


def test_every_text_of_a_json_value() -> None:
    typed = {"summary": "4111111111111111", "more": ["123-45-6789", 5, None, {"a": "b"}]}
    with watched() as found:
        kept = noted_all(typed)
    assert kept == {"summary": "••••••••••••1111", "more": ["•••-••-6789", 5, None, {"a": "b"}]}
    assert found == {Secret.CARD, Secret.SSN}
