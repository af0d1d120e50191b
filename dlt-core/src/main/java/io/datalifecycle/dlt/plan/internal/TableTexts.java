package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.spi.TableChange;

/** Words for changes of tables. */
final class TableTexts {

    private TableTexts() {}

    static String of(TableChange change) {
        String store = change.store().key();
        if (change instanceof TableChange.RenameStore rename) {
            return "rename the table of " + rename.from().key() + " to " + store;
        }
        if (change instanceof TableChange.SwapStore) {
            return "put the table built for " + store + " in the place of the one in use";
        }
        if (change instanceof TableChange.HideColumn hide) {
            return "hide column " + hide.column() + " of " + store;
        }
        if (change instanceof TableChange.RenameColumn rename) {
            return "rename column " + rename.from() + " of " + store + " to " + rename.column();
        }
        if (change instanceof TableChange.ConvertColumn convert) {
            return "convert column " + convert.column() + " of " + store + " from "
                    + convert.from().label() + " to " + convert.to().label();
        }
        if (change instanceof TableChange.RelaxColumn relax) {
            return "let column " + relax.column() + " of " + store + " be empty";
        }
        if (change instanceof TableChange.RestoreColumn restore) {
            return "bring column " + restore.column().name() + " of " + store + " back";
        }
        if (change instanceof TableChange.AddColumn add) {
            return "add column " + add.column().name() + " ("
                    + add.column().type().label() + ") to " + store;
        }
        return ofStore(change, store);
    }

    private static String ofStore(TableChange change, String store) {
        return switch (change.kind()) {
            case HIDE_STORE -> "hide the table of " + store;
            case RESTORE_STORE -> "bring the table of " + store + " back";
            case CREATE_STORE -> "create the table of " + store;
            case REKEY -> "build the index of the natural key of " + store + " anew";
            case RECHUNK -> "cut the table of " + store + " into other spans";
            default ->
                change instanceof TableChange.KeepHistory history && !history.kept()
                        ? "hide the history of " + store
                        : "create the history of " + store;
        };
    }
}
