"""Help as staff meet it: a list, guides, a search, a glossary."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from guides import glossary
from guides.apps import guides_are_here
from guides.plain_words import plain
from leases.models import Customer

SignIn = Callable[[User], Client]


def test_a_guide_is_read_in_the_reader_s_language(ana: User, ben: User, sign_in: SignIn) -> None:
    for person, title in ((ana, "Atender una llamada"), (ben, "Take a call")):
        page = sign_in(person).get("/help/calls/")
        assert f'<h1 id="{title.lower().replace(" ", "-")}">{title}</h1>' in page.content.decode()


def test_switching_the_language_stays_on_the_guide(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    page = client.get("/help/calls/").content.decode()
    assert '<input type="hidden" name="next" value="/help/calls/">' in page
    answer = client.post("/language/", {"language": "en", "next": "/help/calls/"}, follow=True)
    assert "Take a call" in answer.content.decode()


def test_links_and_pictures_lead_to_pages_of_ours(ben: User, sign_in: SignIn) -> None:
    page = sign_in(ben).get("/help/").content.decode()
    assert 'href="/help/calls/"' in page
    assert 'href="/help/glossary/"' in page
    assert ".md" not in page


@pytest.mark.parametrize("slug", ["README", "nothing", "glossary.md"])
def test_what_is_no_guide_is_not_found(slug: str, ben: User, sign_in: SignIn) -> None:
    assert sign_in(ben).get(f"/help/{slug}/").status_code == 404


def test_every_page_leads_to_the_guide_about_it(ben: User, sign_in: SignIn) -> None:
    client = sign_in(ben)
    assert 'href="/help/calls/"' in client.get("/calls/").content.decode()
    assert 'href="/help/search/"' in client.get("/find/").content.decode()
    assert 'href="/help/"' in client.get("/leases/").content.decode()


def test_the_administration_leads_to_its_guides(irene: User, sign_in: SignIn) -> None:
    client = sign_in(irene)
    assert 'href="/help/people/"' in client.get("/admin/accounts/user/").content.decode()
    assert 'href="/help/"' in client.get("/admin/").content.decode()


def test_customers_see_none_of_it(carla: Customer, sign_in: SignIn) -> None:
    client = sign_in(carla.user)
    paths = ("/help/", "/help/calls/", "/help/glossary/", "/help/?words=call")
    assert [client.get(path).status_code for path in paths] == [404] * 4
    assert "/help/" not in client.get("/portal/").content.decode()


def test_help_asks_the_database_nothing_of_its_own(
    ben: User, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(ben)
    client.get("/help/")
    for path in ("/help/", "/help/calls/", "/help/glossary/", "/help/?words=call"):
        with django_assert_num_queries(FRAME):
            client.get(path)


FRAME = 4  # of the header: who is it, and what waits


# --- search --------------------------------------------------------------------------------------
def hits(page: str) -> list[str]:
    return re.findall(r'<h2><a href="([^"]+)">', page)


@pytest.mark.parametrize("searched", ["wrong number", "WRONG Numbers", "número equivocado"])
def test_a_search_finds_a_section_in_either_language(
    searched: str, ben: User, sign_in: SignIn
) -> None:
    page = sign_in(ben).get("/help/", {"words": searched}).content.decode()
    assert hits(page)[0] == "/help/calls/#if-something-goes-wrong"
    assert re.search(r"<mark>(wrong|número)</mark>", page, re.I)


def test_accents_do_not_matter_and_what_was_typed_is_marked(ana: User, sign_in: SignIn) -> None:
    page = sign_in(ana).get("/help/", {"words": "numero equivocado"}).content.decode()
    assert "<mark>número</mark> <mark>equivocado</mark>" in page


def test_who_finds_nothing_is_told_what_to_try(ben: User, sign_in: SignIn) -> None:
    page = sign_in(ben).get("/help/", {"words": "xylophone <b>"}).content.decode()
    assert hits(page) == []
    assert "No guide has these words." in page
    assert "xylophone &lt;b&gt;" in page


# --- glossary ------------------------------------------------------------------------------------
def terms(page: str) -> list[str]:
    return [word.strip() for word in re.findall(r'<th scope="row"[^>]*>([^<]+)<', page)]


@pytest.mark.parametrize("searched", ["business day", "dia habil", "HÁBILES"])
def test_a_term_is_found_in_either_language(
    searched: str, ana: User, ben: User, sign_in: SignIn
) -> None:
    for person, word in ((ana, "día hábil"), (ben, "business day")):
        page = sign_in(person).get("/help/glossary/", {"words": searched}).content.decode()
        assert terms(page) == [word]


def test_a_reader_s_own_language_comes_first(ana: User, ben: User, sign_in: SignIn) -> None:
    """In the order of its alphabet, with what the word means."""
    spanish = sign_in(ana).get("/help/glossary/", {"words": "quote"}).content.decode()
    assert re.search(r'cotización</th>\s*<td[^>]*lang="en"><strong>quote</strong>', spanish)
    assert "precio de compra anticipada por escrito" in spanish
    for person in (ana, ben):
        words = terms(sign_in(person).get("/help/glossary/").content.decode())
        assert words == sorted(words, key=plain)


def test_a_word_for_customers_is_told_from_one_among_staff(ben: User, sign_in: SignIn) -> None:
    page = sign_in(ben).get("/help/glossary/", {"words": "lease"}).content.decode()
    said = re.findall(r">lease <small[^>]*>([^<]+)</small>.*?<strong>([^<]+)<", page, re.DOTALL)
    assert said == [("with customers", "contrato"), ("among staff", "arrendamiento")]


def test_what_is_called_so_comes_before_what_is_explained_with_it(
    ben: User, sign_in: SignIn
) -> None:
    found = terms(sign_in(ben).get("/help/glossary/", {"words": "lease"}).content.decode())
    assert found[:3] == ["lease", "lease", "account number"]
    helped = sign_in(ben).get("/help/", {"words": "customer"}).content.decode()
    assert re.findall(r"<dt>(\S+)", helped)[0] == "customer"


def test_every_term_is_explained_in_both_languages() -> None:
    unexplained = [each.words for each in glossary.terms() if not all(each.meanings.values())]
    assert unexplained == []


def test_while_typing_only_the_terms_are_answered(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    whole = client.get("/help/glossary/", {"words": "caso"}).content.decode()
    part = client.get("/help/glossary/", {"words": "caso"}, HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part
    assert terms(part) == terms(whole) != []


def test_what_only_programmers_say_is_left_out(ana: User, sign_in: SignIn) -> None:
    found = terms(sign_in(ana).get("/help/glossary/").content.decode())
    assert "caso" in found
    assert not {"claim", "—", "conversación"} & set(found)


# --- a deployment without them -------------------------------------------------------------------
def test_guides_that_were_not_deployed_are_named(tmp_path: object) -> None:
    assert guides_are_here(None) == []
    with override_settings(GUIDES_ROOT=tmp_path):
        assert [each.id for each in guides_are_here(None)] == ["guides.E001"] * 2


@pytest.mark.parametrize("path", ["/help/", "/help/glossary/"])
def test_signs_alone_find_nothing(path: str, ben: User, sign_in: SignIn) -> None:
    page = sign_in(ben).get(path, {"words": "!!! ("}).content.decode()
    assert terms(page) == hits(page) == []
