package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.FeatureWriter.Consumer;
import io.datalifecycle.dlt.spi.FeatureWriter.Touched;
import io.datalifecycle.dlt.spi.Provisioner;
import io.datalifecycle.dlt.spi.Relocation;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.feature.ConsumerTable;
import io.datalifecycle.dlt.storage.feature.RangeLog;
import io.datalifecycle.dlt.storage.plan.Removal;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves workspaces between data databases. Changes are noted for the move as for any reader of a store, so a copy that was made while rows came in is
 * brought up to date by copying the noted spans again, most of them before writers are stopped. Thread-safe.
 */
public final class Relocator implements Relocation {

    private static final Logger LOG = LoggerFactory.getLogger(Relocator.class);

    private static final Consumer MOVE = new Consumer("move:away");

    /** Less than the second after which PostgreSQL looks for deadlocks and would end a writer instead of us. */
    private static final Duration EACH_TRY = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST_ROUNDS = 20;
    private static final int FEW = 50;

    private final Placements placements;
    private final Provisioner provisioner;
    private final Removal removal;

    public Relocator(Placements placements, Provisioner provisioner, Removal removal) {
        this.placements = placements;
        this.provisioner = provisioner;
        this.removal = removal;
    }

    @Override
    public Optional<String> whereabouts(WorkspaceId id) {
        return placements.all().entrySet().stream()
                .filter(place -> has(place.getValue(), id, "workspace"))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public boolean hasLeft(WorkspaceId id, String placement) {
        return has(placements.named(placement), id, "gone");
    }

    private static boolean has(DataDatabase data, WorkspaceId id, String table) {
        return data.database().onConnection("whereabouts of workspace " + id, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT 1 FROM dlt_data." + table + " WHERE workspace = ?")) {
                statement.setLong(1, id.value());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    @Override
    public void abandon(WorkspaceContext from, WorkspaceContext to) {
        DataDatabase source = placements.of(from);
        DataDatabase target = placements.of(to);
        source.database().onConnection(what(from), connection -> {
            ConsumerTable.remove(connection, from, readers(from));
            for (ConsumerTable.Line line : readers(from)) {
                RangeLog.forget(connection, from, line.consumer(), line.source());
            }
            return true;
        });
        if (!isSame(source, target, from)) { // two names of one database would lose what is in use
            target.database().onConnection(what(from), connection -> {
                removal.drop(connection, target, to);
                return true;
            });
        }
    }

    @Override
    public void move(WorkspaceContext from, WorkspaceContext to) {
        DataDatabase source = placements.of(from);
        DataDatabase target = placements.of(to);
        if (isSame(source, target, from)) {
            throw new InvalidInputException(
                    ProblemCode.CONFIGURATION,
                    what(from) + ": both placements are the same database; there is nothing to move");
        }
        target.database().onConnection(what(from), connection -> {
            TableCopy.execute(
                    connection,
                    "DELETE FROM dlt_data.gone WHERE workspace = " + from.id().value());
            return true;
        });
        provisioner.provision(to);
        patiently(source.database(), what(from), connection -> {
            lock(connection, source, from, "SHARE ROW EXCLUSIVE");
            ConsumerTable.add(connection, from, readers(from));
            return true;
        });
        everything(source, target, from, to);
        int rounds = 0;
        while (catchUp(source, target, from, to) > FEW && rounds < MOST_ROUNDS) {
            rounds++;
        }
        compare(source, target, from, to);
        patiently(source.database(), what(from), connection -> last(connection, source, target, from, to));
        LOG.info("workspace {}: moved from {} to {}", from.key(), from.placement(), to.placement());
    }

    private static String what(WorkspaceContext workspace) {
        return "move workspace " + workspace.key();
    }

    private static List<ConsumerTable.Line> readers(WorkspaceContext workspace) {
        return workspace.template().stores().stream()
                .map(store -> new ConsumerTable.Line(store.ref().toString(), MOVE.name()))
                .toList();
    }

    /** A lock that is taken in one is free in the other, unless both are one. */
    private static boolean isSame(DataDatabase source, DataDatabase target, WorkspaceContext workspace) {
        long key = ThreadLocalRandom.current().nextLong();
        return source.database().onConnection(what(workspace), here -> {
            TableCopy.execute(here, "SELECT pg_advisory_xact_lock(" + key + ")");
            return target.database().onConnection(what(workspace), there -> {
                try (PreparedStatement statement = there.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
                    statement.setLong(1, key);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() && !row.getBoolean(1);
                    }
                }
            });
        });
    }

    private static void everything(
            DataDatabase source, DataDatabase target, WorkspaceContext from, WorkspaceContext to) {
        List<Carried> sources = Carried.of(source, from);
        List<Carried> targets = Carried.of(target, to);
        for (int i = 0; i < sources.size(); i++) {
            Carried here = sources.get(i);
            Carried there = targets.get(i);
            if (!here.isHistory()) { // which is not noted; it goes in the end
                both(source, target, from, copy -> {
                    copy.replace(here, there, "");
                    return true;
                });
            }
        }
    }

    /** Copies what was noted; gives how many notes there were. */
    private static int catchUp(DataDatabase source, DataDatabase target, WorkspaceContext from, WorkspaceContext to) {
        List<Touched> pending =
                source.database().onConnection(what(from), connection -> RangeLog.pending(connection, from, MOVE));
        both(source, target, from, copy -> {
            recopy(copy, Carried.of(source, from), Carried.of(target, to), pending);
            return true;
        });
        source.database().onConnection(what(from), connection -> {
            RangeLog.forget(connection, from, pending.stream().map(Touched::id).toList());
            return true;
        });
        return pending.size();
    }

    private static Map<Ref, List<TimeRange>> byStore(List<Touched> pending) {
        Map<Ref, List<TimeRange>> spans = new LinkedHashMap<>();
        pending.forEach(touched -> spans.computeIfAbsent(touched.source(), ref -> new ArrayList<>())
                .add(touched.range()));
        return spans;
    }

    private static void recopy(TableCopy copy, List<Carried> sources, List<Carried> targets, List<Touched> pending)
            throws SQLException {
        Map<Ref, List<TimeRange>> spans = byStore(pending);
        for (int i = 0; i < sources.size(); i++) {
            List<TimeRange> of = spans.get(sources.get(i).store().ref());
            if (of != null && !sources.get(i).isHistory()) {
                copy.replace(sources.get(i), targets.get(i), TableCopy.within(sources.get(i), of));
            }
        }
    }

    /**
     * Compares all rows but those that were noted since, while writers go on; a table that differs is copied anew, for retention may have dropped
     * some of it meanwhile.
     */
    private static void compare(DataDatabase source, DataDatabase target, WorkspaceContext from, WorkspaceContext to) {
        List<Carried> sources = Carried.of(source, from);
        List<Carried> targets = Carried.of(target, to);
        for (int i = 0; i < sources.size(); i++) {
            Carried here = sources.get(i);
            Carried there = targets.get(i);
            if (!here.isHistory()) {
                both(source, target, from, copy -> {
                    List<TimeRange> noted = byStore(RangeLog.pending(copy.source(), from, MOVE))
                            .getOrDefault(here.store().ref(), List.of());
                    if (!copy.isEqual(here, there, TableCopy.without(here, noted))) {
                        LOG.info("workspace {}: {} is copied anew", from.key(), here.name());
                        copy.replace(here, there, "");
                        requireEqual(copy, here, there, "");
                    }
                    return true;
                });
            }
        }
    }

    private static void requireEqual(TableCopy copy, Carried here, Carried there, String where) throws SQLException {
        if (!copy.isEqual(here, there, where)) {
            throw new ConflictException(
                    ProblemCode.WORKSPACE_CHANGED,
                    "move: " + here.name() + " is not the same on both sides; nothing was moved, try again");
        }
    }

    /** The moment in which nobody writes; nothing of it holds unless all of it does. */
    private boolean last(
            Connection here, DataDatabase source, DataDatabase target, WorkspaceContext from, WorkspaceContext to)
            throws SQLException {
        long id = from.id().value();
        TableCopy.execute(here, "SELECT pg_advisory_xact_lock(hashtextextended('dlt alive here " + id + "', 0))");
        TableCopy.execute(
                here, "SELECT store FROM dlt_data.feature WHERE workspace = " + id + " ORDER BY store FOR UPDATE");
        lock(here, source, from, "ACCESS EXCLUSIVE");
        target.database().onConnection(what(from), there -> {
            rest(new TableCopy(here, there, target), source, target, from, to);
            return true;
        });
        removal.drop(here, source, from);
        TableCopy.execute(here, "INSERT INTO dlt_data.gone VALUES (" + id + ")");
        return true;
    }

    private static void rest(
            TableCopy copy, DataDatabase source, DataDatabase target, WorkspaceContext from, WorkspaceContext to)
            throws SQLException {
        List<Carried> sources = Carried.of(source, from);
        List<Carried> targets = Carried.of(target, to);
        List<Touched> pending = RangeLog.pending(copy.source(), from, MOVE);
        recopy(copy, sources, targets, pending);
        Map<Ref, List<TimeRange>> noted = byStore(pending);
        for (int i = 0; i < sources.size(); i++) {
            Carried here = sources.get(i);
            if (here.isHistory()) {
                copy.replace(here, targets.get(i), "");
                requireEqual(copy, here, targets.get(i), "");
            } else {
                List<TimeRange> spans = noted.getOrDefault(here.store().ref(), List.of());
                requireEqual(copy, here, targets.get(i), TableCopy.within(here, spans));
            }
        }
        for (Quarantined table : Quarantined.of(source, target, from, to)) {
            table.copy(copy);
        }
        for (String table : Removal.MOVED_TABLES) {
            copy.ledger(
                    table, from.id().value(), table.equals("touched") ? " AND consumer <> '" + MOVE.name() + "'" : "");
        }
    }

    private static void lock(Connection connection, DataDatabase data, WorkspaceContext workspace, String mode)
            throws SQLException {
        for (Carried table : Carried.of(data, workspace)) {
            TableCopy.execute(connection, "LOCK TABLE " + table.table().quoted() + " IN " + mode + " MODE");
        }
    }

    /** Work with both sides: one snapshot of the source, and a transaction of the target. */
    private static void both(DataDatabase source, DataDatabase target, WorkspaceContext from, Work work) {
        source.database().onConnection(what(from), here -> {
            TableCopy.execute(here, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            return target.database().onConnection(what(from), there -> work.run(new TableCopy(here, there, target)));
        });
    }

    /** What is done with both sides. */
    @FunctionalInterface
    private interface Work {
        boolean run(TableCopy copy) throws SQLException;
    }

    /** Who waits for a lock makes all others wait behind him, so he gives up soon, lets them pass and tries again. */
    private static void patiently(Database database, String what, Database.ConnectionWork<Boolean> work) {
        long begun = System.nanoTime();
        while (true) {
            try {
                database.onConnection(what, connection -> {
                    TableCopy.execute(connection, "SET LOCAL lock_timeout = " + EACH_TRY.toMillis());
                    return work.run(connection);
                });
                return;
            } catch (DltException failure) {
                String state = SqlErrors.state(failure);
                boolean waited = state.equals("55P03") || state.equals("40P01");
                if (!waited || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw failure;
                }
            }
        }
    }
}
