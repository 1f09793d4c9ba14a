INSERT INTO leases_terms
    (lease_id, cash_price, total, payments, frequency, first_due_on, state, tax_rate, buyout_rule,
     option_fee)
SELECT n, cash, total, payments, CASE payments WHEN 52 THEN 'weekly' WHEN 26 THEN 'biweekly' ELSE 'monthly' END, NULL,
    store.state, 8.25, 'option', 0
FROM new_lease JOIN leases_store store ON store.id = store_id
WHERE status IN ('contracts', 'contracts_received', 'lease_accepted', 'funded', 'contracts_expired');

INSERT INTO leases_invoice (lease_id, version, number, total, at)
SELECT lease_id, 1, 'INV-' || lease_id, cash_price, applied_at
FROM leases_terms JOIN new_lease ON n = lease_id;

INSERT INTO leases_invoiceline
    (invoice_id, line_number, sku, model, description, price_each, quantity, line_total)
SELECT id, 1, 'SKU' || id % 5000, '', 'Sofá', cash, 1, cash
FROM leases_invoice JOIN new_lease ON n = lease_id;

CREATE TEMP TABLE new_instalment AS
SELECT (SELECT COALESCE(max(id), 0) FROM leases_instalment)
        + row_number() OVER (ORDER BY lease.n, number) AS id,
    lease.n AS lease_id, number, round(total / payments, 2) AS amount, applied_at,
    CASE payments WHEN 52 THEN day + number * 7 WHEN 26 THEN day + number * 14
        ELSE (day + number * interval '1 month')::date END AS due_on,
    -- One lease in twelve has not paid lately.
    CASE WHEN pg_temp.pick(lease.n, 40, 12) = 0 THEN 45 ELSE 0 END AS behind
FROM new_lease lease
CROSS JOIN LATERAL (SELECT (applied_at + interval '1 day' * LEAST(days, 3))::date AS day) delivered
CROSS JOIN LATERAL generate_series(1, payments) number
WHERE status = 'funded';

INSERT INTO leases_instalment (id, lease_id, number, due_on, amount)
SELECT id, lease_id, number, due_on, amount FROM new_instalment;

INSERT INTO leases_ledgerentry
    (lease_id, kind, part, amount, effective_on, instalment_id, batch, method, reference, external_id,
     reason, at)
SELECT lease_id, 'charge', 'rent', amount, due_on, id, gen_random_uuid(), '', '', '', '', applied_at
FROM new_instalment;

INSERT INTO leases_ledgerentry
    (lease_id, kind, part, amount, effective_on, batch, method, reference, external_id, reason, at)
SELECT lease_id, 'payment', 'rent', -amount, due_on, gen_random_uuid(), 'bank', 'R' || instalment.id,
    '', '', due_on
FROM size JOIN new_instalment instalment ON due_on < size.now::date - behind;

UPDATE leases_terms AS terms SET late_from = unpaid.late_from, unpaid_from = unpaid.late_from FROM (
    SELECT lease_id, min(due_on) AS late_from
    FROM size JOIN new_instalment ON due_on >= size.now::date - behind GROUP BY lease_id
) unpaid WHERE unpaid.lease_id = terms.lease_id;

INSERT INTO leases_paidoffletter (lease_id, paid_on, received, is_purchase, at)
SELECT lease_id, max(due_on), sum(amount), false, max(due_on)
FROM size JOIN new_instalment ON true
GROUP BY lease_id, size.now, behind HAVING max(due_on) < size.now::date - behind;

INSERT INTO leases_plan
    (id, lease_id, kind, arrears, note, by_id, at, cancel_reason, fulfilled_at, missed_on)
SELECT lease_id, lease_id, 'recovery', 100, '', 46, size.now - interval '20 days', '',
    CASE WHEN pg_temp.pick(lease_id, 41, 4) > 0 THEN size.now END,
    (size.now - interval '10 days')::date
FROM size CROSS JOIN (
    SELECT DISTINCT lease_id FROM size JOIN new_instalment ON behind > 0
        AND due_on BETWEEN size.now::date - behind AND size.now::date
) late
WHERE pg_temp.pick(lease_id, 42, 6) = 0;

INSERT INTO leases_planpromise (plan_id, number, due_on, amount)
SELECT leases_plan.id, number, (at + interval '10 days' * number)::date, 30
FROM leases_plan JOIN new_lease ON n = lease_id CROSS JOIN generate_series(1, 4) number;

INSERT INTO leases_autopay (id, lease_id, state, method)
SELECT n, n, 'active', 'bank' FROM new_lease WHERE status = 'funded' AND n % 5 < 2;

INSERT INTO leases_autopayevent
    (autopay_id, change, method, effective_on, overdraft_warned, reason, by_id, at)
SELECT n, 'enrolled', 'bank', applied_at, true, '', 50, applied_at
FROM new_lease WHERE status = 'funded' AND n % 5 < 2;

INSERT INTO leases_buyoutquote
    (lease_id, as_of, valid_until, rule, is_ceiling, inputs, cash_price, cost_of_lease, lease_total,
     remaining, tax, total, saving, by_id, at)
SELECT n, applied_at, applied_at, 'option', false, '{}', cash, total - cash, total, total / 2, 0,
    total / 2, 0, 50, applied_at
FROM new_lease WHERE status = 'funded' AND n % 10 = 0;

INSERT INTO leases_merchandisereturn
    (lease_id, returned_on, outcome, items, reason, at, closed_at, closed_by_id, closing_note)
SELECT n, applied_at, 'opened', '[]', '', applied_at + interval '20 days',
    CASE WHEN n % 300 > 0 THEN applied_at + interval '30 days' END, CASE WHEN n % 300 > 0 THEN 50 END,
    CASE WHEN n % 300 > 0 THEN 'Recogido.' ELSE '' END
FROM new_lease WHERE status = 'funded' AND n % 30 = 0;

INSERT INTO leases_latereport
    (lease_id, delivered_at, deadline, shipping_provider, tracking_id, reason, by_id, at, approved,
     decided_at, decided_by_id, note)
SELECT n, applied_at + interval '2 days', applied_at + interval '60 days', '', '',
    'Entregado a tiempo, avisado tarde.', 50, at, CASE WHEN n % 40 > 0 THEN false END,
    CASE WHEN n % 40 > 0 THEN at END, CASE WHEN n % 40 > 0 THEN 21 END, ''
FROM new_lease CROSS JOIN LATERAL (SELECT applied_at + interval '61 days' AS at) told
WHERE status = 'contracts_expired' AND n % 4 = 0;

DROP TABLE new_instalment, new_lease;
