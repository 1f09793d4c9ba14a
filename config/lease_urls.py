"""Every address under `leases/`. Pages that show or ask for a case come from `cases`."""

from django.urls import include, path

from cases.views import open_returns
from cases.views.lease import overview, plans, wishes
from leases.views import (
    autopay,
    buyout,
    late_reports,
    leases,
    mails,
    monitoring,
    movements,
    paid_off_letter,
    review,
    schedule,
    statement,
    statuses,
    steps,
)

of_a_lease = [
    path("", overview.lease, name="lease"),
    path("review/", review.review, name="lease_review"),
    path("decision/", review.decision, name="lease_decision"),
    path("acceptance/", review.acceptance, name="lease_acceptance"),
    path("invoice/", steps.invoice, name="lease_invoice"),
    path("terms/", steps.terms, name="lease_terms"),
    path("signature/", steps.signature, name="lease_signature"),
    path("delivery/", steps.delivery, name="lease_delivery"),
    path("late-delivery/", steps.late_delivery, name="lease_late_delivery"),
    path("late-delivery/<int:report_id>/", late_reports.decision, name="lease_late_decision"),
    path("returns/", steps.returns, name="lease_return"),
    path("reapplication/", steps.reapplication, name="lease_reapplication"),
    path("schedule/", schedule.schedule, name="lease_schedule"),
    path("statement/", statement.statement, name="lease_statement"),
    path("statement/pdf/", statement.pdf, name="lease_statement_pdf"),
    path("statement/csv/", statement.table, name="lease_statement_csv"),
    path("statement/mail/", statement.sending, name="lease_statement_mail"),
    path("payments/", movements.payments, name="lease_payments"),
    path("adjustments/", movements.adjustments, name="lease_adjustments"),
    path("movements/<int:movement_id>/reversal/", movements.reversal, name="lease_reversal"),
    path("movements/<int:movement_id>/waiver/", movements.waiver, name="lease_waiver"),
    path("buyout/", buyout.buyout, name="lease_buyout"),
    path("paid-off-letter/pdf/", paid_off_letter.pdf, name="lease_paid_off_letter_pdf"),
    path("quotes/", buyout.quotes, name="lease_quotes"),
    path("quotes/<int:quote_id>/", buyout.quote, name="lease_quote"),
    path("quotes/<int:quote_id>/pdf/", buyout.pdf, name="lease_quote_pdf"),
    path("quotes/<int:quote_id>/purchase/", buyout.purchase, name="lease_purchase"),
    path("plans/", plans.plans, name="lease_plans"),
    path("plans/recovery/", plans.recovery, name="lease_plan_recovery"),
    path("plans/rescheduling/", plans.rescheduling, name="lease_plan_rescheduling"),
    path("plans/restructuring/", plans.restructuring, name="lease_plan_restructuring"),
    path("plans/<int:plan_id>/cancellation/", plans.cancellation, name="lease_plan_cancellation"),
    path("wishes/", wishes.wishes, name="lease_wishes"),
    path("mails/", mails.mails, name="lease_mails"),
    path("mails/<uuid:mail_id>/", mails.mail, name="lease_mail"),
    path("automatic-payments/", autopay.autopay, name="lease_autopay"),
    path("automatic-payments/changes/", autopay.changes, name="lease_autopay_changes"),
]

urlpatterns = [
    path("", leases.leases, name="leases"),
    path("monitoring/", monitoring.monitoring, name="monitoring"),
    path("monitoring/<slug:slug>/", monitoring.worklist, name="worklist"),
    path("returns/", open_returns.open_returns, name="open_returns"),
    path("returns/<int:return_id>/closing/", open_returns.closing, name="return_closing"),
    path("statuses/", statuses.statuses, name="lease_statuses"),
    path("<str:account_number>/", include(of_a_lease)),
]
