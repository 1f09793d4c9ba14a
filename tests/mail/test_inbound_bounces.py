"""What servers report: it failed, for now or for good, and whether the address exists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.inbound.letter import read_letter
from mail.inbound.reports import Report, report

TO = "carla@example.com"


def dsn(*lines: str, words: str = "Your message could not be delivered.") -> bytes:
    return "\n".join(
        [
            "From: MAILER-DAEMON@mx.example",
            "Content-Type: multipart/report; boundary=b1; report-type=delivery-status",
            "", "--b1", "Content-Type: text/plain; charset=utf-8", "", words,
            "--b1", "Content-Type: message/delivery-status", "",
            "Reporting-MTA: dns; mx.example", "", *lines, "", "--b1--", "",
        ]
    ).encode()  # fmt: skip


def reported(raw: bytes) -> Report | None:
    found = read_letter(raw)
    return report(found.body, words=found.text, to=TO)


def failed(said: str, *, status: str = "5.0.0", action: str = "failed") -> Report:
    found = reported(
        dsn(f"Final-Recipient: rfc822; {TO}", f"Action: {action}", f"Status: {status}",
            f"Diagnostic-Code: smtp; {said}")
    )  # fmt: skip
    assert found
    return found


NOBODY = [
    "550 User unknown",
    "550 5.5.0 Requested action not taken: mailbox unavailable",
    "550 No such user here",
    "550 <carla@example.com>: No such recipient",
    "553 sorry, no mailbox here by that name. (#5.7.17)",
    "550 Mailbox not found",
    "550 The email account that you tried to reach does not exist",
    "550 The email account that you tried to reach is disabled",
    "554 delivery error: dd This user doesn't have a yahoo.com account (carla@example.com) [0]",
    "554 delivery error: This account has been disabled or discontinued [#102]",
    "550 Invalid recipient carla@example.com",
    "550 5.7.1 Unknown user",
    "550-5.7.1 Recipient address rejected: User unknown in virtual mailbox table",
    "550 #5.1.0 Address rejected.",
    "550 user not listed in public Name & Address Book",
    "550 RESOLVER.ADR.RecipNotFound; not found",
    "550 unknown or illegal user: carla@example.com",
    "553 5.3.0 <carla@example.com>... Addressee unknown",
    "550 Recipient is not found",
    "551 not our customer",
    "525 5.7.13 Disabled recipient address",
    "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"
    " [BN8NAM11FT.eop-nam11.prod.protection.outlook.com]",
    "550 This mailbox is no longer in use",
    "550 account has been deactivated",
    "550 El usuario no existe",
    "550 Destinatario desconocido",
    "550 La cuenta de correo no existe en este servidor",
    "550 Usuario inexistente",
    "550 Buzón no encontrado",
    "550 Dirección de destinatario inválida",
]


@pytest.mark.parametrize("said", NOBODY)
def test_a_server_that_plainly_says_there_is_nobody(said: str) -> None:
    found = failed(said)
    assert (found.is_final, found.names_the_address) == (True, True)
    assert not failed(said, status="4.0.0").names_the_address


@pytest.mark.parametrize("status", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"])
def test_a_code_says_so_too(status: str) -> None:
    assert failed("550 refused", status=status).names_the_address
    assert failed(f"550 {status} refused").names_the_address


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("5.0.0", "552 Mailbox full"),
        ("5.0.0", "550 5.2.2 User unknown: mailbox full"),
        ("5.2.2", "552 The recipient's inbox is out of storage space and inactive"),
        ("5.0.0", "550 El buzón del usuario está lleno"),
        ("5.0.0", "550 Sender address rejected: User unknown in virtual alias table"),
        ("5.0.0", "550 5.1.8 Domain of sender address support@puente.example does not exist"),
        ("5.7.1", "550 5.7.1 IP address blacklisted by recipient"),
        ("5.1.3", "553 http://www.spamhaus.example/query/bl?ip=192.0.2.222"),
        ("5.2.1", "550-5.2.1 The user you are trying to contact is receiving mail at a rate that"
                  " 550-5.2.1 prevents additional messages. For more 550-5.2.1 information, visit"),
        ("5.7.25", "550 The IP address sending this message does not have a PTR record"),
        ("5.0.0", "5.1.0 - Unknown address error 550-'5.7.1 <x@y.example>... Access denied'"),
        ("5.0.0", "5.1.0 - Unknown address error 550-'5.2.2 <x@y.example>... Mailbox Full'"),
        ("5.0.0", "554 Message rejected: Email address is not verified"),
        ("5.0.0", "450 4.1.1 User unknown in virtual alias table"),
        ("5.4.4", "550 Host or domain name not found"),
        ("5.7.1", "550 Message content rejected"),
        ("5.0.0", "554 User unknown-nobody@: blocked using a black list"),
        ("5.0.0", "550 Protocol violation"),
    ],
)  # fmt: skip
def test_what_says_nothing_of_the_address(status: str, said: str) -> None:
    found = failed(said, status=status)
    assert (found.is_final, found.names_the_address) == (True, False)


@pytest.mark.parametrize("status", ["4.0.0", "4.4.1", "4.4.7", "4.2.2", "4.7.0", "5.4.4", ""])
def test_what_failed_has_failed_whatever_its_class(status: str) -> None:
    found = failed("DNS Error: lookup responded with code NXDOMAIN", status=status)
    assert (found.is_final, found.names_the_address) == (True, False)


def test_what_is_only_late_has_not_failed() -> None:
    for action in ("delayed", "relayed", "delivered", "expanded"):
        assert not failed("451 try later", status="4.4.1", action=action).is_final
    assert failed("550 no", action="FAILED (permanently)").is_final


def test_lines_that_were_folded_and_comments_belong_to_their_field() -> None:
    found = reported(
        dsn("Final-Recipient: RFC822;", f"  <{TO}> (Carla)", "Action: (x) failed",
            "Status: 5.0.0 (permanent failure)", "Diagnostic-Code: smtp; 550-Sorry,",
            "\t550 No such", "  user here")
    )  # fmt: skip
    assert found
    assert (found.recipient, found.is_final, found.names_the_address) == (TO, True, True)
    assert found.error == "5.0.0 smtp; 550-Sorry, 550 No such user here"


def test_of_several_recipients_ours_counts() -> None:
    found = reported(
        dsn("Final-Recipient: rfc822; dan@example.com", "Action: failed", "Status: 5.1.1", "",
            f"Final-Recipient: rfc822; {TO}", "Action: failed", "Status: 5.2.2")
    )  # fmt: skip
    assert found
    assert (found.recipient, found.names_the_address) == (TO, False)


def test_a_report_without_a_reason_has_one_in_its_words() -> None:
    fields = f"Final-Recipient: rfc822; {TO}", "Action: failed", "Status: 5.0.0"
    assert reported(dsn(*fields, words=f"There is no such user: {TO}")).names_the_address  # type: ignore[union-attr]
    assert not reported(dsn(*fields)).names_the_address  # type: ignore[union-attr]
    sure = (*fields, "Diagnostic-Code: smtp; 550 5.7.1 content rejected")
    assert not reported(dsn(*sure, words="Address not found")).names_the_address  # type: ignore[union-attr]


IN_WORDS = {
    "qmail": "Hi. This is the qmail-send program.\nI'm afraid I wasn't able to deliver"
    f" your message.\n\n<{TO}>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1"
    f" <{TO}>... User unknown\nGiving up.\n\n--- Below this line is a copy of the message.\n\n"
    "Return-Path: <x@y.example>\n",
    "exim": "This message was created automatically by mail delivery software.\n\nThe following"
    f" address(es) failed:\n\n  {TO}\n    SMTP error from remote mail server after RCPT TO:\n"
    "    host mx.example [192.0.2.1]: 550 unknown user\n\n------ This is a copy of it ------\n",
    "exchange": f"Your message did not reach some or all of the intended recipients.\n\n  {TO} on"
    " 11/18/2026 10:00 AM\n    The recipient name is not recognized\n",
    "domino": f"Your message was not delivered to: {TO}\nbecause:\nUser carla ({TO}) not listed in"
    " Domino Directory\n",
    "gmail": f"Delivery to the following recipient failed permanently:\n\n  {TO}\n\nThe error was:"
    " 550 5.1.1 The email account that you tried to reach does not exist.\n\n----- Original message"
    " -----\n",
    "zoho": f"{TO} Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <{TO}>... User unknown\n",
    "es": f"No se pudo entregar su mensaje a {TO}:\n\nel usuario no existe en este servidor.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", IN_WORDS)
def test_a_server_that_writes_no_report_says_it_in_words(name: str) -> None:
    found = reported(b"From: MAILER-DAEMON@mx.example\n\n" + IN_WORDS[name].encode())
    assert found
    assert (found.recipient, found.is_final, found.names_the_address) == (TO, True, True)


@pytest.mark.parametrize(
    "words",
    [
        f"<{TO}>: 552 5.2.2 Mailbox full",
        f"<{TO}>: Connection timed out",
        f"Your mail to {TO} was considered spam.",
        "<dan@example.com>: 550 5.1.1 User unknown",
        f"<{TO}>: 450 4.1.1 User unknown, will try again later",
        f"Mail to {TO} failed.\n\n--- Below this line is a copy of the message.\n\n"
        "Received: x\n\nNo such user has paid.",
        f"<userunknown@example.com>, {TO}: timed out",
        "",
    ],
)
def test_words_that_do_not_say_so_are_no_report(words: str) -> None:
    assert reported(b"From: MAILER-DAEMON@mx.example\n\n" + words.encode()) is None


LINES = st.sampled_from(
    ["Final-Recipient: rfc822; carla@example.com", "Action: failed", "Status: 5.1.1", " folded", "",
     "Diagnostic-Code: smtp; 550 user", ":", "Status:", "unknown user " * 20, "Action: (" * 30]
)  # fmt: skip


@given(st.lists(LINES | st.text(max_size=40), max_size=20))
def test_any_report_is_read(lines: list[str]) -> None:
    raw = dsn(*[line.encode("utf-8", "replace").decode() for line in lines], words="\n".join(lines))
    found = reported(raw)
    assert found is None or found.error == found.error[:200]
