package io.datalifecycle.dlt.storage.schema;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schemas {@value #APP} (app database) and {@value #DATA} (each data database), by Flyway with a history table of their own. */
public final class AppSchema {

    public static final String APP = "dlt";
    public static final String DATA = "dlt_data";

    private static final String FOLDER = "io/datalifecycle/dlt/storage/schema/";
    private static final List<String> APP_FILES = List.of(
            "app/V1__catalogue.sql",
            "app/V10__models_alerts_outbox.sql",
            "app/V11__jobs.sql",
            "app/V13__connectors.sql",
            "app/V14__job_roles.sql",
            "app/V15__revisions.sql",
            "app/V16__upgrades.sql",
            "app/V17__erasure.sql",
            "app/V18__fleets.sql");
    private static final List<String> DATA_FILES = List.of(
            "data/V1__ledger.sql",
            "data/V2__pulse.sql",
            "data/V3__quota.sql",
            "data/V4__floor.sql",
            "data/V10__features.sql",
            "data/V11__check_results.sql",
            "data/V12__shape.sql",
            "data/V13__gone.sql");

    private AppSchema() {}

    /** Brings the tables of the app database to the state the mode asks for. */
    public static void openApp(Database database, SchemaMode mode) {
        open(database, mode, APP, FOLDER + "app");
    }

    /** Brings the bookkeeping tables of a data database to the state the mode asks for. */
    public static void openData(Database database, SchemaMode mode) {
        open(database, mode, DATA, FOLDER + "data");
    }

    /**
     * The DDL of all own tables, for a DBA who runs it himself: first what belongs into the app database, then what belongs into each data
     * database. It also writes the history that the schema modes look at.
     */
    public static String print() {
        return "-- app database\n" + print(APP, APP_FILES) + "\n-- each data database\n" + print(DATA, DATA_FILES)
                + read("logins.sql");
    }

    /** One statement that makes the two logins of a data database where they are missing; part of what {@link #print()} gives. */
    public static String logins() {
        return read("logins.sql");
    }

    private static String print(String schema, List<String> files) {
        StringBuilder text = new StringBuilder("CREATE SCHEMA " + schema + ";\n");
        files.forEach(file -> text.append(read(file)));
        return text.append(History.of(schema, files, AppSchema::read)).toString();
    }

    private static String read(String file) {
        try (InputStream in = AppSchema.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the jar cannot be read", e);
        }
    }

    private static void open(Database database, SchemaMode mode, String schema, String location) {
        if (mode == SchemaMode.OFF) {
            return;
        }
        // checked by a statement of our own first: Flyway words a server that is away in its own, longer way
        database.ping();
        Flyway flyway = Flyway.configure(AppSchema.class.getClassLoader())
                .dataSource(database.dataSource())
                .locations("classpath:" + location)
                .schemas(schema)
                .defaultSchema(schema)
                .table(History.TABLE)
                .load();
        try {
            if (mode == SchemaMode.MIGRATE) {
                flyway.migrate();
            } else if (flyway.info().pending().length > 0) {
                throw new DltException(
                        ProblemCode.SCHEMA_OUTDATED,
                        "database " + database.name() + ": schema " + schema
                                + " is not up to date; open it once with SchemaMode.MIGRATE or run what AppSchema.print() gives");
            }
        } catch (FlywayException e) {
            throw SqlErrors.of(
                    "database " + database.name() + ": schema " + schema + " cannot be brought up to date", e);
        }
    }
}
