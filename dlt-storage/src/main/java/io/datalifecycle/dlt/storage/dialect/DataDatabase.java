package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.storage.sql.Database;
import org.jspecify.annotations.Nullable;

/** A data database: its connections, its dialect (looked up once), the schema of the workspaces' tables. Thread-safe. */
public final class DataDatabase {

    private final Database database;
    private final String schema;
    private volatile @Nullable StoreDialect dialect;

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

    /** The dialect of this database. */
    public StoreDialect dialect() {
        StoreDialect found = dialect;
        if (found == null) {
            found = database.onConnection("database " + database.name(), DialectDetector::detect);
            dialect = found;
        }
        return found;
    }
}
