package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.StoreTables;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.HistoryTable;
import io.datalifecycle.dlt.storage.metric.Cage;
import io.datalifecycle.dlt.storage.plan.HiddenTable.Gone;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.StoreShape;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Carries out changes of tables, each in the caller's transaction. Used by one thread. */
final class TableEdits {

    private final Connection connection;
    private final DataDatabase data;
    private final Cage cage;
    private final WorkspaceContext from;
    private final WorkspaceContext to;
    private final Instant at;
    private final StoreNotes notes;

    TableEdits(
            Connection connection,
            DataDatabase data,
            Cage cage,
            WorkspaceContext from,
            WorkspaceContext to,
            Instant at) {
        this.connection = connection;
        this.data = data;
        this.cage = cage;
        this.from = from;
        this.to = to;
        this.at = at;
        this.notes = new StoreNotes(connection, from);
    }

    void all(List<TableChange> changes) throws SQLException {
        for (TableChange change : Detours.around(changes)) {
            one(change);
        }
    }

    private void one(TableChange change) throws SQLException {
        if (change instanceof TableChange.HideStore hide) {
            hideStore(from.template(), hide.store(), hide.replaced());
        } else if (change instanceof TableChange.RenameStore rename) {
            renameStore(rename.from(), rename.store());
        } else if (change instanceof TableChange.RestoreStore restore) {
            restoreStore(restore.store(), restore.hidden());
        } else if (change instanceof TableChange.CreateStore create) {
            Relations.create(connection, data, to, List.of(store(create.store())));
        } else if (change instanceof TableChange.SwapStore swap) {
            swap(swap);
        } else if (change instanceof TableChange.Rekey rekey) {
            rekey(store(rekey.store()));
        } else if (change instanceof TableChange.Rechunk rechunk) {
            rechunk(store(rechunk.store()));
        } else if (change instanceof TableChange.KeepHistory history) {
            history((Featurestore) store(history.store()), history.kept());
        } else {
            column(change);
        }
    }

    private void column(TableChange change) throws SQLException {
        if (change instanceof TableChange.HideColumn hide) {
            hideColumn(hide.store(), hide.column());
        } else if (change instanceof TableChange.RenameColumn rename) {
            alter(rename.store(), "RENAME COLUMN " + quote(rename.from()) + " TO " + quote(rename.column()));
        } else if (change instanceof TableChange.ConvertColumn convert) {
            convert(convert);
        } else if (change instanceof TableChange.RelaxColumn relax) {
            alter(relax.store(), "ALTER COLUMN " + quote(relax.column()) + " DROP NOT NULL");
        } else if (change instanceof TableChange.RestoreColumn restore) {
            alter(
                    restore.store(),
                    "RENAME COLUMN " + quote(HiddenTable.column(restore.hidden())) + " TO "
                            + quote(restore.column().name()));
            HiddenTable.remove(connection, restore.hidden());
        } else if (change instanceof TableChange.AddColumn add) {
            alter(
                    add.store(),
                    "ADD COLUMN IF NOT EXISTS " + quote(add.column().name()) + " "
                            + StoreTables.sqlType(add.column().type()));
        }
    }

    private Store store(Ref ref) {
        return to.template().store(ref).orElseThrow();
    }

    private TimeTable table(Store store) {
        return TimeTable.of(to, data.schema(), store);
    }

    /** The table of a store, and that of its history. */
    private void alter(Ref ref, String what) throws SQLException {
        Store store = store(ref);
        execute("ALTER TABLE " + table(store).quoted() + " " + what);
        if (store instanceof Featurestore feature && hasHistory(feature)) {
            execute("ALTER TABLE " + HistoryTable.of(to, data.schema(), feature).quoted() + " " + what);
        }
    }

    private boolean hasHistory(Featurestore feature) throws SQLException {
        return feature.history().isPresent()
                && Relations.exists(
                        connection, HistoryTable.of(to, data.schema(), feature).quoted());
    }

    /** Tables that hang on a store's name, beside its own: from name to name. */
    private List<String[]> beside(String key, String other) throws SQLException {
        List<String[]> names = new ArrayList<>();
        for (String[] name : List.of(
                new String[] {PhysicalName.history(key, to.id()), PhysicalName.history(other, to.id())},
                new String[] {PhysicalName.quarantine(key, to.id()), PhysicalName.quarantine(other, to.id())})) {
            if (Relations.exists(connection, Identifier.qualified(data.schema(), name[0]))) {
                names.add(name);
            }
        }
        return names;
    }

    private void move(TimeTable table, String key, String other) throws SQLException {
        data.dialect().rename(connection, table, PhysicalName.table(other, to.id()));
        for (String[] name : beside(key, other)) {
            data.dialect().rename(connection, table.named(name[0]), name[1]);
        }
    }

    private void renameStore(Ref was, Ref ref) throws SQLException {
        Store any = to.template().stores().get(0); // of a detour there is no store, and names are all that counts here
        move(
                TimeTable.of(from, data.schema(), any).named(PhysicalName.table(was.key(), from.id())),
                was.key(),
                ref.key());
        notes.rename(was, ref);
        HiddenTable.move(connection, from, was.toString(), ref.toString());
    }

