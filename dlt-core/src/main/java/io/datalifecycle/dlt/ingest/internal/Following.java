package io.datalifecycle.dlt.ingest.internal;

import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Map;
import java.util.Optional;

/**
 * A workspace as its tables are now, and what its stores and columns were called in the version that somebody still works with, however many
 * versions lie between, forward or back. Immutable.
 *
 * @param workspace as its tables are
 * @param items name then by name now of what was renamed, as {@code kind:key}
 * @param columns name then by name now, by the name now of the store
 */
public record Following(
        WorkspaceContext workspace, Map<String, String> items, Map<String, Map<String, String>> columns) {

    public Following {
        items = Map.copyOf(items);
        columns = Map.copyOf(columns);
    }

    /** Finds out what became of a workspace since. */
    @FunctionalInterface
    public interface Finder {

        /** What became of it; empty when it was deleted. */
        Optional<Following> since(WorkspaceContext then);
    }

    /** A store by its name then; empty when it is no more. */
    public Optional<Store> store(Ref then) {
        return workspace.template().stores().stream()
                .filter(s -> s.kind() == then.kind()
                        && items.getOrDefault(s.ref().toString(), s.ref().toString())
                                .equals(then.toString()))
                .findFirst();
    }

    /** A connector by what it was then; empty when the template has it no more. */
    public Optional<Connector> connector(Connector then) {
        return workspace.template().connectors().stream()
                .filter(c -> items.getOrDefault("connector:" + c.key(), "connector:" + c.key())
                        .equals("connector:" + then.key()))
                .findFirst();
    }

    /** Names then by names now of a store's columns that were renamed. */
    Map<String, String> columnsOf(Ref now) {
        return columns.getOrDefault(now.toString(), Map.of());
    }
}
