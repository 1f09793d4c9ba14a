-- Three leases to five cases. Those of the last eighty days may still be open.
CREATE TEMP TABLE new_lease AS
SELECT n, age, pg_temp.pick(n, 30, 10000) AS p, pg_temp.pick(n, 31, 28) AS days,
    size.now - interval '3 years' * age AS applied_at,
    1 + pg_temp.skewed(n, 32, 3000) AS store_id, 200 + pg_temp.pick(n, 33, 2200)::numeric AS cash,
    CASE WHEN pg_temp.pick(n, 39, 20) = 0 THEN 52 WHEN pg_temp.pick(n, 34, 5) = 0 THEN 26
        ELSE 12 END AS payments
FROM size CROSS JOIN LATERAL (
    SELECT n, (size.leases - n)::float / (size.leases - size.leases_before) AS age
    FROM generate_series(size.leases_before + 1, size.leases) n
) numbered;

ALTER TABLE new_lease ADD status text, ADD total numeric;
UPDATE new_lease SET total = payments * round(2 * cash / payments, 2), status = CASE
    WHEN age < 0.073 THEN CASE
        WHEN p < 5000 THEN 'approved' WHEN p < 5800 THEN 'contracts'
        WHEN p < 6600 THEN 'lease_accepted' WHEN p < 6603 THEN 'contracts_received'
        WHEN p < 8000 THEN 'denied' WHEN p < 8600 THEN 'pre_approved'
        WHEN p < 9000 THEN 'prequalified' WHEN p < 9002 THEN 'pending'
        WHEN p < 9200 THEN 'in_process' ELSE 'funded' END
    ELSE CASE
        WHEN p < 5000 THEN 'funded' WHEN p < 8000 THEN 'approval_expired'
        WHEN p < 8400 THEN 'contracts_expired' WHEN p < 9800 THEN 'denied'
        WHEN p < 9970 THEN 'pre_approved' ELSE 'in_process' END
    END;

INSERT INTO leases_lease
    (id, account_number, customer_id, store_id, program_id, merchandise, status, approval_limit,
     invoice_number, invoice_total, applied_at, approved_at, contracts_at, signed_at, delivered_at,
     shipping_provider, tracking_id, expires_at, expires_as, supersedes_id)
SELECT n, (100000000 + n)::text, 1 + pg_temp.pick(n, 35, size.customers), store.id, store.merchant_id,
    (ARRAY['Sofá', 'Mattress', 'Refrigerador', 'TV 65"', 'Lavadora'])[1 + pg_temp.pick(n, 36, 5)],
    status, CASE WHEN approved THEN 5000 END, CASE WHEN invoiced THEN 'INV-' || n ELSE '' END,
    CASE WHEN invoiced THEN cash END, applied_at, CASE WHEN approved THEN applied_at END,
    CASE WHEN invoiced THEN applied_at + interval '1 hour' END,
    CASE WHEN signed THEN applied_at + interval '2 hours' END,
    CASE WHEN status = 'funded' THEN applied_at + interval '1 day' * LEAST(days, 3) END, '', '',
    CASE WHEN expiring THEN applied_at + interval '90 days' END,
    CASE WHEN expiring THEN 'approval_expired' ELSE '' END,
    CASE WHEN n > 1000 AND pg_temp.pick(n, 37, 30) = 0 THEN n - 1000 END
FROM size CROSS JOIN new_lease JOIN leases_store store ON store.id = store_id
CROSS JOIN LATERAL (SELECT
    status NOT IN ('denied', 'pre_approved', 'prequalified', 'pending', 'in_process') AS approved,
    status IN ('contracts', 'contracts_received', 'lease_accepted', 'funded', 'contracts_expired')
        AS invoiced,
    status IN ('contracts_received', 'lease_accepted', 'funded') AS signed,
    status IN ('approved', 'contracts', 'contracts_received', 'lease_accepted') AS expiring
) is_so;

INSERT INTO leases_statusevent
    (lease_id, from_status, to_status, rule, actor, by_id, reason, at, clock_started_at,
     happened_at)
SELECT n, COALESCE(lag(step) OVER (PARTITION BY n ORDER BY place), ''), step,
    CASE step WHEN 'contracts' THEN 'invoice' WHEN 'contracts_received' THEN 'signature'
        WHEN 'lease_accepted' THEN 'acceptance' WHEN 'funded' THEN 'delivery'
        WHEN 'approval_expired' THEN 'approval_age' WHEN 'contracts_expired' THEN 'contracts_age'
        WHEN 'in_process' THEN 'review' ELSE 'application' END,
    CASE WHEN step LIKE '%expired' THEN 'clock' WHEN step = 'in_process' THEN 'person'
        ELSE 'merchant' END,
    CASE WHEN step = 'in_process' THEN 1 END, '', applied_at + (place - 1) * interval '1 hour',
    CASE WHEN step LIKE '%expired' THEN applied_at END,
    CASE WHEN step LIKE '%expired' THEN applied_at END
FROM new_lease CROSS JOIN LATERAL unnest(CASE status
    WHEN 'contracts' THEN '{approved,contracts}'
    WHEN 'contracts_received' THEN '{approved,contracts,contracts_received}'
    WHEN 'lease_accepted' THEN '{approved,contracts,contracts_received,lease_accepted}'
    WHEN 'funded' THEN '{approved,contracts,contracts_received,lease_accepted,funded}'
    WHEN 'approval_expired' THEN '{approved,approval_expired}'
    WHEN 'contracts_expired' THEN '{approved,contracts,contracts_expired}'
    WHEN 'in_process' THEN '{denied,in_process}'
    ELSE ARRAY[status] END::text[]) WITH ORDINALITY AS path (step, place)
ORDER BY n, place;

INSERT INTO leases_webhookdelivery
    (id, endpoint_id, event_id, state, attempts, next_attempt_at, response_status, error, created_at,
     delivered_at)
SELECT gen_random_uuid(), store.merchant_id, event.id,
    CASE WHEN pg_temp.pick(event.id, 38, 200) = 0 THEN 'failed' ELSE 'delivered' END, 1, event.at, 200,
    '', event.at, event.at
FROM size JOIN leases_lease lease ON lease.id > size.leases_before
JOIN leases_store store ON store.id = lease.store_id AND store.merchant_id <= 40
JOIN leases_statusevent event ON event.lease_id = lease.id
WHERE lease.id % 2 = 0;
