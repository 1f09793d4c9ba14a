from django.urls import path

import cases.converters  # noqa: F401  (the case_number converter)
from cases.portal import agreements, views, wishes
from leases.portal import buyout, mail_language, money, paid_off_letter

urlpatterns = [
    path("", views.home, name="portal_home"),
    path("mail-language/", mail_language.mail_language, name="portal_mail_language"),
    path("contact/", wishes.wishes, name="portal_wishes"),
    path("cases/<case_number:number>/", views.case, name="portal_case"),
    path("cases/<case_number:number>/messages/", views.messages, name="portal_messages"),
    path(
        "cases/<case_number:number>/promises/<int:promise_id>/acknowledgement/",
        agreements.acknowledgement,
        name="portal_acknowledgement",
    ),
    path("leases/<str:account_number>/", views.lease, name="portal_lease"),
    path(
        "leases/<str:account_number>/statement/pdf/",
        money.statement,
        name="portal_lease_statement_pdf",
    ),
    path(
        "leases/<str:account_number>/paid-off-letter/pdf/",
        paid_off_letter.letter,
        name="portal_paid_off_letter_pdf",
    ),
    path(
        "leases/<str:account_number>/quotes/<int:quote_id>/pdf/",
        buyout.quote,
        name="portal_quote_pdf",
    ),
]
