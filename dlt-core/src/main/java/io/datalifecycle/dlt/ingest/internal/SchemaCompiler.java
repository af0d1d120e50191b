package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.row.internal.RowRules;
import io.datalifecycle.dlt.row.internal.RuleCompiler;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compiles a datastore's schema once for a version of its template. Thread-safe. */
final class SchemaCompiler {

    private static final int MOST_KEPT = 1_000;

    private final Map<Key, RowRules> compiled = new ConcurrentHashMap<>();

    /** The rules of a store; published versions are frozen, so they never change. */
    RowRules rules(WorkspaceContext workspace, Datastore store) {
        if (compiled.size() > MOST_KEPT) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(new Key(workspace.templateId(), store.key()), key -> compile(workspace, store));
    }

    private static RowRules compile(WorkspaceContext workspace, Datastore store) {
        return RuleCompiler.compile(
                store.schema().keywords(),
                StoreColumns.of(workspace.template(), store),
                store.time(),
                store.onInvalid() == OnInvalid.COERCE);
    }

    private record Key(TemplateId template, String store) {}
}
