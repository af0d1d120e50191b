package io.datalifecycle.dlt.testdb;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A prepared database that is cloned for each test. From {@link TestDatabase#template}. Thread-safe. */
public final class DatabaseTemplate {

    static final DatabaseTemplate EMPTY = new DatabaseTemplate("", dataSource -> {});

    private static final Map<String, DatabaseTemplate> NAMED = new ConcurrentHashMap<>();

    private final String name;
    private final Consumer<DataSource> preparation;
    private final Map<Backend, String> databases = new EnumMap<>(Backend.class);

    private DatabaseTemplate(String name, Consumer<DataSource> preparation) {
        this.name = name;
        this.preparation = preparation;
    }

    static DatabaseTemplate named(String name, Consumer<DataSource> preparation) {
        if (!name.matches("[a-z][a-z0-9_]{0,29}")) {
            throw new IllegalArgumentException(
                    "template name \"" + name + "\": use a-z, 0-9 and _, at most 30 characters");
        }
        return NAMED.computeIfAbsent(name, n -> new DatabaseTemplate(n, preparation));
    }

    /** A fresh clone, with TimescaleDB where the machine has it. */
    public TestDatabase create() {
        return create(TestDatabase.timescaleAvailable() ? Backend.TIMESCALE : Backend.PLAIN);
    }

    /**
     * A fresh clone of the given kind.
     *
     * @throws IllegalStateException if the machine has no such server
     */
    public TestDatabase create(Backend backend) {
        Server server = Servers.shared();
        if (!server.backends().contains(backend)) {
            throw new IllegalStateException(backend + " is not available. " + Servers.HOW_TO_GET_TIMESCALE);
        }
        try {
            return server.create(prepared(server, backend), backend);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create a test database: " + e.getMessage(), e);
        }
    }

    private String prepared(Server server, Backend backend) throws SQLException {
        synchronized (databases) {
            String database = databases.get(backend);
            if (database == null) {
                database = this == EMPTY ? empty(server, backend) : prepare(server, backend);
                databases.put(backend, database);
            }
            return database;
        }
    }

    private static String empty(Server server, Backend backend) throws SQLException {
        // template0: in container images template1 has the extension already.
        return backend == Backend.PLAIN ? "template0" : server.createTimescaleTemplate();
    }

    private String prepare(Server server, Backend backend) throws SQLException {
        String suffix = "t_" + name + "_" + backend.name().toLowerCase(Locale.ROOT);
        return server.createTemplate(suffix, EMPTY.prepared(server, backend), preparation);
    }
}
