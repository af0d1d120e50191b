package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The runner and analyst connections of all data databases, opened when first needed. Thread-safe. */
public final class Logins implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final Map<String, RunnerLogins> byDatabase = new ConcurrentHashMap<>();

    /** Makes the logins of a data database, where they are not there yet. */
    public void open(DataDatabase data) {
        of(data);
    }

    private RunnerLogins of(DataDatabase data) {
        return byDatabase.computeIfAbsent(data.database().name(), name -> RunnerLogins.open(data, CONNECTIONS));
    }

    DataSource runner(DataDatabase data) {
        return of(data).runner();
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
