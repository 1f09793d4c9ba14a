-- Staff come once; some have gone.
INSERT INTO accounts_user
    (id, password, email, name, role, language, time_zone, is_active, created_at)
SELECT n, '!', 'staff' || n || '@bench.example', 'Agente ' || n,
    CASE WHEN n <= 15 THEN 'merchant_services' WHEN n <= 20 THEN 'administrator'
         WHEN n <= 45 THEN 'supervisor' ELSE 'agent' END,
    CASE WHEN n % 2 = 0 THEN 'es' ELSE 'en' END, '', n % 8 > 0 OR n < 340, size.now - interval '4 years'
FROM size CROSS JOIN generate_series(1, 400) n
WHERE size.cases_before = 0;

CREATE TEMP TABLE new_person AS
SELECT n, pg_temp.pick(n, 1, 100) < 72 AS spanish
FROM size CROSS JOIN generate_series(size.customers_before + 1, size.customers) n;

INSERT INTO accounts_user
    (id, password, email, name, role, language, time_zone, is_active, created_at)
SELECT 1000 + n, '!', 'c' || n || '@bench.example',
    CASE WHEN spanish THEN
        pg_temp.one_of('{María,José,Juan,Guadalupe,Luis,Ana,Carlos,Rosa,Jesús,Francisco,Miguel,
            Verónica,Martín,Sofía,Íñigo,Mónica,Raúl,Lucía,Andrés,Belén,Ramón,Ximena,Óscar,Noé,
            María Guadalupe,José Luis,María de los Ángeles,Juan Carlos,Ma. Elena}'::text[], n, 2)
        || ' ' ||
        pg_temp.one_of('{Hernández,García,Martínez,López,González,Rodríguez,Pérez,Sánchez,Ramírez,
            Torres,Flores,Rivera,Gómez,Díaz,Reyes,Cruz,Morales,Ortiz,Gutiérrez,Chávez,Ramos,Ruiz,
            Peña,Núñez,de la Cruz,Del Río,Villaseñor,Ibáñez,Zúñiga,Agüero,Muñoz,Ávila,de León,
            Castañeda,Quiñones,Saldaña,Treviño,Cantú,Garza,Montemayor}'::text[], n, 3)
        || CASE WHEN pg_temp.pick(n, 4, 100) < 55 THEN ' ' ||
        pg_temp.one_of('{Hernández,García,Martínez,López,González,Rodríguez,Pérez,Sánchez,Peña,
            Núñez,Ibarra,Solís,Trejo,Vela,Luna,Salinas}'::text[], n, 5) ELSE '' END
    ELSE
        pg_temp.one_of('{James,Mary,Robert,Patricia,John,Jennifer,Michael,Linda,Olivia,Grace,Liam,
            Noah,Emma,Chloë,Zoë,Sean,Siobhan,Tyrone,Latoya,Dwayne}'::text[], n, 6)
        || ' ' ||
        pg_temp.one_of('{Smith,Johnson,Williams,Brown,Jones,Miller,Davis,Wilson,Anderson,Thomas,
            Taylor,Moore,Jackson,White,Harris,Clark,Lewis,Young,King,Wright,Scott,Hill,Green,Baker,
            O''Neill,O’Brien,McDonald,Smith-Jones,Van Dyke,Nguyen,Kim,Patel}'::text[], n, 7)
    END || CASE WHEN pg_temp.pick(n, 8, 400) = 0 THEN ' ' || initcap(left(md5(n::text), 7)) ELSE '' END,
    'customer', CASE WHEN spanish THEN 'es' ELSE 'en' END, '', true,
    size.now - interval '3 years' * (size.customers - n) / (size.customers - size.customers_before)
FROM size CROSS JOIN new_person;

INSERT INTO leases_customer
    (id, user_id, name, email, phone, language, language_source, available_days, available_from,
     available_to, time_zone, created_at)
SELECT n, 1000 + n, u.name, u.email,
    '+1' || (ARRAY[210, 830, 956, 361, 512, 713, 214, 505, 602, 323])[1 + pg_temp.pick(n, 9, 10)]
        || lpad((2000000 + pg_temp.pick(n, 10, 7999999))::text, 7, '0'),
    u.language, (ARRAY['asked', 'portal', 'application', 'imported'])[1 + pg_temp.pick(n, 11, 4)],
    CASE WHEN pg_temp.pick(n, 12, 4) = 0 THEN '{mon,wed,fri}'::varchar[] ELSE '{}' END,
    CASE WHEN pg_temp.pick(n, 12, 4) = 0 THEN time '17:00' END,
    CASE WHEN pg_temp.pick(n, 12, 4) = 0 THEN time '20:00' END,
    (ARRAY['America/Chicago', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'])[
        1 + pg_temp.pick(n, 13, 4)],
    u.created_at
FROM new_person JOIN accounts_user u ON u.id = 1000 + n;

DROP TABLE new_person;

INSERT INTO account_emailaddress (email, verified, "primary", user_id)
SELECT email, true, true, u.id FROM size JOIN accounts_user u
    ON u.id > 1000 + size.customers_before AND u.id % 5 = 0
    OR u.id <= 400 AND size.cases_before = 0;
