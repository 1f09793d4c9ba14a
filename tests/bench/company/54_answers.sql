-- Words that every fifth case was answered with; complaints about a sale; every twentieth identity blocked.
INSERT INTO cases_caseanswer (case_id, question_id, value, language, by_id, at)
SELECT c.id, CASE WHEN c.id % 10 = 0 THEN 'theft_report' ELSE 'sale_promised' END,
    CASE WHEN c.id % 10 = 0 THEN '2026-' || c.id || ', policía de Laredo'
        ELSE 'Noventa días sin cargos ' || c.id END, 'es', c.opened_by_id, c.opened_at
FROM size JOIN cases_case c ON c.id > size.cases_before AND c.id % 5 = 0;

INSERT INTO cases_storecomplaint (case_id, store_id, at)
SELECT c.id, lease.store_id, c.opened_at
FROM size JOIN cases_case c ON c.id > size.cases_before AND c.id % 10 = 5
JOIN leases_lease lease ON lease.id = c.lease_id;

INSERT INTO leases_identityblock
    (customer_id, lease_id, name, email, phone, said_in, by_id, at, lifted_at, lifted_by_id, lift_reason)
SELECT customer.id, lease.id, customer.name, customer.email, customer.phone, c.number,
    c.opened_by_id, c.opened_at, lifted.at, CASE WHEN lifted.at IS NOT NULL THEN c.opened_by_id END,
    CASE WHEN lifted.at IS NULL THEN '' ELSE 'Era la misma persona.' END
FROM size JOIN cases_case c ON c.id > size.cases_before AND c.id % 20 = 10
JOIN leases_lease lease ON lease.id = c.lease_id
JOIN leases_customer customer ON customer.id = lease.customer_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN c.id % 40 = 10 THEN c.opened_at + interval '2 days' END AS at
) lifted;

INSERT INTO leases_ssndigest (lease_id, digest)
SELECT DISTINCT block.lease_id, 'hmac:bench:' || repeat('A', 43) || '='
FROM leases_identityblock block ON CONFLICT (lease_id) DO NOTHING;

INSERT INTO leases_blockedapplication (block_id, store_id, matched, at)
SELECT block.id, lease.store_id, '{person,email}', block.at + interval '1 day' * place
FROM size JOIN cases_case c ON c.id > size.cases_before AND c.id % 20 = 10
JOIN leases_identityblock block ON block.said_in = c.number
JOIN leases_lease lease ON lease.id = block.lease_id
CROSS JOIN generate_series(1, 2) place;
