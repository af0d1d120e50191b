-- The two logins that run template SQL, and where their cages live. Made once; running it again changes nothing.
DO $dlt$
DECLARE
    stem   text := (SELECT 'dlt_' || encode(substring(sha256(convert_to(oid::text, 'UTF8')) FROM 1 FOR 6), 'hex')
                    FROM pg_catalog.pg_database WHERE datname = current_database());
    who    text;
    secret text;
    there  boolean;
BEGIN
    IF to_regnamespace('dlt_cage') IS NULL THEN
        CREATE SCHEMA dlt_cage;
    END IF;
    IF to_regclass('dlt_data.login') IS NULL THEN
        CREATE TABLE dlt_data.login (role text PRIMARY KEY, password text NOT NULL);
    END IF;
    FOREACH who IN ARRAY ARRAY[stem || '_runner', stem || '_analyst'] LOOP
        there := EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = who);
        IF NOT there OR NOT EXISTS (SELECT FROM dlt_data.login WHERE role = who) THEN
            secret := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
            EXECUTE format('%s ROLE %I LOGIN NOINHERIT PASSWORD %L', CASE WHEN there THEN 'ALTER' ELSE 'CREATE' END, who, secret);
            EXECUTE format('ALTER ROLE %I SET statement_timeout = ''5s''', who);
            EXECUTE format('ALTER ROLE %I SET lock_timeout = ''1s''', who);
            EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''15s''', who);
            IF who LIKE '%\_runner' THEN
                EXECUTE format('ALTER ROLE %I SET default_transaction_read_only = on', who);
                EXECUTE format('ALTER ROLE %I SET search_path = pg_catalog', who);
            END IF;
            INSERT INTO dlt_data.login (role, password) VALUES (who, secret)
                ON CONFLICT (role) DO UPDATE SET password = excluded.password;
        END IF;
    END LOOP;
    IF NOT has_schema_privilege(stem || '_runner', 'dlt_cage', 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA dlt_cage TO %I', stem || '_runner');
    END IF;
    BEGIN -- a grant that is not one's to give is a warning or this error; what is missing then, the preflight tells
        EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(), stem || '_analyst');
    EXCEPTION WHEN insufficient_privilege THEN
        NULL;
    END;
    -- of a database that this one is a copy of
    IF EXISTS (SELECT FROM dlt_data.login WHERE role NOT IN (stem || '_runner', stem || '_analyst')) THEN
        DELETE FROM dlt_data.login WHERE role NOT IN (stem || '_runner', stem || '_analyst');
    END IF;
END $dlt$;
