package io.datalifecycle.dlt.storage.dialect;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data databases by name, the default first. Immutable. */
public final class Placements {

    private final Map<String, DataDatabase> databases;

    public Placements(Map<String, DataDatabase> databases) {
        this.databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
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
