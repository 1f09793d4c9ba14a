from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Language
from cases.enums import CaseStatus
from cases.kinds import slot_name
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, bulleted, made_up
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.models import Case
from leases.mails.base import instant
from mail.kinds import MailKind, Text


@dataclass(frozen=True, kw_only=True)
class EvidenceReceivedParams(CaseParams):
    files: tuple[str, ...]  # their names
    answers: str = ""  # what they were received as
    received_at: datetime
    time_zone: str  # the customer's
    still_open: tuple[str, ...] = ()

    def words(self) -> dict[str, str]:
        files = bulleted(self.files)
        if self.answers:
            told = _("Received as: %(evidence)s") % {"evidence": slot_name(self.answers)}
            files = f"{files}\n\n{told}"
        return super().words() | {
            "files": files,
            "received_at": instant(self.received_at, self.time_zone),
            "missing": self._missing(),
        }

    def _missing(self) -> str:
        """What the customer still has to send."""
        if not self.still_open:
            return _(
                "You don’t need to do anything else for now. If we can’t read something, we’ll "
                "tell you."
            )
        before = _("Please also send us:")
        asked = bulleted(slot_name(each) for each in self.still_open)
        after = _("If you’ve already sent one of these, tell us which file.")
        return f"{before}\n\n{asked}\n\n{after}"

    def seen_in(self, case: Case) -> Self:
        facts = self.facts_of(case)
        if self.still_open:
            facts |= {"status": CaseStatus.WAITING_CUSTOMER}
        return replace(self, **facts, time_zone=case.person.time_zone)


EVIDENCE_RECEIVED = MailKind(
    key="evidence_received",
    label=gettext_lazy("Proof received"),
    params=EvidenceReceivedParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "files": gettext_lazy("the names of the files, one per line"),
        "received_at": gettext_lazy(
            "the date and time we received them, on the customer’s \
clock"
        ),
        "missing": gettext_lazy(
            "what we asked for and don’t have yet, or that we need nothing more"
        ),
    },
    in_subject=("case_number",),
    in_body=("case_number", "files", "received_at"),
    kept="case_number",
    through_attorney=True,
    sample=lambda now: EvidenceReceivedParams(
        **made_up(now, CaseStatus.WAITING_CUSTOMER),
        files=("sofa-1.jpg", "sofa-2.jpg"),
        received_at=now,
        time_zone="America/Chicago",
        still_open=("receipts",),
    ),
    texts={
        Language.ENGLISH: Text(
            "We received your files for case {case_number}",
            f"""\
Hello {{first_name}},

We received these files from you on {{received_at}}:

{{files}}

Keep this email as your receipt.

{{missing}}

{HOW_IT_STANDS_EN}

{PORTAL_EN}""",
            headline="We received your files",
        ),
        Language.SPANISH: Text(
            "Recibimos sus archivos para el caso {case_number}",
            f"""\
Hola, {{first_name}}:

Recibimos estos archivos suyos el {{received_at}}:

{{files}}

Guarde este correo como comprobante.

{{missing}}

{HOW_IT_STANDS_ES}

{PORTAL_ES}""",
            headline="Recibimos sus archivos",
        ),
    },
)
