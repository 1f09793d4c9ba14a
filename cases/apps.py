from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mail import kinds, recipients, threads


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from cases.actions import bounced  # noqa: PLC0415 - models are not ready before
        from cases.mails.attorneys import CaseRecipients  # noqa: PLC0415
        from cases.mails.threads import CaseThreads  # noqa: PLC0415
        from mail.outbound import bounces  # noqa: PLC0415

        kinds.discover("cases.mails")
        threads.register_threads(CaseThreads())
        bounces.register_listener(bounced)
        recipients.register_recipients(CaseRecipients())
