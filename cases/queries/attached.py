"""What was done in a case while a lease was attached to it."""

from __future__ import annotations

from django.db.models import Q

from cases.enums import Event, Visibility
from cases.models import Case, Entry
from leases.models import Customer, Lease


def told_before(case: Case, customer: Customer) -> Lease | None:
    """A lease of someone else that was attached before, if they could read anything meanwhile."""
    moves = Entry.objects.filter(
        case=case, event__in=[Event.LEASE_ATTACHED, Event.LEASE_DETACHED]
    ).order_by("pk")
    rows = list(moves.values_list("pk", "params"))
    public = Entry.objects.filter(case=case, visibility=Visibility.PUBLIC)
    told = [
        params["account_number"]
        for (attached, params), (detached, _params) in zip(rows[::2], rows[1::2], strict=False)
        if public.filter(pk__gt=attached, pk__lt=detached).exists()
    ]
    others = Lease.objects.filter(account_number__in=told).exclude(customer=customer)
    return others.select_related("customer").first() if told else None


def stopped_autopay(case: Case) -> bool:
    """Whether the case stopped automatic payments since its lease was attached."""
    events = Entry.objects.filter(case=case).exclude(event="").order_by("-pk")
    attached = events.filter(event=Event.LEASE_ATTACHED).values_list("pk", flat=True).first() or 0
    revoked = events.filter(event=Event.AUTOPAY_REVOKED, pk__gt=attached)
    return any(params.get("stopped_on") for params in revoked.values_list("params", flat=True))


def states_of(case: Case) -> set[str]:
    """Of the stores of its lease and of those it had before."""
    moves = Entry.objects.filter(case=case, event=Event.LEASE_ATTACHED)
    numbers = [params["account_number"] for params in moves.values_list("params", flat=True)]
    leases = Lease.objects.filter(Q(account_number__in=numbers) | Q(pk=case.lease_id))
    return set(leases.values_list("store__state", flat=True))
