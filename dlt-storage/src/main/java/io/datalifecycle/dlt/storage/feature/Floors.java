package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;

final class Floors {
    private Floors() {}

    static Optional<Instant> of(Connection connection, WorkspaceContext workspace, Ref store) {
        return Optional.empty();
    }
}
