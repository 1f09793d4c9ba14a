from __future__ import annotations

from cases.models import Case, Tag


def tags_of(case: Case) -> list[Tag]:
    """In the order in which it got them. No query without any."""
    if not case.tags:
        return []
    found = Tag.objects.in_bulk(case.tags)
    return [found[key] for key in case.tags if key in found]


def offered_names() -> list[str]:
    """What is suggested to someone who types a tag."""
    return list(Tag.objects.offered().values_list("name", flat=True))
