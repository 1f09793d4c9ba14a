from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from telephone.models import PhoneLine
from telephone.phone_numbers import line_key

#: A desk phone, a softphone and one to spare.
MOST_LINES = 3


def set_lines(*, extensions: Iterable[str], by: User) -> list[str]:
    """The extensions at which `by` answers, in place of those before; none is allowed.

    ValidationError `extensions_many`, `extension_taken`, naming whose it is.
    """
    if not by.works_cases:
        raise PermissionDenied
    wanted = list(dict.fromkeys(filter(None, map(line_key, extensions))))
    if len(wanted) > MOST_LINES:
        raise ValidationError(
            _("Enter up to %(most)d extensions."),
            code="extensions_many",
            params={"most": MOST_LINES},
        )
    try:
        with transaction.atomic():
            _replace(wanted, by)
    except IntegrityError:  # someone else was faster
        _refuse_taken(wanted, by)
        raise
    return wanted


def _replace(wanted: list[str], by: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two windows take turns
    _refuse_taken(wanted, by)
    mine = PhoneLine.objects.filter(agent=by)
    mine.exclude(extension__in=wanted).delete()
    known = set(mine.values_list("extension", flat=True))
    PhoneLine.objects.bulk_create(
        PhoneLine(agent=by, extension=each) for each in wanted if each not in known
    )


def _refuse_taken(wanted: list[str], by: User) -> None:
    others = PhoneLine.objects.filter(extension__in=wanted).exclude(agent=by)
    if taken := others.select_related("agent").first():
        raise ValidationError(
            _("Extension %(extension)s belongs to %(name)s."),
            code="extension_taken",
            params={"extension": taken.extension, "name": taken.agent.name},
        )
