from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.text_checks import check_fields
from mail.kinds import MailKind, MailParams
from mail.models import EmailTemplate
from mail.texts import current_texts

TEMPLATE_FIELDS = ("subject_en", "body_en", "subject_es", "body_es")


@transaction.atomic
def revise_template(
    *,
    kind: MailKind[MailParams],
    texts: Mapping[str, str],
    by: User,
    now: datetime,
    based_on: int | None = None,
) -> EmailTemplate:
    """A mail's next version; mails already in the outbox keep theirs.

    `texts` has all of TEMPLATE_FIELDS; `based_on` is the version that was edited. ValidationError
    by field: `required`, `placeholder_unknown`, `placeholder_missing`, `placeholder_braces`, what
    the model checks; without a field: `template_stale`.
    """
    check_template(kind, texts)
    current_texts([kind], now=now)  # a mail without one gets its kind's own text
    # Changes of one mail wait for each other at its first version.
    EmailTemplate.objects.select_for_update().get(key=kind.key, version=1)
    current = EmailTemplate.objects.current().get(key=kind.key)
    if based_on is not None and based_on != current.version:
        raise ValidationError(
            _(
                "Someone else changed this email while you were editing. Review their version "
                "first."
            ),
            code="template_stale",
        )
    revised = EmailTemplate(key=kind.key, version=current.version + 1, by=by, at=now, **texts)
    revised.full_clean(exclude=["subject", "body"])  # they repeat one of the languages
    revised.save()
    return revised


def check_template(kind: MailKind[MailParams], texts: Mapping[str, str]) -> None:
    """ValidationError by field, see `revise_template`."""
    check_fields(
        TEMPLATE_FIELDS,
        texts,
        lambda field, text: kind.check(field.partition("_")[0], text),
    )
