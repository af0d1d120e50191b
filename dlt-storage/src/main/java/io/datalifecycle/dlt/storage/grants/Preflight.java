package io.datalifecycle.dlt.storage.grants;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Severity;
import io.datalifecycle.dlt.storage.dialect.Capabilities;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.metric.RoleNames;
import io.datalifecycle.dlt.storage.schema.AppSchema;
import io.datalifecycle.dlt.storage.schema.SchemaMode;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Asks PostgreSQL what the database user may do, before anything is tried: errors are rights it lacks, warnings are rights that everybody
 * has and the runner had better not. Each problem's hint is the statement for an administrator to run in that database. Changes nothing.
 * Thread-safe.
 */
public final class Preflight {

    private static final String CAGE = "dlt_cage";

    /** Functions that write from a read-only transaction, or reach files and the server, where somebody has granted them. */
    private static final String RISKY =
            "pg_logical_emit_message|lo_creat|lo_create|lo_from_bytea|lo_import|lo_export|pg_read_file|"
                    + "pg_read_binary_file|pg_ls_dir|pg_stat_file|pg_reload_conf|pg_rotate_logfile|pg_promote|pg_switch_wal";

    private final SchemaMode mode;

    public Preflight(SchemaMode mode) {
        this.mode = mode;
    }

    /** Throws with all statements that are needed, when there are any. */
    public static void refuse(List<Problem> problems) {
        List<Problem> missing = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (!missing.isEmpty()) {
            throw new DltException(
                    ProblemCode.GRANT_MISSING,
                    "rights are missing; have an administrator run in the database that is named\n"
                            + missing.stream()
                                    .map(problem -> problem.hint() + " -- " + problem.message())
                                    .collect(Collectors.joining("\n")));
        }
    }

    /** What the user of the app database lacks. */
    public List<Problem> app(Database app) {
        return app.onConnection("preflight of database " + app.name(), connection -> {
            Findings findings = new Findings(app.name(), connection);
            schemas(findings, List.of(AppSchema.APP));
            tables(findings, AppSchema.APP);
            return List.copyOf(findings.problems);
        });
    }

    /** What the user of a data database lacks, and what the runner may beyond its need. */
    public List<Problem> data(DataDatabase data) {
        Database database = data.database();
        return database.onConnection("preflight of database " + database.name(), connection -> {
            Findings findings = new Findings(database.name(), connection);
            schemas(findings, List.of(AppSchema.DATA, CAGE));
            tables(findings, AppSchema.DATA);
            data(findings, data.schema());
            cages(findings);
            excess(findings, data.schema());
            return List.copyOf(findings.problems);
        });
    }

    /** Own schemas: to be made, or made by somebody else. */
    private void schemas(Findings findings, List<String> schemas) throws SQLException {
        for (String schema : schemas) {
            if (!findings.holds("SELECT to_regnamespace(?) IS NOT NULL", schema)) {
                if (mode == SchemaMode.MIGRATE) {
                    findings.need(
                            findings.holds("SELECT has_database_privilege(current_database(), 'CREATE')"),
                            "may not create the schema " + schema,
                            "GRANT CREATE ON DATABASE " + findings.database + " TO " + findings.user);
                }
                continue;
            }
            String rights = schema.equals(CAGE) ? "USAGE, CREATE" : "USAGE";
            boolean cage = !schema.equals(CAGE)
                    || findings.holds("SELECT has_schema_privilege(?, 'CREATE WITH GRANT OPTION')", schema);
            findings.need(
                    cage && findings.holds("SELECT has_schema_privilege(?, 'USAGE')", schema),
                    "may not use the schema " + schema,
                    "GRANT " + rights + " ON SCHEMA " + schema + " TO " + findings.user
                            + (schema.equals(CAGE) ? " WITH GRANT OPTION" : ""));
        }
    }

    private static void tables(Findings findings, String schema) throws SQLException {
        findings.need(
                findings.holds(
                        "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = to_regnamespace(?) "
                                + "AND c.relkind IN ('r', 'v') AND NOT CASE WHEN c.relname IN ('schema_history', 'login') "
                                + "THEN has_table_privilege(c.oid, 'SELECT') ELSE has_table_privilege(c.oid, 'SELECT') "
                                + "AND has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE') "
                                + "AND has_table_privilege(c.oid, 'DELETE') END)",
                        schema),
                "may not read and write all tables of the schema " + schema,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + findings.user);
        // those of identity columns come with their tables; CASE, for conditions are looked at in any order
        findings.need(
                findings.holds(
                        "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE CASE WHEN c.relkind = 'S' "
                                + "AND c.relnamespace = to_regnamespace(?) AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d "
                                + "WHERE d.objid = c.oid AND d.deptype = 'i') THEN NOT has_sequence_privilege(c.oid, 'USAGE') "
                                + "ELSE false END)",
                        schema),
                "may not take numbers of the sequences of the schema " + schema,
                "GRANT USAGE ON ALL SEQUENCES IN SCHEMA " + schema + " TO " + findings.user);
    }

