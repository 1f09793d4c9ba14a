-- Late payments of every fourth case's lease are disputed; one case of four hundred waits for a decision.
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
    CASE WHEN case_id % 400 = 0 THEN '' ELSE 'rejected' END,
    CASE WHEN case_id % 400 = 0 THEN '' ELSE 'as_agreed' END,
    CASE WHEN case_id % 400 > 0 THEN opened_at + interval '3 days' END,
    CASE WHEN case_id % 400 > 0 THEN opened_by_id END
FROM disputed;

INSERT INTO cases_casecharge (case_id, charge_id)
SELECT case_id, charge.id FROM disputed JOIN leases_disputedcharge charge USING (entry_id);

DROP TABLE disputed;
