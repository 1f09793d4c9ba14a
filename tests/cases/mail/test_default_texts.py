from __future__ import annotations

import pytest

from cases.enums import TemplateKey
from cases.models import EmailTemplate


@pytest.mark.django_db
def test_a_new_installation_has_one_version_of_each() -> None:
    assert EmailTemplate.objects.count() == len(TemplateKey)
