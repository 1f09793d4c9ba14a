"""Files next to text: each is checked, and good ones are kept until the form is sent
successfully.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from cases import actions, evidence
from cases.actions import Upload
from cases.evidence.errors import MESSAGES, in_words, refusal
from cases.models import HeldUpload
from cases.queries.held_uploads import held_for

File = Upload | HeldUpload


@dataclass(frozen=True)
class Holding:
    """Whose held uploads count, and for which form: the one sent to this address."""

    by: User
    form: str


class RefusedFile(NamedTuple):
    """A file the case already has. Its line stays, with the reason, until someone removes it."""

    name: str
    size: int
    problem: str


class _Chosen(NamedTuple):
    files: Sequence[UploadedFile[Any]]
    held: Sequence[str]


class FilesInput(forms.FileInput):
    """The field, and below it the files that have arrived; an unticked one isn't sent."""

    allow_multiple_selected = True
    template_name = "components/files_input.html"
    held: Sequence[HeldUpload] = ()
    refused: Sequence[RefusedFile] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> _Chosen:
        chosen = files.getlist(name) if hasattr(files, "getlist") else []
        held = data.getlist(f"{name}_held") if hasattr(data, "getlist") else []
        return _Chosen(chosen, held)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}_held" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, None, attrs) | {
            "held": self.held,
            "refused": self.refused,
            "most_bytes": settings.EVIDENCE_MAX_BYTES,
            "most_files": settings.EVIDENCE_MAX_FILES,
            "problems": {
                "empty": MESSAGES["evidence_empty"],
                "type": MESSAGES["evidence_type"],
                "large": in_words(
                    "evidence_too_large",
                    {"size": "{size}", "limit": settings.EVIDENCE_MAX_BYTES // 2**20},
                ),
                "many": _too_many().messages[0],
            },
        }


class EvidenceField(forms.FileField):
    """Up to EVIDENCE_MAX_FILES files, each checked by decoding it; cleans to what actions accept.

    After an error, `good` has the good ones.
    """

    widget = FilesInput
    holding: Holding | None = None

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Files"))
        kwargs.setdefault(
            "help_text",
            format_lazy(
                _("Photos, screenshots or PDFs, up to {limit} MB each."),
                limit=settings.EVIDENCE_MAX_BYTES // 2**20,
            ),
        )
        super().__init__(required=False, **kwargs)
        self.widget.attrs["accept"] = ",".join(evidence.ACCEPTED)
        self.good: list[File] = []

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data and (data.files or data.held))

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        chosen: _Chosen = data or _Chosen([], [])
        held, errors = self._held(chosen.held)
        self.good = list(held)
        if len(chosen.files) + len(held) > settings.EVIDENCE_MAX_FILES:
            raise _too_many()
        for file in filter(None, chosen.files):
            try:
                self.good.append(_checked(file))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return list(self.good)

    def _held(self, ids: Sequence[str]) -> tuple[list[HeldUpload], list[ValidationError]]:
        wanted = {pk for pk in map(_uuid, ids) if pk}
        if not wanted or not self.holding:
            return [], []
        found = [each for each in held_for(self.holding.by, self.holding.form) if each.pk in wanted]
        return found, [refusal("evidence_gone")] if len(found) < len(wanted) else []


def _checked(file: UploadedFile[Any]) -> Upload:
    """ValidationError that names the file."""
    name = file.name or ""
    limits = evidence.Limits(file_bytes=settings.EVIDENCE_MAX_BYTES)
    try:
        return Upload(evidence.inspect(file, name=name, limits=limits), file)
    except ValidationError as error:
        params = {"name": evidence.display_name(name), "problem": error.messages[0]}
        raise ValidationError(_("“%(name)s”: %(problem)s"), error.code, params) from error


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _too_many() -> ValidationError:
    return ValidationError(
        ngettext_lazy(
            "Send up to %(most)d file at a time.",
            "Send up to %(most)d files at a time.",
            settings.EVIDENCE_MAX_FILES,
        ),
        code="evidence_too_many",
        params={"most": settings.EVIDENCE_MAX_FILES},
    )


class EvidenceForm(forms.Form):
    """A form with a field `evidence`. `holding` names whose held uploads it may use."""

    def __init__(self, *args: Any, holding: Holding | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holding = holding
        self.files_field.holding = holding

    @property
    def files_field(self) -> EvidenceField:
        field: EvidenceField = self.fields["evidence"]  # type: ignore[assignment]
        return field

    def look_at_files(self) -> list[str]:
        """Checks only the files, whatever else is still missing; returns what is wrong with them,
        in words.
        """
        try:
            self.files_field.clean(self["evidence"].data)
        except ValidationError as error:
            return error.messages
        return []

    @property
    def files_input(self) -> FilesInput:
        widget: FilesInput = self.files_field.widget  # type: ignore[assignment]
        return widget

    @property
    def held(self) -> Sequence[HeldUpload]:
        """The files that the page shows as arrived."""
        return self.files_input.held

    def show_files_of(self, sent: EvidenceForm) -> None:
        """Shows the arrived and refused files of another form on a new one."""
        self.files_input.held = sent.files_input.held
        self.files_input.refused = sent.files_input.refused


def hold_good_files(form: EvidenceForm, now: datetime) -> None:
    """For a refused form: its good files are shown as arrived and aren't asked for again.

    Files the case already has are dropped: they can't be sent, so nothing says that they're ready.
    """
    holding = form.holding
    if not holding:
        return
    held: list[HeldUpload] = []
    refused: list[RefusedFile] = []
    known = _known_files(form)
    for file in form.files_field.good:
        if problem := known.get(actions.digest(file)):
            refused.append(_let_go(file, problem))
            continue
        if isinstance(file, Upload):
            try:
                file = actions.hold_upload(upload=file, form=holding.form, by=holding.by, now=now)
            except ValidationError as error:
                form.add_error("evidence", error)
                continue
        held.append(file)
    form.files_input.held, form.files_input.refused = held, refused


def _known_files(form: EvidenceForm) -> dict[str, str]:
    """Digest → why, for files that the action refused because the case already has them."""
    errors = [each for found in form.errors.as_data().values() for each in found]
    params = [each.params or {} for each in errors if each.code == "evidence_already_sent"]
    return {each["sha256"]: each["problem"] for each in params}


def _let_go(file: File, problem: str) -> RefusedFile:
    if isinstance(file, HeldUpload):
        actions.drop_upload(upload=file)
        return RefusedFile(file.name, file.size, problem)
    return RefusedFile(file.inspected.display_name, file.inspected.size, problem)


class UploadForm(EvidenceForm):
    """One file, sent ahead of its form."""

    form = forms.CharField(max_length=250)
    evidence = EvidenceField()
