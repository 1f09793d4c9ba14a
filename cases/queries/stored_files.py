"""Which stored files a row names."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from cases.models import Evidence, HeldUpload, InboundMail


def in_use(names: Collection[str]) -> set[str]:
    """Of these names."""
    either = Q(original__in=names) | Q(view__in=names)
    mails = InboundMail.objects.filter(original__in=names)
    pairs = (
        Evidence.objects.filter(either)
        .values_list("original", "view")
        .union(HeldUpload.objects.filter(either).values_list("original", "view"))
    )
    found = {name for pair in pairs for name in pair} | set(
        mails.values_list("original", flat=True)
    )
    return found & set(names)
