"""The team gives cases tags. A tag that isn't there is made by its name."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.mask_watch import noted
from accounts.models import User
from cases.actions.change import add_event, locked, refuse_merged, touch
from cases.events import Tagged, Untagged
from cases.models import Case, Tag
from cases.models.case import MOST_CASE_TAGS
from cases.models.tag import LONGEST_TAG_KEY, MOST_TAGS
from cases.tag_names import LONGEST_TAG, tag_key, tag_name


@transaction.atomic
def tag_case(*, case: Case, name: str, by: User, now: datetime) -> Tag:
    """The same one twice is one. A case that has ended can have tags, too: they say what it was.

    ValidationError `tags_many`, `case_merged`, those of `check_tag_name` and `make_tag`.
    """
    if not by.works_cases:
        raise PermissionDenied
    name = check_tag_name(name)
    case = locked(case)
    refuse_merged(case)
    tag = tag_called(name)
    if tag and tag.pk in case.tags:
        return tag
    if len(case.tags) >= MOST_CASE_TAGS:
        raise ValidationError(
            _("A case can have at most %(most)s tags. Remove one first."),
            code="tags_many",
            params={"most": MOST_CASE_TAGS},
        )
    tag = tag or make_tag(name, by=by, now=now)
    touch(case, now=now, tags=[*case.tags, tag.pk])
    add_event(case, Tagged(name=tag.name), by=by, now=now)
    return tag


@transaction.atomic
def untag_case(*, case: Case, tag: Tag, by: User, now: datetime) -> bool:
    """False if it was removed before."""
    if not by.works_cases:
        raise PermissionDenied
    case = locked(case)
    if tag.pk not in case.tags:
        return False
    touch(case, now=now, tags=[each for each in case.tags if each != tag.pk])
    add_event(case, Untagged(name=tag.name), by=by, now=now)
    return True


def check_tag_name(typed: str) -> str:
    """As it's kept: masked, too. ValidationError `tag_missing`, `tag_long`."""
    name = tag_name(noted(typed))
    if not tag_key(name):
        raise ValidationError(_("Enter a tag."), code="tag_missing")
    if len(name) > LONGEST_TAG or len(tag_key(name)) > LONGEST_TAG_KEY:
        raise ValidationError(
            _("A tag can have at most %(most)s characters."),
            code="tag_long",
            params={"most": LONGEST_TAG},
        )
    return name


def tag_called(name: str) -> Tag | None:
    """ValidationError `tag_off`: it's no longer offered."""
    tag = Tag.objects.filter(key=tag_key(name)).first()
    if tag and not tag.is_offered:
        raise ValidationError(
            _("The tag “%(tag)s” is no longer used. Choose another one."),
            code="tag_off",
            params={"tag": tag.name},
        )
    return tag


def make_tag(name: str, *, by: User, now: datetime) -> Tag:
    """ValidationError `tags_full`. If someone makes the same one right now, it's theirs."""
    if Tag.objects.count() >= MOST_TAGS:
        raise ValidationError(
            _("There’s room for %(most)s tags, and all are taken. Choose an existing one."),
            code="tags_full",
            params={"most": MOST_TAGS},
        )
    try:
        with transaction.atomic():
            return Tag.objects.create(name=name, key=tag_key(name), created_by=by, created_at=now)
    except IntegrityError:
        return Tag.objects.get(key=tag_key(name))
