from django.urls import path

import cases.converters  # noqa: F401  (the case_number converter)
from cases.views import (
    evidence,
    find,
    held_uploads,
    mail_events,
    mail_in,
    metrics,
    phone_calls,
    phone_lines,
    queue,
    ringing,
    suggest,
)
from cases.views.call import discards as call_discards
from cases.views.call import drafts as call_drafts
from cases.views.call import page as calls
from cases.views.call import take_over as call_take_over
from cases.views.case import (
    agreements,
    answers,
    attempts,
    charge_decisions,
    charges,
    composer,
    contact,
    flags,
    follow_ups,
    handling,
    identity,
    language,
    lease,
    letter,
    outside,
    page,
    resolution,
    translations,
    verifications,
)
from cases.views.case import evidence as case_evidence
from cases.views.case import mail as case_mail
from cases.views.correspondence import addresses, mails, parked, scripts, texts
from cases.views.correspondence import follow_ups as calendar
from cases.views.correspondence import overview as correspondence

urlpatterns = [
    path("find/", find.find, name="find"),
    path("find/suggest/", suggest.suggestions, name="suggestions"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<case_number:number>/", calls.call, name="call"),
    path("calls/<case_number:number>/takeover/", call_take_over.take_over, name="call_takeover"),
    path("calls/<case_number:number>/discard/", call_discards.discards, name="call_discards"),
    path("calls/<case_number:number>/draft/", call_drafts.draft, name="call_draft"),
    path("phone/", phone_calls.phone_calls, name="phone_calls"),
    path("phone/extension/", phone_lines.phone_lines, name="phone_lines"),
    path("phone/card/", ringing.card, name="ringing"),
    path("phone/<int:phone_call>/call/", ringing.answers, name="phone_call_answers"),
    path(
        "phone/<int:phone_call>/settlement/",
        phone_calls.settlement,
        name="phone_call_settlement",
    ),
    path("cases/", queue.queue, name="queue"),
    path("cases/attempts/", attempts.latest, name="contact_attempts"),
    path("cases/<case_number:number>/", page.case, name="case"),
    path(
        "cases/<case_number:number>/verifications/",
        verifications.verifications,
        name="case_verifications",
    ),
    path("cases/<case_number:number>/contact/", contact.contact, name="case_contact"),
    path("cases/<case_number:number>/entries/", composer.entries, name="case_entries"),
    path(
        "cases/<case_number:number>/entries/<int:entry_id>/language/",
        language.corrections,
        name="case_entry_language",
    ),
    path(
        "cases/<case_number:number>/entries/<int:entry_id>/translations/",
        translations.translations,
        name="case_entry_translations",
    ),
    path(
        "cases/<case_number:number>/translations/<int:translation_id>/review/",
        translations.review,
        name="case_translation_review",
    ),
    path("cases/<case_number:number>/assignment/", handling.assignment, name="case_assignment"),
    path("cases/<case_number:number>/lease/", lease.lease, name="case_lease"),
    path(
        "cases/<case_number:number>/lease/detachment/",
        lease.detachment,
        name="case_lease_detachment",
    ),
    path("cases/<case_number:number>/resolution/", resolution.resolution, name="case_resolution"),
    path("cases/<case_number:number>/escalations/", handling.escalations, name="case_escalations"),
    path("cases/<case_number:number>/follow-ups/", follow_ups.follow_ups, name="case_follow_ups"),
    path(
        "cases/<case_number:number>/follow-ups/<int:pk>/cancellation/",
        follow_ups.cancellation,
        name="case_follow_up_cancellation",
    ),
    path(
        "cases/<case_number:number>/follow-ups/<int:pk>/day/",
        follow_ups.day,
        name="case_follow_up_day",
    ),
    path(
        "cases/<case_number:number>/follow-ups/<int:pk>/completion/",
        follow_ups.completion,
        name="case_follow_up_completion",
    ),
    path(
        "cases/<case_number:number>/evidence-requests/",
        case_evidence.requests,
        name="case_evidence_requests",
    ),
    path(
        "cases/<case_number:number>/evidence-requests/received/",
        case_evidence.received,
        name="case_evidence_received",
    ),
    path(
        "cases/<case_number:number>/evidence-requests/answers/",
        case_evidence.answers,
        name="case_evidence_answers",
    ),
    path(
        "cases/<case_number:number>/evidence/<uuid:evidence_id>/unreadable/",
        case_evidence.unreadable,
        name="case_unreadable",
    ),
    path(
        "cases/<case_number:number>/return-steps/",
        case_evidence.return_steps,
        name="case_return_steps",
    ),
    path("cases/<case_number:number>/mails/<uuid:mail_id>/", case_mail.mail, name="case_mail"),
    path("cases/<case_number:number>/promises/", agreements.agreements, name="case_promises"),
    path(
        "cases/<case_number:number>/promises/<int:promise_id>/settlement/",
        agreements.settlement,
        name="case_promise_settlement",
    ),
    path("cases/<case_number:number>/letter/", letter.letter, name="case_letter"),
    path("cases/<case_number:number>/charges/", charges.charges, name="case_charges"),
    path(
        "cases/<case_number:number>/charges/decisions/",
        charge_decisions.decisions,
        name="case_charge_decisions",
    ),
    path(
        "cases/<case_number:number>/charges/transactions/",
        charge_decisions.transactions,
        name="case_charge_transactions",
    ),
    path(
        "cases/<case_number:number>/charges/<int:charge_id>/withdrawal/",
        charges.withdrawal,
        name="case_charge_withdrawal",
    ),
    path(
        "cases/<case_number:number>/outside-deadlines/",
        outside.deadlines,
        name="case_outside_deadlines",
    ),
    path(
        "cases/<case_number:number>/outside-deadlines/<int:outside_id>/answer/",
        outside.answer,
        name="case_outside_answer",
    ),
    path("cases/<case_number:number>/answers/", answers.answers, name="case_answers"),
    path("cases/<case_number:number>/attempts/", attempts.attempts, name="case_attempts"),
    path(
        "cases/<case_number:number>/attempts/<int:attempt>/retraction/",
        attempts.retraction,
        name="attempt_retraction",
    ),
    path("cases/<case_number:number>/flags/", flags.flags, name="case_flags"),
    path(
        "cases/<case_number:number>/identity/<int:block_id>/lifting/",
        identity.lifting,
        name="case_identity_lifting",
    ),
    path(
        "cases/<case_number:number>/flags/<int:flag_id>/lifting/",
        flags.lifting,
        name="case_flag_lifting",
    ),
    path("mail-in/", mail_in.mail_in, name="mail_in"),
    path("mail-events/", mail_events.mail_events, name="mail_events"),
    path("metrics/", metrics.metrics, name="metrics"),
    path("correspondence/", correspondence.overview, name="correspondence"),
    path("correspondence/parked/", parked.parked, name="correspondence_parked"),
    path("correspondence/parked/<uuid:inbound>/", parked.mail, name="correspondence_parked_mail"),
    path(
        "correspondence/parked/<uuid:inbound>/original/",
        parked.original,
        name="correspondence_parked_original",
    ),
    path(
        "correspondence/parked/<uuid:inbound>/entry/",
        parked.entry,
        name="correspondence_parked_entry",
    ),
    path(
        "correspondence/parked/<uuid:inbound>/dismissal/",
        parked.dismissal,
        name="correspondence_parked_dismissal",
    ),
    path("correspondence/addresses/", addresses.addresses, name="correspondence_addresses"),
    path(
        "correspondence/addresses/<int:address>/lift/",
        addresses.lift,
        name="correspondence_address_lift",
    ),
    path("correspondence/uncertain/", mails.uncertain, name="correspondence_uncertain"),
    path(
        "correspondence/uncertain/<uuid:email>/settlement/",
        mails.settlement,
        name="correspondence_settlement",
    ),
    path("correspondence/failed/", mails.failed, name="correspondence_failed"),
    path("correspondence/failed/retry/", mails.retry_alike, name="correspondence_retry_alike"),
    path("correspondence/failed/<uuid:email>/retry/", mails.retry, name="correspondence_retry"),
    path("correspondence/texts/", texts.texts, name="correspondence_texts"),
    path("correspondence/texts/<slug:mail>/", texts.text, name="correspondence_text"),
    path(
        "correspondence/texts/<slug:mail>/preview/",
        texts.preview,
        name="correspondence_text_preview",
    ),
    path("correspondence/texts/<slug:mail>/tests/", texts.tests, name="correspondence_text_tests"),
    path(
        "correspondence/texts/<slug:mail>/versions/",
        texts.versions,
        name="correspondence_text_versions",
    ),
    path(
        "correspondence/texts/<slug:mail>/versions/<int:version>/",
        texts.earlier,
        name="correspondence_text_version",
    ),
    path("correspondence/scripts/", scripts.scripts, name="correspondence_scripts"),
    path(
        "correspondence/scripts/<slug:situation>/<slug:medium>/",
        scripts.script,
        name="correspondence_script",
    ),
    path(
        "correspondence/scripts/<slug:situation>/<slug:medium>/versions/",
        scripts.versions,
        name="correspondence_script_versions",
    ),
    path(
        "correspondence/scripts/<slug:situation>/<slug:medium>/versions/<int:version>/",
        scripts.earlier,
        name="correspondence_script_version",
    ),
    path("correspondence/follow-ups/", calendar.calendar, name="correspondence_follow_ups"),
    path(
        "correspondence/follow-ups/<int:pk>/day/",
        calendar.day,
        name="correspondence_follow_up_day",
    ),
    path("uploads/", held_uploads.uploads, name="uploads"),
    path("uploads/<uuid:held>/removal/", held_uploads.removal, name="upload_removal"),
    path("evidence/<uuid:pk>/", evidence.original, name="evidence"),
    path("evidence/<uuid:pk>/view/", evidence.view, name="evidence_view"),
    path("evidence/<uuid:pk>/thumbnail/", evidence.thumbnail, name="evidence_thumbnail"),
]
