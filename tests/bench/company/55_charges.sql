-- Late payments of every fourth case's lease are disputed; one case of four hundred waits for a decision,
-- and nearly all others brought a refund, of which few are still owed.
CREATE TEMPORARY TABLE disputed ON COMMIT DROP AS
SELECT DISTINCT ON (entry.id) c.id AS case_id, c.opened_by_id, c.opened_at, entry.lease_id,
    entry.id AS entry_id, entry.amount
FROM size JOIN cases_case c ON c.id > size.cases_before AND c.id % 4 = 0
JOIN leases_ledgerentry entry ON entry.lease_id = c.lease_id AND entry.kind = 'charge'
    AND entry.effective_on BETWEEN c.opened_at::date - 45 AND c.opened_at::date
ORDER BY entry.id, c.id;

INSERT INTO leases_disputedcharge
    (lease_id, entry_id, amount, pauses_fees, by_id, at, decision, reason, decided_at, decided_by_id)
SELECT lease_id, entry_id, amount, true, opened_by_id, opened_at,
    CASE WHEN case_id % 400 = 0 THEN '' WHEN case_id % 40 > 0 THEN 'refund' ELSE 'rejected' END,
    CASE WHEN case_id % 400 = 0 OR case_id % 40 > 0 THEN '' ELSE 'as_agreed' END,
    CASE WHEN case_id % 400 > 0 THEN opened_at + interval '3 days' END,
    CASE WHEN case_id % 400 > 0 THEN opened_by_id END
FROM disputed;

INSERT INTO cases_casecharge (case_id, charge_id)
SELECT case_id, charge.id FROM disputed JOIN leases_disputedcharge charge USING (entry_id);

INSERT INTO leases_refund
    (lease_id, charge_id, amount, method, expected_on, by_id, at, paid_on, reference, paid_at, paid_by_id)
SELECT charge.lease_id, charge.id, charge.amount, 'card', charge.decided_at::date + 10,
    charge.by_id, charge.decided_at, CASE WHEN is_paid THEN charge.decided_at::date + 5 END,
    CASE WHEN is_paid THEN 'TX-' || charge.id ELSE '' END,
    CASE WHEN is_paid THEN charge.decided_at + interval '5 days' END,
    CASE WHEN is_paid THEN charge.by_id END
FROM disputed JOIN leases_disputedcharge charge USING (entry_id)
CROSS JOIN LATERAL (SELECT case_id % 400 <> 4 AS is_paid) paid
WHERE charge.decision = 'refund';

DROP TABLE disputed;
