package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.util.List;

/**
 * A table of bookkeeping, whose lines of a workspace go along. Immutable.
 *
 * @param table in {@code dlt_data}
 * @param columns what goes along; numbers of lines and of leads do not
 * @param only further condition on the lines, in SQL; may be empty
 */
record Ledger(String table, List<String> columns, String only) {

    private static final String OF_MODELS = " AND name LIKE 'model:%'";

    /** What featurestores and models have to do and where they stand. Positions of connectors stay behind. */
    static final List<Ledger> ALL = List.of(
            new Ledger("feature", List.of("store", "definition", "todo", "asked", "paused"), ""),
            new Ledger("touched", List.of("consumer", "source", "range_from", "range_to"), ""),
            new Ledger("floor", List.of("store", "dropped_before"), ""),
            new Ledger("checkpoint", List.of("name", "position"), OF_MODELS),
            new Ledger("checkpoint_state", List.of("name", "part", "content"), OF_MODELS));

    String name() {
        return "ledger/" + table + ".csv";
    }

    String quoted() {
        return Identifier.qualified("dlt_data", table);
    }

    /** Its columns in quotes. */
    String list() {
        return Identifier.list(columns);
    }

    /** The lines of a workspace; a number, so that it may stand in the text. */
    String select(WorkspaceId id) {
        return "SELECT " + list() + " FROM " + quoted() + " WHERE workspace = " + id.value() + only;
    }

    /** Puts lines of a query before what the workspace has. */
    String insert(WorkspaceId id, String select) {
        return "INSERT INTO " + quoted() + " (workspace, " + list() + ") SELECT " + id.value() + ", " + list()
                + " FROM (" + select + ") AS lines";
    }

    /** Forgets what is logged for somebody whom the workspace does not have: tables being built, a move. */
    static String tidy(WorkspaceId id) {
        return "DELETE FROM dlt_data.touched AS t WHERE workspace = " + id.value()
                + " AND NOT EXISTS (SELECT FROM dlt_data.consumer AS c WHERE c.workspace = t.workspace"
                + " AND c.source = t.source AND c.consumer = t.consumer)";
    }

    String delete(WorkspaceId id) {
        return "DELETE FROM " + quoted() + " WHERE workspace = " + id.value() + only;
    }
}
