"""Each page comes with its reader's key for what their tab keeps, and only with theirs."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from accounts.tab_keys import tab_key

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R100")]
KEY = re.compile(r'data-tab-key="([^"]+)"')


def test_a_persons_pages_all_come_with_the_same_key(
    sign_in: Callable[[User], Client], ana: User, ben: User
) -> None:
    def keys(by: User) -> set[str]:
        client = sign_in(by)
        return {KEY.findall(client.get(page).content.decode())[0] for page in ("/cases/", "/help/")}

    assert keys(ana) == {tab_key(ana)}
    assert keys(ben) == {tab_key(ben)}
    assert tab_key(ana) != tab_key(ben)
    assert len(b64decode(tab_key(ana))) == 32


def test_a_page_to_sign_in_comes_with_none(client: Client) -> None:
    assert "tab-key" not in client.get("/account/login/").content.decode()
