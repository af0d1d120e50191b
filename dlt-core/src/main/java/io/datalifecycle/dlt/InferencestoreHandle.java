package io.datalifecycle.dlt;

import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.workspace.WorkspaceContext;

/** An inferencestore of a workspace; models write it. Thread-safe. */
public final class InferencestoreHandle extends StoreHandle {

    InferencestoreHandle(Engine engine, WorkspaceContext workspace, Inferencestore store) {
        super(engine, workspace, store);
    }
}
