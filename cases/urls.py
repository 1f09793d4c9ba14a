from django.urls import path

import cases.converters  # noqa: F401  (the case_number converter)
from cases.views import calls, case, evidence, find, queue
from cases.views.lease import buyout, overview

urlpatterns = [
    path("find/", find.find, name="find"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<case_number:number>/", calls.call, name="call"),
    path("calls/<case_number:number>/draft/", calls.draft, name="call_draft"),
    path("cases/", queue.queue, name="queue"),
    path("cases/<case_number:number>/", case.case, name="case"),
    path("cases/<case_number:number>/entries/", case.entries, name="case_entries"),
    path("cases/<case_number:number>/assignment/", case.assignment, name="case_assignment"),
    path("cases/<case_number:number>/escalations/", case.escalations, name="case_escalations"),
    path("cases/<case_number:number>/follow-ups/", case.follow_ups, name="case_follow_ups"),
    path(
        "cases/<case_number:number>/follow-ups/<int:pk>/cancellation/",
        case.follow_up_cancellation,
        name="case_follow_up_cancellation",
    ),
    path("leases/<str:account_number>/", overview.lease, name="lease"),
    path("leases/<str:account_number>/buyout/", buyout.buyout, name="lease_buyout"),
    path("leases/<str:account_number>/quotes/", buyout.quotes, name="lease_quotes"),
    path("leases/<str:account_number>/quotes/<int:quote_id>/", buyout.quote, name="lease_quote"),
    path(
        "leases/<str:account_number>/quotes/<int:quote_id>/pdf/",
        buyout.pdf,
        name="lease_quote_pdf",
    ),
    path(
        "leases/<str:account_number>/quotes/<int:quote_id>/purchase/",
        buyout.purchase,
        name="lease_purchase",
    ),
    path("evidence/<uuid:pk>/", evidence.original, name="evidence"),
    path("evidence/<uuid:pk>/view/", evidence.view, name="evidence_view"),
    path("evidence/<uuid:pk>/thumbnail/", evidence.thumbnail, name="evidence_thumbnail"),
]
