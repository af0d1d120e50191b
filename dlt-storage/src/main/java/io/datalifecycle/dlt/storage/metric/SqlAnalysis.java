package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.sql.SqlReference;
import io.datalifecycle.dlt.sql.SqlSyntaxException;
import io.datalifecycle.dlt.sql.SqlText;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.metric.AnalysedSql.OutputColumn;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Has PostgreSQL look at template SQL: empty temporary tables of the stores' shape, a temporary view of the text over them, by a login that
 * may do that and nothing else, rolled back. What the view refers to is read from its parse tree: relations, functions, types. Thread-safe.
 */
public final class SqlAnalysis {

    private static final Pattern FUNCTION = Pattern.compile(":(?:funcid|opfuncid|aggfnoid|winfnoid) (\\d+)");
    private static final Pattern RELATION = Pattern.compile(":relid (\\d+)");
    private static final Pattern TYPE =
            Pattern.compile(":(?:consttype|resulttype|casttype|funcresulttype|vartype|row_typeid) (\\d+)");

    /** current_user, session_user, current_schema, current_catalog: values like current_timestamp, but of type name (19). */
    private static final Pattern SERVER_NAME = Pattern.compile("\\{SQLVALUEFUNCTION :op \\d+ :type 19 ");

    /** regproc, regprocedure, regoper, regoperator, regclass, regtype, regconfig, regdictionary, regnamespace, regrole, regcollation, refcursor. */
    private static final Set<String> CATALOGUE_TYPES =
            Set.of("24", "2202", "2203", "2204", "2205", "2206", "3734", "3769", "4089", "4096", "4191", "1790");

    private static final String VIEW = "CREATE TEMP VIEW dlt_analysed AS ";

    private final Placements placements;
    private final Logins logins;

    public SqlAnalysis(Placements placements, Logins logins) {
        this.placements = placements;
        this.logins = logins;
    }

    /** Everything that is wrong with the SQL of a template's metrics, featurestores and checks. */
    public List<Problem> analyse(Template template) {
        return analyse(placements.first(), template, AuthorSql.of(template)).stream()
                .flatMap(analysed -> analysed.problems().stream())
                .toList();
    }

    /** The columns of one text's result. */
    AnalysedSql analyse(DataDatabase data, Template template, AuthorSql sql) {
        return analyse(data, template, List.of(sql)).get(0);
    }

