-- What the other steps draw from. The same number always draws the same: a run can be repeated.
-- `size` says which rows are added; it is made by tests/bench/fill.py.
CREATE OR REPLACE FUNCTION pg_temp.pick(n bigint, salt int, below int) RETURNS int
    LANGUAGE sql IMMUTABLE AS
    'SELECT ((hashint8extended(n, salt) & 2147483647) % below)::int';

CREATE OR REPLACE FUNCTION pg_temp.share(n bigint, salt int) RETURNS float
    LANGUAGE sql IMMUTABLE AS
    'SELECT ((hashint8extended(n, salt) & 1048575)::float / 1048576)';

-- A few are met often, most of them seldom: surnames, stores, agents.
CREATE OR REPLACE FUNCTION pg_temp.skewed(n bigint, salt int, below int) RETURNS int
    LANGUAGE sql IMMUTABLE AS
    'SELECT floor(below * power((hashint8extended(n, salt) & 1048575)::float / 1048576, 2))::int';

CREATE OR REPLACE FUNCTION pg_temp.one_of(choices text[], n bigint, salt int) RETURNS text
    LANGUAGE sql IMMUTABLE AS
    'SELECT choices[1 + floor(cardinality(choices)
        * power((hashint8extended(n, salt) & 1048575)::float / 1048576, 1.5))::int]';
