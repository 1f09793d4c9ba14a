INSERT INTO django_session (session_key, session_data, expire_date)
SELECT md5('session' || n), 'e30', size.now + (pg_temp.pick(n, 90, 30) - 15) * interval '1 day'
FROM size CROSS JOIN generate_series(size.cases_before / 25 + 1, size.cases / 25) n;

INSERT INTO leases_idempotentrequest
    (api_key_id, key, fingerprint, status, body, content_type, created_at)
SELECT 1 + pg_temp.pick(n, 91, 200), md5('request' || n), md5(n::text), 200, '{}', 'application/json',
    size.now - pg_temp.pick(n, 92, 2000) * interval '1 minute'
FROM size CROSS JOIN generate_series(size.cases_before / 25 + 1, size.cases / 25) n;

INSERT INTO django_admin_log
    (action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id)
SELECT size.now, n::text, 'Store ' || n, 2, '[]', (SELECT min(id) FROM django_content_type), 16
FROM size CROSS JOIN generate_series(size.cases_before / 200 + 1, size.cases / 200) n;