    private void hideStore(Template template, Ref ref, boolean replaced) throws SQLException {
        Store store = template.store(ref).orElseThrow();
        long id = HiddenTable.add(connection, from, Gone.table(ref, StoreShape.of(template, store), replaced), at);
        HiddenTable.move(connection, from, ref.toString(), HiddenTable.owner(id));
        TimeTable table = TimeTable.of(from, data.schema(), store);
        move(table, ref.key(), HiddenTable.key(id));
        cage.revoke(
                connection,
                from.id(),
                List.of(Identifier.qualified(data.schema(), PhysicalName.table(HiddenTable.key(id), from.id()))));
        notes.hide(ref, id);
    }

    private void restoreStore(Ref ref, long id) throws SQLException {
        TimeTable table = table(store(ref)).named(PhysicalName.table(HiddenTable.key(id), to.id()));
        move(table, HiddenTable.key(id), ref.key());
        HiddenTable.move(connection, from, HiddenTable.owner(id), ref.toString());
        HiddenTable.remove(connection, id);
        notes.restore(ref, id);
    }

    private void swap(TableChange.SwapStore swap) throws SQLException {
        Ref built = Ref.featurestore(swap.built());
        hideStore(from.template(), swap.store(), true);
        for (String view :
                List.of(PhysicalName.view(swap.built(), to.id()), PhysicalName.stored(swap.built(), to.id()))) {
            execute("DROP VIEW IF EXISTS " + Identifier.qualified(data.schema(), view));
        }
        TimeTable table = table(store(swap.store())).named(PhysicalName.table(swap.built(), to.id()));
        move(table, swap.built(), swap.store().key());
        notes.swap(built, swap.store());
    }

    private void hideColumn(Ref ref, String name) throws SQLException {
        ColumnType type = physicalType(table(store(ref)), name);
        long id = HiddenTable.add(connection, from, Gone.column(ref, Column.of(name, type)), at);
        alter(ref, "ALTER COLUMN " + quote(name) + " DROP NOT NULL");
        alter(ref, "RENAME COLUMN " + quote(name) + " TO " + quote(HiddenTable.column(id)));
    }

    private ColumnType physicalType(TimeTable table, String column) throws SQLException {
        String sql = "SELECT format_type(atttypid, NULL) FROM pg_catalog.pg_attribute "
                + "WHERE attrelid = ?::regclass AND attname = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            statement.setString(2, column);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String type = row.getString(1);
                for (ColumnType known : ColumnType.values()) {
                    if (type.startsWith(StoreTables.sqlType(known))
                            || (known == ColumnType.TIMESTAMP && type.equals("timestamp with time zone"))) {
                        return known;
                    }
                }
                return ColumnType.TEXT;
            }
        }
    }

    private void convert(TableChange.ConvertColumn change) throws SQLException {
        String column = quote(change.column());
        TimeTable table = table(store(change.store()));
        String misfit = ColumnTypes.misfit(column, change.from(), change.to());
        if (!misfit.equals("false")) {
            long bad =
                    count("SELECT count(*) FROM " + table.quoted() + " WHERE " + column + " IS NOT NULL AND " + misfit);
            if (bad > 0) {
                throw new ConflictException(
                        change.from() == ColumnType.BIGINT ? ProblemCode.PLAN_REFUSED : ProblemCode.DOWNGRADE_REFUSED,
                        change.store() + "#" + change.column() + " of workspace " + from.key() + ": " + bad
                                + " rows have values that " + change.to().label()
                                + " does not hold exactly; nothing was changed; correct those rows or choose another type");
            }
        }
        alter(
                change.store(),
                "ALTER COLUMN " + column + " TYPE " + StoreTables.sqlType(change.to()) + " USING "
                        + ColumnTypes.convert(column, change.from(), change.to()));
    }

    private void rekey(Store store) throws SQLException {
        TimeTable table = table(store);
        for (String index : indexes(table)) {
            execute("DROP INDEX " + index);
        }
        try {
            execute(StoreTables.createIndex(table, store, StoreColumns.of(to.template(), store)));
        } catch (SQLException failure) {
            if (!"23505".equals(failure.getSQLState())) {
                throw failure;
            }
            throw new ConflictException(
                    ProblemCode.PLAN_REFUSED,
                    store.ref() + " of workspace " + from.key() + ": rows that are there are equal by the natural key "
                            + StoreTables.keyColumns(store)
                            + "; nothing was changed; delete or correct them, or choose a key that tells them apart");
        }
    }

    private List<String> indexes(TimeTable table) throws SQLException {
        String sql = "SELECT i.indexrelid::regclass::text FROM pg_catalog.pg_index i WHERE i.indrelid = ?::regclass";
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1)); // regclass gives it quoted
                }
            }
        }
        return names;
    }

    private void rechunk(Store store) throws SQLException {
        TimeTable table = table(store);
        if (data.dialect().rechunk(connection, table)) {
            execute(StoreTables.createIndex(table, store, StoreColumns.of(to.template(), store)));
        }
    }

    private void history(Featurestore store, boolean kept) throws SQLException {
        if (kept) {
            Relations.create(connection, data, to, List.of(store));
            return;
        }
        TimeTable table = HistoryTable.of(from, data.schema(), store);
        long id = HiddenTable.add(connection, from, Gone.table(store.ref(), "history", true), at);
        data.dialect().rename(connection, table, PhysicalName.table(HiddenTable.key(id), from.id()));
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        DdlProvisioner.execute(connection, sql);
    }

    private static String quote(String name) {
        return Identifier.quote(name);
    }
}
