package io.datalifecycle.dlt.storage.metric;

import java.util.List;
import java.util.Map;

/**
 * What a hostile author of template SQL tries. Names in braces are filled in: {@code {own}} and {@code {other}} are tables of the
 * attacking and the attacked workspace, {@code {part}} a chunk or partition of the latter.
 */
final class Attacks {

    private Attacks() {}

    /**
     * One attempt.
     *
     * @param harmless whether the analysis lets it pass, because it reaches nothing
     */
    record Attack(String name, String sql, boolean harmless) {

        String sql(Map<String, String> names) {
            String filled = sql;
            for (Map.Entry<String, String> name : names.entrySet()) {
                filled = filled.replace("{" + name.getKey() + "}", name.getValue());
            }
            return filled;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Attack attack(String name, String sql) {
        return new Attack(name, sql, false);
    }

    private static Attack harmless(String name, String sql) {
        return new Attack(name, sql, true);
    }

    static final List<Attack> ALL = List.of(
            // another workspace's rows, by name
            attack("table by name", "SELECT label AS v FROM {other}"),
            attack("table by bare name", "SELECT label AS v FROM {otherBare}"),
            attack("chunk by name", "SELECT label AS v FROM {part}"),
            attack("union", "SELECT label AS v FROM {own} UNION ALL SELECT label FROM {other}"),
            attack("subquery", "SELECT (SELECT min(label) FROM {other}) AS v"),
            attack("lateral", "SELECT o.label AS v FROM {own} a CROSS JOIN LATERAL (SELECT label FROM {other}) o"),
            attack("row type", "SELECT (jsonb_populate_record(NULL::{other}, '{\"label\":\"x\"}')).label AS v"),
            attack("whole row", "SELECT o::text AS v FROM {other} o"),
            attack("error message", "SELECT (label::int)::text AS v FROM {other}"),
            attack("table command", "TABLE {other}"),
            attack("tablesample", "SELECT label AS v FROM {other} TABLESAMPLE SYSTEM (100)"),
            attack(
                    "row type of a catalogue",
                    "SELECT (jsonb_populate_record(NULL::pg_class, '{\"relname\":\"x\"}')).relname::text AS v"),
            attack("quarantine", "SELECT q::text AS v FROM {otherQuarantine} q"),
            // SQL that runs SQL, and roles
            attack(
                    "set role, then query",
                    "SELECT set_config('role', '{otherRole}', true) || query_to_xml('select label from {other}', true, false, '')::text AS v"),
            attack("role none", "SELECT set_config('role', 'none', false) AS v"),
            attack(
                    "role owner",
                    "SELECT set_config('role', '{owner}', true) || query_to_xml('select label from {other}', true, false, '')::text AS v"),
            attack("session authorization", "SELECT set_config('session_authorization', '{owner}', true) AS v"),
            attack("query_to_xml", "SELECT query_to_xml('select label from {other}', true, false, '')::text AS v"),
            attack("table_to_xml", "SELECT table_to_xml('{other}', true, false, '')::text AS v"),
            attack(
                    "query_to_xml_and_xmlschema",
                    "SELECT query_to_xml_and_xmlschema('select label from {other}', true, true, '')::text AS v"),
            attack("schema_to_xml", "SELECT schema_to_xml('{schema}', true, false, '')::text AS v"),
            attack("ts_stat", "SELECT word AS v FROM ts_stat('select to_tsvector(label) from {other}')"),
            attack(
                    "ts_rewrite",
                    "SELECT ts_rewrite('a'::tsquery, 'select label::tsquery, label::tsquery from {other}')::text AS v"),
            attack("cursor_to_xml", "SELECT cursor_to_xml('c', 10, true, false, '')::text AS v"),
            attack("refcursor", "SELECT 'c'::refcursor::text AS v"),
            attack(
                    "other cage",
                    "SELECT label AS v FROM dlt_cage.{otherCage}('select label from {other}', NULL, NULL) AS t(label text)"),
            attack(
                    "own cage",
                    "SELECT label AS v FROM dlt_cage.{ownCage}('select label from {other}', NULL, NULL) AS t(label text)"),
            attack("dblink", "SELECT t.v FROM dblink('dbname={database}', 'select label from {other}') AS t(v text)"),
            attack("search path", "SELECT set_config('search_path', '{schema}', false) AS v"),
            // statements behind the statement
            attack("stacked reset", "SELECT 'x' AS v; RESET ROLE; SELECT label FROM {other}"),
            attack("stacked in brackets", "SELECT 'x' AS v) q; RESET ROLE; SELECT label FROM {other} --"),
            attack(
                    "stacked behind limit",
                    "SELECT 'x' AS v) AS q LIMIT 1; SELECT label FROM {other}; SELECT * FROM (SELECT 'x' AS v"),
            attack("stacked commit", "SELECT 'x' AS v; COMMIT; RESET ALL; SELECT label FROM {other}"),
            attack("stacked set role", "SELECT 'x' AS v; SET ROLE {otherRole}; SELECT label FROM {other}"),
            attack("stacked write", "SELECT 'x' AS v; DELETE FROM {own}"),
            attack(
                    "behind a comment",
                    "SELECT 'x' AS v /* ; */; /* /* ; */ */ SET ROLE {otherRole}; SELECT label FROM {other}"),
            attack("behind a line comment", "SELECT 'x' AS v -- ;\n; SELECT label FROM {other}"),
            attack("behind dollar quotes", "SELECT $q$;$q$ AS v; SELECT label FROM {other}"),
            attack("behind an odd dollar quote", "SELECT $a$ $b$ ; $a$ AS v; RESET ROLE; SELECT $a$ $a$"),
            attack(
                    "behind an escape",
                    "SELECT E'\\'; ' AS v; RESET ROLE; SELECT label FROM {other} WHERE label <> E'\\''"),
            attack("behind a plain backslash", "SELECT '\\' AS v; SELECT label FROM {other} --'"),
            attack("behind a quoted name", "SELECT 'x' AS \"v;\"; SELECT label FROM {other}"),
            attack("unicode escape", "SELECT U&'\\003b' AS v; RESET ROLE"),
            attack(
                    "bracket out of the subquery",
                    "SELECT 'x' AS v) AS q UNION ALL SELECT label FROM {other} WHERE (true"),
            attack("limit eaten by a comment", "SELECT label AS v FROM {other} /*"),
            harmless("semicolon in a string", "SELECT '; RESET ROLE; select' AS v"),
            harmless("semicolon in dollar quotes", "SELECT $x$; RESET ROLE;$x$ AS v"),
            // commands
            attack("reset role", "RESET ROLE"),
            attack("set role", "SET ROLE {otherRole}"),
            attack("set session authorization", "SET SESSION AUTHORIZATION {owner}"),
            attack("commit", "COMMIT"),
            attack("rollback", "ROLLBACK"),
            attack("begin", "BEGIN READ WRITE"),
            attack("savepoint", "SAVEPOINT s"),
            attack("do", "DO $$ BEGIN DELETE FROM {own}; END $$"),
            attack("call", "CALL dlt_cage.nothing()"),
            attack("copy out", "COPY {own} TO '/tmp/dlt-attack'"),
            attack("copy program", "COPY {own} TO PROGRAM 'id'"),
            attack("copy in", "COPY {own} FROM '/etc/passwd'"),
            attack("prepare", "PREPARE p AS SELECT 1"),
            attack("deallocate", "DEALLOCATE ALL"),
            attack("discard", "DISCARD ALL"),
            attack("listen", "LISTEN dlt"),
            attack("lock table", "LOCK TABLE {own} IN ACCESS EXCLUSIVE MODE"),
            attack("temp table", "CREATE TEMP TABLE t (v text)"),
            attack("temp table as", "CREATE TEMP TABLE t AS SELECT label FROM {own}"),
            attack("select into", "SELECT label AS v INTO TEMP t FROM {own}"),
            attack("temp view", "CREATE TEMP VIEW {ownBare} AS SELECT 1"),
            attack(
                    "function",
                    "CREATE FUNCTION {schema}.f() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'select 1::text'"),
            attack(
                    "replace the cage",
                    "ALTER FUNCTION dlt_cage.{ownCage}(text, text[], timestamptz[]) SECURITY INVOKER"),
            attack("volatile cage", "ALTER FUNCTION dlt_cage.{ownCage}(text, text[], timestamptz[]) VOLATILE"),
            attack("grant", "GRANT SELECT ON {own} TO {otherRole}"),
            attack("explain analyze", "EXPLAIN ANALYZE DELETE FROM {own}"),
            attack("alter role", "ALTER ROLE CURRENT_USER SUPERUSER"),
            attack("notify", "NOTIFY dlt, 'x'"),
            attack("declare cursor", "DECLARE c CURSOR WITH HOLD FOR SELECT label FROM {own}"),
            attack("vacuum", "VACUUM {own}"),
            // writes
            attack("delete in CTE", "WITH d AS (DELETE FROM {own} RETURNING label) SELECT label AS v FROM d"),
            attack(
                    "insert in CTE",
                    "WITH d AS (INSERT INTO {own} SELECT * FROM {own} RETURNING label) SELECT label AS v FROM d"),
            attack(
                    "update in CTE",
                    "WITH d AS (UPDATE {own} SET label = 'x' RETURNING label) SELECT label AS v FROM d"),
            attack("delete of the other", "WITH d AS (DELETE FROM {other} RETURNING label) SELECT label AS v FROM d"),
            attack("for update", "SELECT label AS v FROM {own} FOR UPDATE"),
            attack("for key share", "SELECT label AS v FROM {own} FOR KEY SHARE"),
            attack("delete", "DELETE FROM {own} RETURNING label"),
            attack("truncate", "TRUNCATE {own}"),
            attack("nextval", "SELECT nextval('{sequence}')::text AS v"),
            attack("setval", "SELECT setval('{sequence}', 1)::text AS v"),
            attack("large object", "SELECT lo_from_bytea(0, 'x'::bytea)::text AS v"),
            attack("large object create", "SELECT lo_create(4711)::text AS v"),
            attack("large object import", "SELECT lo_import('/etc/passwd')::text AS v"),
            attack("logical message", "SELECT pg_logical_emit_message(true, 'a', 'b')::text AS v"),
            // settings and locks that would stay
            attack("no timeout", "SELECT set_config('statement_timeout', '0', false) AS v"),
            attack(
                    "no timeout, for this transaction",
                    "SELECT set_config('statement_timeout', '0', true) || pg_sleep(0)::text AS v"),
            attack(
                    "writes on",
                    "SELECT set_config('default_transaction_read_only', 'off', false) || set_config('transaction_read_only', 'off', true) AS v"),
            attack("work memory", "SELECT set_config('work_mem', '1GB', false) AS v"),
            attack("application name", "SELECT set_config('application_name', 'stolen', false) AS v"),
            attack("own setting", "SELECT set_config('dlt.left', label, false) AS v FROM {own}"),
            attack("set and read", "SELECT current_setting('dlt.left', true) AS v"),
            attack("advisory lock", "SELECT pg_advisory_lock(4711)::text AS v"),
            attack("shared advisory lock", "SELECT pg_try_advisory_lock_shared(1, 2)::text AS v"),
            attack("unlock", "SELECT pg_advisory_unlock_all()::text AS v"),
            attack("pg_notify", "SELECT pg_notify('dlt', 'x')::text AS v"),
            attack("isolation level", "SELECT set_config('transaction_isolation', 'serializable', true) AS v"),
            attack("exported snapshot", "SELECT pg_export_snapshot() AS v"),
            // files, server, other sessions
            attack("read file", "SELECT pg_read_file('/etc/passwd') AS v"),
            attack("read binary file", "SELECT pg_read_binary_file('PG_VERSION')::text AS v"),
            attack("list directory", "SELECT pg_ls_dir('.') AS v"),
            attack("stat file", "SELECT pg_stat_file('PG_VERSION')::text AS v"),
            attack("log directory", "SELECT name AS v FROM pg_ls_logdir()"),
            attack("reload", "SELECT pg_reload_conf()::text AS v"),
            attack(
                    "terminate",
                    "SELECT pg_terminate_backend(pid)::text AS v FROM pg_stat_activity WHERE pid <> pg_backend_pid()"),
            attack("terminate itself", "SELECT pg_terminate_backend(pg_backend_pid())::text AS v"),
            attack("cancel", "SELECT pg_cancel_backend(pg_backend_pid())::text AS v"),
            attack("switch wal", "SELECT pg_switch_wal()::text AS v"),
            attack("other sessions", "SELECT query AS v FROM pg_stat_activity"),
            attack("logins", "SELECT password AS v FROM dlt_data.login"),
            attack("checkpoints", "SELECT position AS v FROM dlt_data.checkpoint"),
            attack("workspaces", "SELECT key AS v FROM dlt.workspace"),
            attack("templates", "SELECT canonical AS v FROM dlt.template_version"),
            attack("models", "SELECT encode(content, 'hex') AS v FROM dlt.model_version"),
            attack("messages", "SELECT payload AS v FROM dlt.outbox"),
            attack("passwords", "SELECT rolpassword AS v FROM pg_authid"),
            attack("shadow", "SELECT passwd AS v FROM pg_shadow"),
            attack("user mappings", "SELECT umoptions::text AS v FROM pg_user_mappings"),
            attack("statistics", "SELECT most_common_vals::text AS v FROM pg_stats"),
            attack("bare statistics", "SELECT stavalues1::text AS v FROM pg_statistic"),
            attack("large object rows", "SELECT data::text AS v FROM pg_largeobject"),
            // catalogue
            attack("relations", "SELECT relname AS v FROM pg_class WHERE relname LIKE '%{otherBare}%' AND false"),
            attack("information schema", "SELECT table_name::text AS v FROM information_schema.tables WHERE false"),
            attack("settings", "SELECT setting AS v FROM pg_settings WHERE name = 'data_directory'"),
            attack("one setting", "SELECT current_setting('config_file') AS v"),
            attack("regclass cast", "SELECT '{other}'::regclass::oid::text AS v"),
            attack("regclass of a text", "SELECT (label || '')::regclass::text AS v FROM {own}"),
            attack("oid to regclass", "SELECT 1259::oid::regclass::text AS v"),
            attack("regrole", "SELECT '{owner}'::regrole::text AS v"),
            attack("to_regclass", "SELECT to_regclass('{other}')::text AS v"),
            attack("privilege question", "SELECT has_table_privilege('{other}', 'select')::text AS v"),
            attack("relation size", "SELECT pg_relation_size('{other}'::regclass)::text AS v"),
            attack("object description", "SELECT obj_description(1259, 'pg_class') AS v"),
            attack("view text", "SELECT pg_get_viewdef('pg_stats'::regclass) AS v"),
            attack("function text", "SELECT pg_get_functiondef('dlt_cage.{otherCage}'::regproc) AS v"),
            attack("names by type", "SELECT format_type(g::oid, NULL) AS v FROM generate_series(16384, 17000) g"),
            attack("names by array input", "SELECT array_in('{1259}', 2205, -1)::text AS v"),
            attack("names of types", "SELECT oidvectortypes('1259 1247')::text AS v"),
            attack("shape of a table by its number", "SELECT record_in('()', 83, -1)::text AS v"),
            attack("role by its keyword", "SELECT current_user::text AS v"),
            attack("login by its keyword", "SELECT session_user::text AS v"),
            attack("database by its keyword", "SELECT current_catalog::text AS v"),
            attack("schema by its keyword", "SELECT current_schema::text AS v"),
            harmless("time by its keyword", "SELECT (current_timestamp IS NOT NULL)::text AS v"),
            attack("database name", "SELECT current_database()::text AS v"),
            attack("tableoid", "SELECT tableoid::regclass::text AS v FROM {own}"),
            // load
            attack("sleep", "SELECT pg_sleep(30)::text AS v"),
            attack("sleep in rows", "SELECT pg_sleep(0.01)::text AS v FROM generate_series(1, 100000)"),
            harmless("many rows", "SELECT g::text AS v FROM generate_series(1, 3000000) g"),
            harmless(
                    "endless recursion",
                    "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n::text AS v FROM r"),
            harmless(
                    "cross join",
                    "SELECT count(*)::text AS v FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"),
            attack("huge text", "SELECT repeat('x', 900000000) AS v"),
            harmless("huge padding", "SELECT lpad('x', 200000000, 'y') AS v"),
            // functions of the extension, where there is one
            attack("chunks of the other", "SELECT show_chunks('{other}')::text AS v"),
            attack("size of the other", "SELECT hypertable_size('{other}')::text AS v"),
            attack("hypertables", "SELECT hypertable_name::text AS v FROM timescaledb_information.hypertables"),
            attack("hypertable catalogue", "SELECT table_name::text AS v FROM _timescaledb_catalog.hypertable"),
            attack("drop chunks", "SELECT drop_chunks('{own}', now())::text AS v"),
            attack("add a job", "SELECT add_job('pg_sleep', '1 hour')::text AS v"),
            attack(
                    "stop the extension's workers",
                    "SELECT _timescaledb_functions.stop_background_workers()::text AS v"),
            // inputs and parameters
            attack("foreign parameter", "SELECT $1 AS v"),
            attack("parameter array", "SELECT ($1)[1] AS v"),
            attack("instants", "SELECT ($2)[1]::text AS v"),
            attack("undeclared store", "SELECT label AS v FROM datastore:secrets"),
            attack("stand-in", "SELECT label AS v FROM analysed_readings, {other}"),
            attack("empty", "/* nothing */"),
            attack("random", "SELECT random()::text AS v"),
            attack("user names", "SELECT usename::text AS v FROM pg_user"));
}