    private List<AnalysedSql> analyse(DataDatabase data, Template template, List<AuthorSql> texts) {
        List<AnalysedSql> answers = new ArrayList<>();
        if (texts.isEmpty()) {
            return answers;
        }
        try (Connection connection = logins.analyst(data).getConnection()) {
            try {
                Map<String, String> tables = standIns(connection, template);
                Set<String> own = oids(connection);
                for (AuthorSql text : texts) {
                    answers.add(analyse(connection, text, tables, own));
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw SqlErrors.of("analysis of template " + template.key(), e);
        }
        return answers;
    }

    /** An empty temporary table for each store; gives reference to quoted name. */
    private static Map<String, String> standIns(Connection connection, Template template) throws SQLException {
        Map<String, String> tables = new LinkedHashMap<>();
        for (Store store : template.stores()) {
            RowSchema schema = StoreColumns.of(template, store);
            String name = Identifier.quote("analysed_" + store.key());
            Cage.execute(
                    connection,
                    "CREATE TEMP TABLE " + name + " (" + StoreTables.columns(schema, store.time())
                            + ") ON COMMIT DROP");
            tables.put(store.ref().toString(), "pg_temp." + name);
        }
        return tables;
    }

    private static Set<String> oids(Connection connection) throws SQLException {
        Set<String> oids = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT oid::text FROM pg_catalog.pg_class WHERE relnamespace = pg_catalog.pg_my_temp_schema()")) {
            while (rows.next()) {
                oids.add(rows.getString(1));
            }
        }
        return oids;
    }

    private static AnalysedSql analyse(
            Connection connection, AuthorSql sql, Map<String, String> tables, Set<String> own) throws SQLException {
        String pointer = sql.pointer();
        SqlText text;
        try {
            text = SqlText.parse(sql.sql());
        } catch (SqlSyntaxException e) {
            return refused(pointer, String.valueOf(e.getMessage()), "");
        }
        if (!text.isSingleStatement() || !text.isQuery()) {
            return refused(pointer, "is not exactly one SELECT", "write one SELECT without anything behind it");
        }
        for (SqlReference reference : text.references()) {
            if (!tables.containsKey(reference.kind() + ":" + reference.key())) {
                return refused(
                        pointer, reference.kind() + ":" + reference.key() + " is not declared", "declare the store");
            }
        }
        Function<SqlReference, String> table = r -> String.valueOf(tables.get(r.kind() + ":" + r.key()));
        UnaryOperator<String> input = sql.binds()::nothing;
        String sent = VIEW + text.render(table, input);
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sent);
            List<Problem> problems = findings(statement, pointer, own);
            List<OutputColumn> columns = problems.isEmpty() ? columns(statement, pointer, problems) : List.of();
            if (problems.isEmpty()) {
                problems.addAll(sql.result().problems(columns));
            }
            return new AnalysedSql(columns, problems);
        } catch (SQLException e) {
            return refused(
                    pointer,
                    "PostgreSQL says: " + message(e.getMessage(), tables)
                            + place(e, sent, offset -> text.place(text.origin(offset, table, input))),
                    hint(e, tables));
        } finally {
            connection.rollback(before);
        }
    }

    private static AnalysedSql refused(String pointer, String what, String hint) {
        return new AnalysedSql(List.of(), List.of(Problem.error(ProblemCode.BAD_SQL, pointer, what, hint)));
    }

    private static List<Problem> findings(Statement statement, String pointer, Set<String> own) throws SQLException {
        String tree = "";
        try (ResultSet row = statement.executeQuery(
                "SELECT r.ev_action::text, c.oid::text FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c "
                        + "ON c.oid = r.ev_class WHERE c.relname = 'dlt_analysed' AND c.relnamespace = pg_catalog.pg_my_temp_schema()")) {
            if (row.next()) {
                tree = row.getString(1);
                own = new TreeSet<>(own);
                own.add(row.getString(2)); // rules name their own view
            }
        }
        List<Problem> problems = new ArrayList<>();
        Set<String> foreign = found(RELATION, tree);
        foreign.removeAll(own);
        foreign.remove("0");
        for (String oid : foreign) {
            problems.add(Problem.error(
                    ProblemCode.QUERY_REFUSED,
                    pointer,
                    "reads " + name(statement, "pg_catalog.pg_class", "relname", oid)
                            + ", which is no store of the template",
                    "read stores as datastore:key, featurestore:key or inferencestore:key"));
        }
        for (String oid : found(FUNCTION, tree)) {
            function(statement, pointer, oid, problems);
        }
        Set<String> types = found(TYPE, tree);
        if (types.removeAll(CATALOGUE_TYPES) || areForeign(statement, types)) {
            problems.add(Problem.error(
                    ProblemCode.QUERY_REFUSED,
                    pointer,
                    "uses a type that names or is shaped like a database object, or a cursor",
                    "use plain types"));
        }
        if (SERVER_NAME.matcher(tree).find()) {
            problems.add(Problem.error(
                    ProblemCode.QUERY_REFUSED,
                    pointer,
                    "asks for the name of a user, role, schema or database",
                    "leave out current_user and its kind"));
        }
        if (tree.contains("{ROWMARKCLAUSE")) {
            problems.add(Problem.error(
                    ProblemCode.QUERY_REFUSED, pointer, "locks rows", "leave out FOR UPDATE and its kind"));
        }
        return problems;
    }

    /** Whether any of the types is not PostgreSQL's own, or is the row of a table other than the stand-ins. */
    private static boolean areForeign(Statement statement, Set<String> types) throws SQLException {
        if (types.isEmpty()) {
            return false;
        }
        try (ResultSet row = statement.executeQuery("SELECT 1 FROM pg_catalog.pg_type t WHERE t.oid IN ("
                + String.join(",", types) + ") AND t.typnamespace <> 'pg_catalog'::regnamespace "
                + "AND t.typnamespace <> pg_catalog.pg_my_temp_schema() OR t.oid IN (" + String.join(",", types)
                + ") AND t.typnamespace = 'pg_catalog'::regnamespace AND t.typrelid <> 0 LIMIT 1")) {
            return row.next();
        }
    }

    private static void function(Statement statement, String pointer, String oid, List<Problem> problems)
            throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                SELECT n.nspname, p.proname, p.provolatile, coalesce(e.extname, ''),
                  p.prorettype IN ('cstring'::regtype, 'internal'::regtype)
                  OR 'cstring'::regtype = ANY (p.proargtypes) OR 'internal'::regtype = ANY (p.proargtypes)
                FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                LEFT JOIN pg_catalog.pg_depend d
                  ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
                LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
                WHERE p.oid = """ + " " + Long.parseLong(oid))) {
            if (row.next()) {
                FunctionRules.Called called = new FunctionRules.Called(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3).charAt(0),
                        row.getString(4),
                        row.getBoolean(5));
                String why = FunctionRules.problem(called);
                if (!why.isEmpty()) {
                    problems.add(Problem.error(
                            ProblemCode.QUERY_REFUSED,
                            pointer,
                            "calls " + called.name() + ": " + why,
                            "leave it out; what is allowed is in docs/isolation.md"));
                }
            }
        }
    }

    private static String name(Statement statement, String catalogue, String column, String oid) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT " + column + " FROM " + catalogue + " WHERE oid = " + Long.parseLong(oid))) {
            return row.next() ? row.getString(1) : "a relation";
        }
    }

    private static List<OutputColumn> columns(Statement statement, String pointer, List<Problem> problems)
            throws SQLException {
        List<OutputColumn> columns = new ArrayList<>();
        try (ResultSet row =
                statement.executeQuery("SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), "
                        + "t.typnamespace = 'pg_catalog'::regnamespace FROM pg_catalog.pg_attribute a "
                        + "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid JOIN pg_catalog.pg_class c ON c.oid = a.attrelid WHERE c.relname = 'dlt_analysed' "
                        + "AND c.relnamespace = pg_catalog.pg_my_temp_schema() AND a.attnum > 0 ORDER BY a.attnum")) {
            while (row.next()) {
                columns.add(new OutputColumn(row.getString(1), row.getString(2)));
                if (!row.getBoolean(3)) {
                    problems.add(Problem.error(
                            ProblemCode.BAD_SQL,
                            pointer,
                            "gives whole rows in column " + row.getString(1),
                            "select the columns one by one, or to_jsonb of the row"));
                }
            }
        }
        return columns;
    }

    private static Set<String> found(Pattern pattern, String tree) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(tree);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static @Nullable ServerErrorMessage said(SQLException e) {
        return e instanceof PSQLException known ? known.getServerErrorMessage() : null;
    }

    /** PostgreSQL counts characters from 1. */
    private static String place(SQLException e, String sent, IntFunction<String> place) {
        ServerErrorMessage said = said(e);
        if (said == null
                || said.getPosition() <= VIEW.length()
                || said.getPosition() > sent.codePointCount(0, sent.length())) {
            return "";
        }
        return " (" + place.apply(sent.offsetByCodePoints(0, said.getPosition() - 1) - VIEW.length()) + ")";
    }

    private static String hint(SQLException e, Map<String, String> tables) {
        ServerErrorMessage said = said(e);
        String hint = said == null ? null : said.getHint();
        return hint == null ? "" : "PostgreSQL adds: " + message(hint, tables);
    }

    /** PostgreSQL's first line, with the stand-ins' names turned back into references. */
    private static String message(@Nullable String said, Map<String, String> tables) {
        String line = String.valueOf(said).lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
        for (Map.Entry<String, String> table : tables.entrySet()) {
            String bare = table.getValue().substring("pg_temp.".length()).replace("\"", "");
            line = line.replace(bare, table.getKey());
        }
        return line;
    }
}
