package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.storage.sql.Database;

/** A data database: its connections, how its tables are cut, the schema of the workspaces' tables. Thread-safe. */
public final class DataDatabase {

    private final Database database;
    private final String schema;
    private final StoreDialect dialect = new TableDialect();

    public DataDatabase(Database database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    public Database database() {
        return database;
    }

    /** Schema of the workspaces' tables. */
    public String schema() {
        return schema;
    }

    /** How its tables are cut. */
    public StoreDialect dialect() {
        return dialect;
    }

    /** What it can, looked at anew. */
    public Capabilities capabilities() {
        return database.onConnection("database " + database.name(), Capabilities::of);
    }
}
