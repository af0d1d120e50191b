package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sees to it that a workspace's cage is there and its own before it is used: a restored or copied database has none. Thread-safe. */
final class Cages {

    private final Logins logins;
    private final Cage cage = new Cage();
    private final Set<WorkspaceId> sound = ConcurrentHashMap.newKeySet();

    private final boolean byOwner;

    /** @param byOwner whether the owner calls them too, and not the runner alone */
    Cages(Logins logins, boolean byOwner) {
        this.logins = logins;
        this.byOwner = byOwner;
    }

    /** Looks once per workspace, and makes it anew where it has to be. */
    void ensure(WorkspaceContext workspace, DataDatabase data) {
        if (sound.contains(workspace.id())) {
            return;
        }
        data.database().onConnection("cage of workspace " + workspace.key(), connection -> {
            CageState there = CageState.of(connection, workspace.id(), Identifier.quote(data.schema()), List.of());
            if (there.sound() && there.usage() && (!byOwner || there.callable())) {
                return true;
            }
            if (!logins.isMaking()) {
                throw new DltException(
                        ProblemCode.SCHEMA_OUTDATED,
                        "workspace " + workspace.key() + ": its cage in database "
                                + data.database().name()
                                + " is missing, of another database or of an older version; open it once with SchemaMode.MIGRATE");
            }
            cage.lock(connection, workspace.id());
            cage.install(connection, data, workspace);
            return true;
        });
        sound.add(workspace.id());
    }
}
