"""What becomes of an item of the checklist, by an arrow key or by a press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.enums import ItemState
from cases.forms.call.checklist import checklist

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R16")
def test_no_single_arrow_marks_an_item_as_received() -> None:
    [row, *_others] = checklist("return", {})
    values = [value for value, _label in row.choices]
    at = values.index(ItemState.ACCEPTED)
    beside = {values[at - 1], values[(at + 1) % len(values)]}
    assert not beside & {"", ItemState.ASKED}


@pytest.mark.requirement("R16")
def test_what_was_chosen_is_taken_back(
    ana: User, now: datetime, sign_in: Callable[..., Client]
) -> None:
    draft = actions.start_call(by=ana, now=now)
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    for state in (ItemState.ASKED, ""):
        sent = {"language": "es", "kind": "return", "slot-photos": state, "choose": "1"}
        page = client.post(address, sent).content.decode()
        assert f'name="slot-photos" value="{state}" checked' in page
    draft.refresh_from_db()
    assert not draft.typed["slot-photos"]
