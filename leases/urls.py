from django.urls import path

from leases.views import leases, monitoring, review, statuses, steps

urlpatterns = [
    path("leases/", leases.leases, name="leases"),
    path("leases/monitoring/", monitoring.monitoring, name="monitoring"),
    path("leases/monitoring/<slug:slug>/", monitoring.worklist, name="worklist"),
    path("leases/statuses/", statuses.statuses, name="lease_statuses"),
    path("leases/<str:account_number>/review/", review.review, name="lease_review"),
    path("leases/<str:account_number>/decision/", review.decision, name="lease_decision"),
    path("leases/<str:account_number>/acceptance/", review.acceptance, name="lease_acceptance"),
    path("leases/<str:account_number>/invoice/", steps.invoice, name="lease_invoice"),
    path("leases/<str:account_number>/terms/", steps.terms, name="lease_terms"),
    path("leases/<str:account_number>/signature/", steps.signature, name="lease_signature"),
    path("leases/<str:account_number>/delivery/", steps.delivery, name="lease_delivery"),
    path(
        "leases/<str:account_number>/late-delivery/",
        steps.late_delivery,
        name="lease_late_delivery",
    ),
    path("leases/<str:account_number>/returns/", steps.returns, name="lease_return"),
    path(
        "leases/<str:account_number>/reapplication/",
        steps.reapplication,
        name="lease_reapplication",
    ),
]
