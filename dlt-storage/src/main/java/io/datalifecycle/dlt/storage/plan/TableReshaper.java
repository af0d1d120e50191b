package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.spi.Reshaper;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.ConsumerTable;
import io.datalifecycle.dlt.storage.metric.Cage;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Changes tables under the feet of writers and readers. Every lock is waited for shortly and tried again, so that nobody queues up behind it
 * for long. Thread-safe.
 */
public final class TableReshaper implements Reshaper {

    private static final Duration PREPARE_LOCK = Duration.ofSeconds(2);
    private static final Duration PREPARE_PATIENCE = Duration.ofMinutes(5);

    private final Placements placements;
    private final Cage cage;

    public TableReshaper(Placements placements, Cage cage) {
        this.placements = placements;
        this.cage = cage;
    }

    @Override
    public long revision(WorkspaceContext workspace) {
        return placements
                .of(workspace)
                .database()
                .onConnection(
                        "revision of workspace " + workspace.key(),
                        connection -> ShapeTable.lock(connection, workspace).orElse(-1));
    }

    @Override
    public void raise(WorkspaceContext workspace) {
        placements.of(workspace).database().onConnection("revision of workspace " + workspace.key(), connection -> {
            ShapeTable.begin(connection, workspace);
            return true;
        });
    }

    @Override
    public Standing standing(WorkspaceContext workspace) {
        DataDatabase data = placements.of(workspace);
        return data.database()
                .onConnection(
                        "standing of workspace " + workspace.key(),
                        connection -> new Standing(
                                RowCounts.of(connection, data, workspace), HiddenTable.all(connection, workspace)));
    }

    @Override
    public void prepare(WorkspaceContext building, List<Featurestore> stores, List<TableChange> first, long upgrade) {
        DataDatabase data = placements.of(building);
        patiently(
                data, "prepare upgrade of workspace " + building.key(), PREPARE_LOCK, PREPARE_PATIENCE, connection -> {
                    ShapeTable.lock(connection, building);
                    OptionalLong there = ShapeTable.building(connection, building);
                    if (there.isPresent() && there.getAsLong() == upgrade) {
                        return true;
                    }
                    new TableEdits(connection, data, cage, building, building, Instant.EPOCH).all(first);
                    Relations.create(connection, data, building, stores);
                    List<ConsumerTable.Line> lines = new ArrayList<>();
                    Set<Store> sources = new LinkedHashSet<>();
                    for (Featurestore store : stores) {
                        FeatureRelations.createViews(connection, data, building, store);
                        for (Ref source : store.transform().sources()) {
                            lines.add(new ConsumerTable.Line(
                                    source.toString(), store.ref().toString()));
                            building.template().store(source).ifPresent(sources::add);
                        }
                    }
                    holdWriters(connection, data, building, sources);
                    ConsumerTable.add(connection, building, lines);
                    cage.install(connection, data, building);
                    ShapeTable.building(connection, building, OptionalLong.of(upgrade));
                    return true;
                });
    }

    @Override
    public void abandon(
            WorkspaceContext pinned, WorkspaceContext building, List<Featurestore> stores, List<TableChange> first) {
        DataDatabase data = placements.of(pinned);
        patiently(data, "abandon upgrade of workspace " + pinned.key(), PREPARE_LOCK, PREPARE_PATIENCE, connection -> {
            ShapeTable.lock(connection, pinned);
            if (ShapeTable.building(connection, pinned).isEmpty()) {
                return true;
            }
            FeatureRelations.dropViews(connection, data, building, stores);
            StoreNotes notes = new StoreNotes(connection, pinned);
            for (Featurestore store : stores) {
                drop(connection, data, building, store);
                notes.forget(store.ref());
            }
            for (TableChange change : first) {
                Store store = building.template().store(change.store()).orElseThrow();
                if (change instanceof TableChange.CreateStore) {
                    drop(connection, data, building, store);
                } else if (change instanceof TableChange.AddColumn add) {
                    DdlProvisioner.execute(
                            connection,
                            "ALTER TABLE "
                                    + TimeTable.of(building, data.schema(), store)
                                            .quoted() + " DROP COLUMN IF EXISTS "
                                    + Identifier.quote(add.column().name()));
                }
            }
            ShapeTable.building(connection, pinned, OptionalLong.empty());
            return true;
        });
    }

    private static void drop(Connection connection, DataDatabase data, WorkspaceContext workspace, Store store)
            throws SQLException {
        TimeTable table = TimeTable.of(workspace, data.schema(), store);
        for (String name : List.of(
                table.name(),
                PhysicalName.history(store.key(), workspace.id()),
                PhysicalName.quarantine(store.key(), workspace.id()))) {
            DdlProvisioner.execute(connection, "DROP TABLE IF EXISTS " + Identifier.qualified(data.schema(), name));
            data.dialect().forget(table.named(name));
        }
    }

    @Override
    public Set<Ref> reshape(Reshape reshape) {
        DataDatabase data = placements.of(reshape.from());
        return patiently(
                data,
                "upgrade of workspace " + reshape.from().key(),
                reshape.lockTimeout(),
                reshape.patience(),
                connection -> new Reshaping(connection, data, cage, reshape).run());
    }

    /** No writer of these tables is under way when this returns, and none begins until the transaction ends. */
    static void holdWriters(
            Connection connection, DataDatabase data, WorkspaceContext workspace, Set<? extends Store> stores)
            throws SQLException {
        List<String> tables = stores.stream()
                .map(store -> TimeTable.of(workspace, data.schema(), store).quoted())
                .sorted()
                .toList();
        for (String table : tables) {
            if (Relations.exists(connection, table)) {
                DdlProvisioner.execute(connection, "LOCK TABLE ONLY " + table + " IN SHARE ROW EXCLUSIVE MODE");
            }
        }
    }

    /** Who waits for a lock makes all others wait behind him, so he gives up soon, lets them pass and tries again. */
    private static <T> T patiently(
            DataDatabase data,
            String what,
            Duration each,
            Duration patience,
            io.datalifecycle.dlt.storage.sql.Database.ConnectionWork<T> work) {
        long begun = System.nanoTime();
        while (true) {
            try {
                return data.database().onConnection(what, connection -> {
                    DdlProvisioner.execute(connection, "SET LOCAL lock_timeout = " + each.toMillis());
                    return work.run(connection);
                });
            } catch (DltException failure) {
                String state = SqlErrors.state(failure);
                boolean waited = state.equals("55P03") || state.equals("40P01");
                if (!waited || System.nanoTime() - begun > patience.toNanos()) {
                    throw failure;
                }
            }
        }
    }

    @Override
    public List<String> purge(WorkspaceContext workspace, Instant hiddenBefore, boolean onlyReplaced) {
        DataDatabase data = placements.of(workspace);
        return patiently(
                data,
                "purge of workspace " + workspace.key(),
                PREPARE_LOCK,
                PREPARE_PATIENCE,
                connection -> Purge.run(connection, data, workspace, hiddenBefore, onlyReplaced));
    }
}