    private static void data(Findings findings, String schema) throws SQLException {
        String quoted = Identifier.quote(schema);
        findings.need(
                findings.holds(
                        "SELECT rolcreaterole OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user"),
                "may not create roles, which keep workspaces apart",
                "ALTER ROLE " + findings.user + " CREATEROLE");
        findings.need(
                findings.holds("SELECT has_database_privilege(current_database(), 'TEMPORARY')")
                        && (findings.holds(
                                        "SELECT has_database_privilege(current_database(), 'TEMPORARY WITH GRANT OPTION')")
                                || mayAnalyse(findings)),
                "may not make temporary tables, and let the login that looks at SQL make them",
                "GRANT TEMPORARY ON DATABASE " + findings.database + " TO " + findings.user + " WITH GRANT OPTION");
        if (!findings.holds("SELECT to_regnamespace(?) IS NOT NULL", quoted)) {
            findings.need(
                    false,
                    "finds no schema " + schema + " for the workspaces' tables",
                    "CREATE SCHEMA " + quoted + " AUTHORIZATION " + findings.user);
            return;
        }
        findings.need(
                findings.holds("SELECT has_schema_privilege(?, 'USAGE')", schema)
                        && findings.holds("SELECT has_schema_privilege(?, 'CREATE')", schema),
                "may not create tables in the schema " + schema,
                "GRANT USAGE, CREATE ON SCHEMA " + quoted + " TO " + findings.user);
        findings.need(
                findings.holds("SELECT has_schema_privilege('public', ?, 'USAGE')", schema)
                        || findings.holds("SELECT has_schema_privilege(?, 'USAGE WITH GRANT OPTION')", schema),
                "may not let cages use the schema " + schema,
                "GRANT USAGE ON SCHEMA " + quoted + " TO " + findings.user + " WITH GRANT OPTION");
        Capabilities can = Capabilities.of(findings.connection);
        findings.need(
                !can.compression() || findings.holds("SELECT has_schema_privilege('timescaledb_information', 'USAGE')"),
                "may not ask TimescaleDB which chunks are compressed",
                "GRANT USAGE ON SCHEMA timescaledb_information TO " + findings.user);
    }

    private static boolean mayAnalyse(Findings findings) throws SQLException {
        String analyst = RoleNames.of(findings.connection).analyst();
        return findings.holds("SELECT has_database_privilege('public', current_database(), 'TEMPORARY')")
                || findings.holds(
                        "SELECT coalesce((SELECT has_database_privilege(oid, current_database(), 'TEMPORARY') "
                                + "FROM pg_catalog.pg_roles WHERE rolname = ?), false)",
                        analyst);
    }

    /** In a copy of a database functions may belong to whoever restored it, with all of his rights. With MIGRATE they are made anew. */
    private void cages(Findings findings) throws SQLException {
        if (mode == SchemaMode.MIGRATE) {
            return;
        }
        for (String foreign : RoleNames.of(findings.connection).foreignCages(findings.connection)) {
            findings.need(
                    false,
                    "finds " + foreign + ", which does not belong to its workspace's role",
                    "DROP FUNCTION " + foreign);
        }
    }

    private static void excess(Findings findings, String schema) throws SQLException {
        String quoted = Identifier.quote(schema);
        findings.avoid(
                findings.holds("SELECT has_database_privilege('public', current_database(), 'TEMPORARY')"),
                "everybody may make temporary tables",
                "REVOKE TEMPORARY ON DATABASE " + findings.database + " FROM PUBLIC");
        findings.avoid(
                findings.holds(
                        "SELECT coalesce((SELECT has_schema_privilege('public', oid, 'CREATE') FROM pg_catalog.pg_namespace "
                                + "WHERE oid = to_regnamespace(?)), false)",
                        quoted),
                "everybody may create tables in the schema " + schema,
                "REVOKE CREATE ON SCHEMA " + quoted + " FROM PUBLIC");
        for (String function : findings.texts(
                "SELECT p.oid::regprocedure::text FROM pg_catalog.pg_proc p "
                        + "WHERE (p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ ? OR p.prosecdef "
                        + "AND p.pronamespace <> 'pg_catalog'::regnamespace AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d "
                        + "WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')) "
                        + "AND has_function_privilege('public', p.oid, 'EXECUTE') ORDER BY 1",
                "^(" + RISKY + ")$")) {
            findings.avoid(
                    true, "everybody may call " + function, "REVOKE EXECUTE ON FUNCTION " + function + " FROM PUBLIC");
        }
    }

    /** What was found in one database. */
    private static final class Findings {

        private final String name;
        private final Connection connection;
        private final String user;
        private final String database;
        private final List<Problem> problems = new ArrayList<>();

        Findings(String name, Connection connection) throws SQLException {
            this.name = name;
            this.connection = connection;
            this.user = Identifier.quote(texts("SELECT current_user::text").get(0));
            this.database =
                    Identifier.quote(texts("SELECT current_database()::text").get(0));
        }

        void need(boolean holds, String what, String statement) {
            if (!holds) {
                add(Problem.error(
                        ProblemCode.GRANT_MISSING,
                        "",
                        "database " + name + ": the user " + user + " " + what,
                        statement + ";"));
            }
        }

        void avoid(boolean found, String what, String statement) {
            if (found) {
                add(Problem.warning(ProblemCode.GRANT_MISSING, "", "database " + name + ": " + what, statement + ";"));
            }
        }

        private void add(Problem problem) {
            if (problems.stream().noneMatch(known -> known.hint().equals(problem.hint()))) {
                problems.add(problem);
            }
        }

        boolean holds(String sql, String... binds) throws SQLException {
            return texts("SELECT (" + sql + ")::text", binds).equals(List.of("true"));
        }

        List<String> texts(String sql, String... binds) throws SQLException {
            List<String> texts = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < binds.length; i++) {
                    statement.setString(i + 1, binds[i]);
                }
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        texts.add(String.valueOf(row.getString(1)));
                    }
                }
            }
            return texts;
        }
    }
}
