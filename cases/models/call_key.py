from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

COLUMNS = "customer_id, names, phones, emails"


class CallKey(models.Model):
    """What a call that isn't a case is found by: names, phones and emails that were typed, those of
    the customer of its lease, and the number that the telephone system told.

    The database keeps it (migration 0054_call_keys): with each save of the call, and with each
    change of the customer. What was typed is masked before it arrives there.
    """

    draft = models.OneToOneField(
        "cases.CallDraft", models.CASCADE, primary_key=True, related_name="found_by"
    )
    customer = models.ForeignKey(
        "leases.Customer",
        models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,  # call_key_of_customer
    )
    names = models.TextField()  # as leases.models.names.NameKey has them
    phones = models.TextField()  # each as `;12105550134;`
    emails = models.TextField()  # each after a space

    class Meta:
        verbose_name = _("call’s search terms")
        verbose_name_plural = _("calls’ search terms")
        indexes = [
            # queries/calls.py: by what someone says or types
            GinIndex(
                OpClass("names", "gin_trgm_ops"),
                OpClass("phones", "gin_trgm_ops"),
                OpClass("emails", "gin_trgm_ops"),
                name="call_key_words",
            ),
            # its trigger: the calls of a customer who changed
            models.Index(
                fields=["customer"],
                name="call_key_of_customer",
                condition=models.Q(customer__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.draft_id)


#: A call that became a case is found by its case.
KEEPS_KEYS = pgtrigger.Trigger(
    name="call_keys",
    when=pgtrigger.After,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf("typed", "lease_id", "case_id", "phone_call_id"),
    func=f"""
        IF NEW.case_id IS NOT NULL THEN
            DELETE FROM cases_callkey WHERE draft_id = NEW.id;
            RETURN NULL;
        END IF;
        INSERT INTO cases_callkey AS known (draft_id, {COLUMNS})
        SELECT NEW.id, {COLUMNS} FROM public.puente_call_key(NEW)
        ON CONFLICT (draft_id) DO UPDATE
        SET ({COLUMNS}) = (excluded.customer_id, excluded.names, excluded.phones, excluded.emails)
        WHERE (known.customer_id, known.names, known.phones, known.emails) IS DISTINCT FROM
            (excluded.customer_id, excluded.names, excluded.phones, excluded.emails);
        RETURN NULL;
    """,  # noqa: S608 - none of it is user input
)
