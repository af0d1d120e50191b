package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.lineage.Lineage;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.feature.RangeLog;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies one workspace into another of the same database, within one transaction. */
record WorkspaceCopy(Connection connection, DataDatabase data, WorkspaceContext from, WorkspaceContext to) {

    void run(Optional<Instant> asOf) throws SQLException {
        List<Carried> sources = Carried.of(data, from);
        List<Carried> targets = Carried.of(data, to);
        for (int i = 0; i < sources.size(); i++) {
            Carried source = sources.get(i);
            Optional<Instant> before = source.isHistory() ? asOf : asOf.map(instant -> cut(source.store(), instant));
            rows(source, targets.get(i), before);
        }
        for (Ledger ledger : Ledger.ALL) {
            execute(ledger.delete(to.id()));
            execute(ledger.insert(to.id(), ledger.select(from.id())));
        }
        execute(Ledger.tidy(to.id()));
        if (asOf.isPresent()) {
            cutOff(asOf.get());
        }
    }

    private void rows(Carried source, Carried target, Optional<Instant> before) throws SQLException {
        String where = before.isPresent() ? " WHERE " + Identifier.quote(source.cutBy()) + " < ?" : "";
        data.dialect().ensure(connection, target.table(), spans(source, where, before));
        String sql = "INSERT INTO " + target.table().quoted() + " (" + target.list() + ") SELECT " + source.list()
                + " FROM " + source.table().quoted() + where;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (before.isPresent()) {
                statement.setObject(1, at(before.get()));
            }
            statement.executeLargeUpdate();
        }
    }

    /** Empty for hypertables, which make their chunks by themselves. */
    private long[] spans(Carried source, String where, Optional<Instant> before) throws SQLException {
        if (!source.table().isPartitioned(connection)) {
            return new long[0];
        }
        List<Long> spans = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(source.spans(source.table().quoted(), where))) {
            if (before.isPresent()) {
                statement.setObject(1, at(before.get()));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    spans.add(row.getLong(1));
                }
            }
        }
        return spans.stream().mapToLong(Long::longValue).toArray();
    }

    /** From where on a store has no rows: of buckets, the one that was open goes, too. */
    private Instant cut(Store store, Instant asOf) {
        return Grain.delayed(from.template(), store.ref(), from.zone())
                .map(bucketing -> bucketing.bucketOf(asOf).from())
                .orElse(asOf);
    }

    /** Lets everybody downstream take in that the rows from the cut on are gone. */
    private void cutOff(Instant asOf) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE dlt_data.feature SET asked = least(asked, ?) WHERE workspace = ?")) {
            statement.setObject(1, at(asOf));
            statement.setLong(2, to.id().value());
            statement.executeUpdate();
        }
        scoredLater(asOf);
        Lineage lineage = Lineage.of(from.template());
        for (Store store : from.template().stores()) {
            Instant cut = cut(store, asOf);
            Instant end = end(store).filter(last -> last.isAfter(asOf)).orElse(asOf);
            RangeLog.touch(
                    connection,
                    to,
                    store.ref(),
                    lineage.consumersOf(store.ref()),
                    List.of(TimeRange.of(cut.minusNanos(1_000), end)));
        }
    }

    /** A model that had scored past the cut scores from its beginning: what it has learnt since cannot be taken back. */
    private void scoredLater(Instant asOf) throws SQLException {
        for (String table : List.of("checkpoint_state", "checkpoint")) {
            String sql = "DELETE FROM dlt_data." + table
                    + " WHERE workspace = ? AND name IN (SELECT name FROM dlt_data.checkpoint "
                    + "WHERE workspace = ? AND position::timestamptz > ?)";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, to.id().value());
                statement.setLong(2, to.id().value());
                statement.setObject(3, at(asOf));
                statement.executeUpdate();
            }
        }
    }

    private Optional<Instant> end(Store store) throws SQLException {
        TimeTable table = TimeTable.of(from, data.schema(), store);
        String sql = "SELECT (extract(epoch FROM max(" + Identifier.quote(table.time())
                + ")) * 1000000)::bigint + 1 FROM " + table.quoted();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            long micros = row.getLong(1);
            return row.wasNull() ? Optional.empty() : Optional.of(RowBatch.instantOf(micros));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
