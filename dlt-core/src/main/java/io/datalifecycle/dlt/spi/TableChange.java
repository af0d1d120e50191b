package io.datalifecycle.dlt.spi;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Ref;

/**
 * One change of the tables of a workspace, on its way from one version of its template to another. Immutable. Stores are named as the version
 * says that has them: what hides or renames by the earlier one, all else by the later one.
 */
public sealed interface TableChange {

    /** What is done. */
    Kind kind();

    /** The store whose table changes. */
    Ref store();

    /** What is done to a table. */
    enum Kind {
        HIDE_STORE,
        RENAME_STORE,
        RESTORE_STORE,
        CREATE_STORE,
        SWAP_STORE,
        HIDE_COLUMN,
        RENAME_COLUMN,
        RESTORE_COLUMN,
        CONVERT_COLUMN,
        RELAX_COLUMN,
        ADD_COLUMN,
        REKEY,
        RECHUNK,
        KEEP_HISTORY
    }

    /**
     * The table stays, under a name that nobody reads.
     *
     * @param replaced whether one of the same name takes its place; then it is not kept for ever
     */
    record HideStore(Ref store, boolean replaced) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.HIDE_STORE;
        }
    }

    /** The table and all that is known of it get another name. */
    record RenameStore(Ref from, Ref store) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.RENAME_STORE;
        }
    }

    /** A hidden table comes back, with its rows. */
    record RestoreStore(Ref store, long hidden) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.RESTORE_STORE;
        }
    }

    /** A new, empty table. */
    record CreateStore(Ref store) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.CREATE_STORE;
        }
    }

    /**
     * A table that was built beside takes the place of the one in use, which is hidden.
     *
     * @param built key of the featurestore under which it was built
     */
    record SwapStore(Ref store, String built) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.SWAP_STORE;
        }
    }

    /** A column stays with its values, under a name that nobody reads, and may be null. */
    record HideColumn(Ref store, String column) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.HIDE_COLUMN;
        }
    }

    /** A column gets another name. */
    record RenameColumn(Ref store, String from, String column) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.RENAME_COLUMN;
        }
    }

    /** The values of a column get another type that holds them all; a value that it cannot hold refuses the change. */
    record ConvertColumn(Ref store, String column, ColumnType from, ColumnType to) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.CONVERT_COLUMN;
        }
    }

    /** A column that was required may be null. */
    record RelaxColumn(Ref store, String column) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.RELAX_COLUMN;
        }
    }

    /** A hidden column comes back, with its values. */
    record RestoreColumn(Ref store, Column column, long hidden) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.RESTORE_COLUMN;
        }
    }

    /** A new column, null in all rows that are there. */
    record AddColumn(Ref store, Column column) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.ADD_COLUMN;
        }
    }

    /** Another natural key; rows that are there must be unique by it. */
    record Rekey(Ref store) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.REKEY;
        }
    }

    /** Another span of chunks. */
    record Rechunk(Ref store) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.RECHUNK;
        }
    }

    /** The table of what rows were before they changed is made, or hidden. */
    record KeepHistory(Ref store, boolean kept) implements TableChange {
        @Override
        public Kind kind() {
            return Kind.KEEP_HISTORY;
        }
    }
}
