package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.schema.SchemaMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The runner and analyst connections of all data databases, opened when first needed. Thread-safe. */
public final class Logins implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final Map<String, RunnerLogins> byDatabase = new ConcurrentHashMap<>();
    private final SchemaMode mode;

    /** Makes logins only where tables are made, too. */
    public Logins(SchemaMode mode) {
        this.mode = mode;
    }

    /** Makes the logins of a data database, where they are not there yet, or checks that they are; with {@code OFF} nothing is looked at. */
    public void open(DataDatabase data) {
        if (mode != SchemaMode.OFF) {
            of(data);
        }
    }

    private RunnerLogins of(DataDatabase data) {
        return byDatabase.computeIfAbsent(
                data.database().name(), name -> RunnerLogins.open(data, CONNECTIONS, isMaking()));
    }

    /** Whether roles and cages are made where they are missing. */
    boolean isMaking() {
        return mode == SchemaMode.MIGRATE;
    }

    DataSource runner(DataDatabase data) {
        return of(data).runner();
    }

    /** The runner's connections for the queries of featurestores, which may take minutes: metrics never wait for them. */
    DataSource features(DataDatabase data) {
        return of(data).features();
    }

    DataSource analyst(DataDatabase data) {
        return of(data).analyst();
    }

    @Override
    public void close() {
        byDatabase.values().forEach(RunnerLogins::close);
        byDatabase.clear();
    }
}
