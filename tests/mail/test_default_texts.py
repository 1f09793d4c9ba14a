"""Texts fall back to the kind's own, so that no installation ever lacks one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from mail import kinds, outbox
from mail.kinds import MailKind, MailParams, Text
from mail.models import Email, EmailTemplate
from mail.texts import current_texts, shown_text
from tests.mail.conftest import Inbox
from tests.mails import TEXTS, edited

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class Hello(MailParams):
    name: str

    def words(self) -> dict[str, str]:
        return {"name": self.name}


HELLO = MailKind(
    key="hello",
    label="Hello",
    params=Hello,
    placeholders={"name": "a name"},
    texts={"en": Text("Hello", "Hello {name}"), "es": Text("Hola", "Hola, {name}")},
    sample=lambda now: Hello(name="Ana"),
)


@pytest.fixture
def added() -> Iterator[MailKind[Hello]]:
    """As an upgrade would add it: no row of the database knows it."""
    kinds.register_kind(HELLO)
    yield HELLO
    kinds.unregister_kind(HELLO.key)


def test_a_mail_added_by_an_upgrade_goes_out(
    added: MailKind[Hello], now: datetime, inbox: Inbox
) -> None:
    assert not EmailTemplate.objects.filter(key=added.key).exists()
    mail = outbox.NewMail(
        kind=added, said=Hello(name="Ana"), key="hello:1", to="ana@example.com", language="es"
    )
    assert outbox.enqueue(mail, now=now)
    outbox.drain(now=lambda: now)
    (arrived,) = inbox.messages
    assert arrived.subject == "Hola"
    assert "Hola, Ana" in arrived.text.splitlines()
    assert Email.objects.get().template.version == 1


def test_new_words_of_ours_are_the_next_version_and_what_was_sent_keeps_its_own(
    post: Callable[..., Email], now: datetime
) -> None:
    sent = post("case_opened")
    kind = replace(
        sent.kind, texts=sent.kind.texts | {"es": Text("{case_number}", "Nuevo: {case_number}")}
    )
    text = current_texts([kind], now=now)[kind.key]
    assert (text.version, text.body_es, text.by) == (2, "Nuevo: {case_number}", None)
    assert Email.objects.get(pk=sent.pk).template.body_es == TEXTS["case_opened"]["body_es"]
    assert current_texts([kind], now=now)[kind.key] == text


def test_two_versions_beside_each_other_do_not_write_in_turns(
    post: Callable[..., Email], now: datetime
) -> None:
    """As while an upgrade goes from one server to the next."""
    old = post("case_opened").kind
    new = replace(old, texts=old.texts | {"es": Text("{case_number}", "Nuevo: {case_number}")})
    for kind, version in ((new, 2), (old, 1), (new, 2), (old, 1)):
        assert current_texts([kind], now=now)[kind.key].version == version
    assert EmailTemplate.objects.filter(key=old.key).count() == 2


def test_an_administrators_words_stay(post: Callable[..., Email], now: datetime) -> None:
    theirs = edited("case_opened", now=now, body_es="{case_number}: hola")
    assert post("case_opened").template == theirs


def test_looking_at_a_text_writes_nothing(added: MailKind[Hello], now: datetime) -> None:
    assert shown_text(added, now=now).body_en == "Hello {name}"
    assert not EmailTemplate.objects.filter(key=added.key).exists()


def test_a_mail_without_a_language_is_told_at_the_start() -> None:
    with pytest.raises(ValueError, match="hello: no text in es"):
        replace(HELLO, texts={"en": HELLO.texts["en"]})
