"""What agents say and write: both languages, fixed placeholders, versions, filled with facts."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.actions.revise_script import revise_script
from cases.callers import Checked
from cases.enums import ScriptMedium
from cases.language import guess
from cases.models import Case, Script
from cases.scripts import placeholders
from cases.scripts.current import current_script
from cases.scripts.defaults import TEXTS
from cases.scripts.facts import Facts
from cases.scripts.placeholders import gaps
from cases.scripts.shown import scripts_for
from cases.scripts.withheld import withheld_from
from leases.models import Lease
from tests.kinds import SCRIPTS, SITUATIONS
from tests.patience import PATIENCE

EVERY = [(situation, ScriptMedium(medium)) for situation, medium in TEXTS]
DISPUTE = {"situation": "dispute", "medium": ScriptMedium.CALL}
ROW = {"situation_id": "dispute", "medium": ScriptMedium.CALL}
NEW = {"body_es": "Caso {case_number}.", "body_en": "Case {case_number}."}


def current() -> Script:
    return current_script(**DISPUTE)


@pytest.mark.requirement("R41", "R42")
@pytest.mark.django_db
@pytest.mark.parametrize(("situation", "medium"), EVERY)
def test_each_script_is_in_both_languages(situation: str, medium: ScriptMedium) -> None:
    script = current_script(situation, medium)
    assert script.version == 1
    other = {"es": "en", "en": "es"}
    for language, text in (("es", script.body_es), ("en", script.body_en)):
        placeholders.check(text)
        words = re.sub(r"\{\w+\}", "", text)
        assert guess(words, otherwise=other[language]) == (language, True)
        paragraphs = re.split(r"\n+", words)
        for paragraph in paragraphs:
            assert guess(paragraph, otherwise=language).language == language


@pytest.mark.requirement("R41")
@pytest.mark.django_db
def test_the_day_we_say_about_a_stolen_identity_may_be_the_customers() -> None:
    """The email gives the same day as theirs if something was asked for."""
    script = current_script("fraud", ScriptMedium.CALL)
    assert "By {due_day}, we" not in script.body_en
    assert "a quién le toca: a usted si le pedimos algo" in script.body_es


@pytest.mark.django_db
def test_a_new_installation_has_the_scripts_we_wrote() -> None:
    for (situation, medium), texts in TEXTS.items():
        script = current_script(situation, medium)
        assert {name: getattr(script, name) for name in texts} == texts


def test_every_gap_is_known_in_both_languages() -> None:
    known = set()
    for language in ("es", "en"):
        with translation.override(language):
            for name in placeholders.MEANING:
                known.add(placeholders.filled(f"{{{name}}}", {}))
    assert known == placeholders.gaps()
    assert len(known) > len(placeholders.MEANING)


@pytest.mark.django_db
def test_both_languages_of_a_script_hold_the_same_facts() -> None:
    for texts in TEXTS.values():
        used = [
            {name for name in placeholders.MEANING if f"{{{name}}}" in text}
            for text in (texts["body_es"], texts["body_en"])
        ]
        assert used[0] == used[1]


@pytest.mark.django_db
def test_every_placeholder_is_in_some_script() -> None:
    everything = "".join("".join(texts.values()) for texts in TEXTS.values())
    assert {name for name in placeholders.MEANING if f"{{{name}}}" in everything} == set(
        placeholders.MEANING
    )


@pytest.mark.django_db
def test_new_words_of_ours_are_read_at_once_and_an_administrators_stay(
    irene: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not Script.objects.exists()
    revise_script(**DISPUTE, texts=NEW, by=irene, now=now, based_on=1)
    assert [each.by for each in Script.objects.order_by("version")] == [None, irene]
    other = ("opening", "call")
    for key in (other, (DISPUTE["situation"], DISPUTE["medium"])):
        monkeypatch.setitem(TEXTS, key, {"body_en": "Hi. {case_number}", "body_es": "Hola."})
    assert current_script(*other).body_en == "Hi. {case_number}"
    assert current().body_en == NEW["body_en"]


def errors_of(by: User, now: datetime, **changed: str) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        revise_script(**DISPUTE, texts=NEW | changed, by=by, now=now, based_on=1)
    return {
        field: [str(each.code) for each in problems]
        for field, problems in caught.value.error_dict.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"body_es": "Su caso"}, {"body_es": ["placeholder_missing"]}),
        ({"body_en": "{case_number} {code}"}, {"body_en": ["placeholder_unknown"]}),
        ({"body_en": "{case_number.__class__}"}, {"body_en": ["placeholder_unknown"]}),
        ({"body_es": "{case_number} {"}, {"body_es": ["placeholder_braces"]}),
        ({"body_es": " \n"}, {"body_es": ["required"]}),
    ],
)
def test_refused(
    changed: dict[str, str], expected: dict[str, list[str]], irene: User, now: datetime
) -> None:
    assert errors_of(irene, now, **changed) == expected
    assert current().version == 1


@pytest.mark.django_db
def test_a_revision_is_a_new_version(irene: User, now: datetime) -> None:
    revised = revise_script(**DISPUTE, texts=NEW, by=irene, now=now, based_on=1)
    assert (revised.version, revised.by, current()) == (2, irene, revised)
    with pytest.raises(ValidationError) as caught:
        revise_script(**DISPUTE, texts=NEW, by=irene, now=now, based_on=1)
    assert caught.value.code == "script_stale"


@pytest.mark.django_db(transaction=True)
def test_of_revisions_at_once_one_is_kept(irene: User, now: datetime) -> None:
    barrier = threading.Barrier(4)

    def revise(number: int) -> str:
        try:
            barrier.wait(PATIENCE)
            revise_script(**DISPUTE, texts=NEW, by=irene, now=now, based_on=1)
        except ValidationError as error:
            return str(error.code)
        finally:
            connections.close_all()
        return "kept"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(revise, range(4))) == ["kept", *["script_stale"] * 3]


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["body_es", "body_en"])
@pytest.mark.parametrize("nothing", ["", None])
def test_the_database_wants_both_languages(
    missing: str, nothing: str | None, now: datetime
) -> None:
    with pytest.raises(IntegrityError, match="script_both_languages"), transaction.atomic():
        Script.objects.create(**ROW, version=2, at=now, **(NEW | {missing: nothing}))


@pytest.mark.django_db
def test_versions_stay(irene: User, now: datetime) -> None:
    revise_script(**DISPUTE, texts=NEW, by=irene, now=now, based_on=1)
    with pytest.raises(DatabaseError, match="script_append_only"), transaction.atomic():
        Script.objects.filter(**DISPUTE).update(body_en="Other")
    with pytest.raises(IntegrityError, match="script_version_once"), transaction.atomic():
        Script.objects.create(**ROW, at=now, **NEW)


def test_every_kind_of_case_has_its_situation() -> None:
    # An attorney or a store may call about any of them, and any call may be missed.
    assert {*SCRIPTS.values(), "attorney", "store", "calling_back"} == set(SITUATIONS)
    assert {(each, "call") for each in SITUATIONS} <= set(TEXTS)


@pytest.mark.django_db
def test_scripts_say_what_is_known_of_the_case(
    open_case: Callable[..., Case], ben: User, now: datetime
) -> None:
    case = open_case(kind="charge_dispute")
    groups = scripts_for(
        Facts.of_case(case, by=ben, now=now), kind=case.kind_id, media=list(ScriptMedium)
    )
    assert groups[0].situation == "dispute"
    assert [each.fits for each in groups] == [True] + [False] * (len(SITUATIONS) - 1)
    call, email = groups[0].scripts
    assert (call.can_be_inserted, email.can_be_inserted) == (False, True)
    spanish, english = email.texts
    assert (spanish.language, english.language) == ("es", "en")
    for words in (case.spoken_number, "104477312", "carla@example.com"):
        assert words in spanish.body
        assert words in english.body
    assert "{" not in spanish.body + english.body
    opening = next(each for each in groups if each.situation == "opening")
    assert "Ben Wright" in opening.scripts[0].texts[0].body  # the speaker, whoever opened it


@pytest.mark.django_db
def test_days_are_words_of_the_scripts_language(lease: Lease, ana: User) -> None:
    facts = Facts("260001233", ana, date(2026, 3, 4), lease, date(2026, 3, 9))
    with translation.override("en"):
        assert facts.fill("{today} {due_day}", "es") == "4 de marzo de 2026 9 de marzo de 2026"
    with translation.override("es"):
        assert facts.fill("{today} {due_day}", "en") == "March 4, 2026 March 9, 2026"


@pytest.mark.django_db
def test_what_is_not_known_stands_in_brackets(ana: User, now: datetime) -> None:
    draft = actions.start_call(by=ana, now=now)
    facts = Facts.of_call(draft, None, by=ana, now=now)
    assert facts.fill("{customer_name}, {signed_day}", "es") == (
        "[nombre del cliente], [fecha de firma]"
    )
    assert facts.fill("{customer_name}", "en") == "[customer’s name]"
    assert facts.fill("{case_number}", "en") == draft.spoken_number


NOT_DELIVERED = {
    "en": "Our records don’t show a delivery yet. Do you have the item?",
    "es": "En nuestros datos todavía no aparece la entrega. ¿Ya tiene el artículo?",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
def test_what_was_never_delivered_has_no_delivery_date_to_say(
    language: str, ana: User, lease: Lease
) -> None:
    lease.delivered_at = None
    facts = Facts("260001233", ana, date(2026, 3, 4), lease, date(2026, 3, 9))
    for situation in ("return", "delivery"):
        said = facts.say(TEXTS[situation, "call"][f"body_{language}"], language)
        assert NOT_DELIVERED[language] in said.split("\n")
        assert not gaps() & set(re.findall(r"\[.*?\]", said))
    written = facts.fill(TEXTS["return", "email"][f"body_{language}"], language)
    first = written.split("\n")[0]
    assert lease.store.name in first
    assert "[" not in written
    assert NOT_DELIVERED[language] not in written


@pytest.mark.django_db
def test_what_was_never_signed_has_no_signing_date_to_say(ana: User, lease: Lease) -> None:
    lease.signed_at = None
    facts = Facts("260001233", ana, date(2026, 3, 4), lease, date(2026, 3, 9))
    assert facts.say("Hello. It’s from {signed_day}. Really?\n\nBye.", "en") == "Hello.\n\nBye."
    assert facts.say("(Compare: {signed_day})", "en") == "(Compare: [signing date])"
    # Who may not hear of the order isn't told that nothing came.
    facts = replace(facts, withheld=withheld_from("customer", Checked.NOT_YET))
    lease.delivered_at = None
    assert "delivery" not in facts.say("It came on {delivered_day}.", "en")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_placeholder_has_a_value_or_a_gap(language: str, ana: User, lease: Lease) -> None:
    lease.signed_at = lease.delivered_at = lease.applied_at
    facts = Facts("260001233", ana, date(2026, 3, 4), lease, None)
    for name in placeholders.MEANING:
        assert facts.fill(f"{{{name}}}", language).strip()


@pytest.mark.django_db
def test_a_fact_is_never_looked_into(ana: User, lease: Lease, now: datetime) -> None:
    lease.customer.name = "{company} {{ 7*7 }} {0.__class__}"
    facts = Facts("260001233", ana, now.date(), lease)
    assert facts.fill("{customer_name}", "es") == "{company} {{ 7*7 }} {0.__class__}"
