package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The data databases by name, the default first. Immutable. */
public final class Placements {

    private final Map<String, DataDatabase> databases;

    public Placements(Map<String, DataDatabase> databases) {
        this.databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
    }

    /** Databases by name, the default first, and the schema of the workspaces' tables in all of them. */
    public static Placements of(Map<String, DataSource> sources, String schema) {
        Map<String, DataDatabase> databases = new LinkedHashMap<>();
        sources.forEach((name, source) -> databases.put(name, new DataDatabase(new Database(name, source), schema)));
        return new Placements(databases);
    }

    /** Names, the default first. */
    public List<String> names() {
        return List.copyOf(databases.keySet());
    }

    /** The database that is the default. */
    public DataDatabase first() {
        return databases.values().iterator().next();
    }

    /** All, with their names. */
    public Map<String, DataDatabase> all() {
        return databases;
    }

    /** The database a workspace lives in. */
    public DataDatabase of(WorkspaceContext workspace) {
        return named(workspace.placement());
    }

    /** The database of that name. */
    public DataDatabase named(String name) {
        DataDatabase database = databases.get(name);
        if (database == null) {
            throw new DltException(
                    ProblemCode.CONFIGURATION,
                    "placement " + name + " is not among the data databases " + databases.keySet()
                            + "; add it with dataDatabase(…) when building the storage");
        }
        return database;
    }
}
