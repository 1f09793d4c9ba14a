from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Case


@pytest.mark.django_db
@pytest.mark.requirement("R54")
def test_the_address_of_a_form_is_no_blank_page(
    open_case: Callable[..., Case], ana: User, sign_in: Callable[[User], Client]
) -> None:
    agent = sign_in(ana)
    address = f"/cases/{open_case().number}/follow-ups/"
    page = agent.get(address, headers={"Accept": "text/html"})
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "Regrese a la página del formulario." in page.content.decode()
    assert f'href="{address.removesuffix("follow-ups/")}"' in page.content.decode()
    machine = agent.get(address, headers={"Accept": "image/png"})
    assert (machine.status_code, machine.content) == (405, b"")
