package io.datalifecycle.dlt.examples.fleetupgrade;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.datalifecycle.dlt.testdb.TestDatabase;
import javax.sql.DataSource;

/** A pool on a database that several processes share. The first one starts an embedded server, the others are told where it is. */
final class FleetDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 12;

    private final HikariDataSource pool;
    private final Address address;
    private final AutoCloseable server;

    private FleetDatabase(Address address, AutoCloseable server) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS);
        this.pool = new HikariDataSource(config);
        this.address = address;
        this.server = server;
    }

    /**
     * Where a database is.
     *
     * @param jdbcUrl its address
     * @param user who owns it
     * @param password of the user; not part of the text of this value
     */
    record Address(String jdbcUrl, String user, String password) {
        @Override
        public String toString() {
            return user + " at " + jdbcUrl;
        }
    }

    /** A new one: TimescaleDB where the machine has it, else PostgreSQL. */
    static FleetDatabase create() {
        TestDatabase embedded = TestDatabase.create();
        return new FleetDatabase(new Address(embedded.jdbcUrl(), embedded.user(), embedded.password()), embedded);
    }

    /** One that is there. */
    static FleetDatabase at(Address address) {
        return new FleetDatabase(address, () -> {});
    }

    DataSource dataSource() {
        return pool;
    }

    Address address() {
        return address;
    }

    @Override
    public void close() throws Exception {
        pool.close();
        server.close();
    }
}
