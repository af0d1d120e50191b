package io.datalifecycle.dlt.storage.ingest;

import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.spi.RowSink.Write;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The table of refused rows beside each datastore. Thread-safe. */
public final class QuarantineTables implements Quarantine {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Rows of one transaction: locks are short, and what an interrupted purge did stays done. */
    private static final int PURGED_AT_ONCE = 10_000;

    private final Placements placements;

    public QuarantineTables(Placements placements) {
        this.placements = placements;
    }

    /** Adds rows within the transaction of their batch. PostgreSQL cannot keep NUL and lone surrogates; they are written as U+FFFD. */
    void add(Connection connection, DataDatabase data, Write write, List<RowRejection> rejected, Instant now)
            throws SQLException {
        if (!(write.store() instanceof Datastore store)) {
            return;
        }
        String sql = "INSERT INTO " + table(data, write.workspace(), store)
                + " (line, reasons, payload, source, template_version, at, expires_at) VALUES (?, ?::jsonb, ?, ?, ?, ?, ?)";
        OffsetDateTime expires = now.atZone(write.workspace().zone())
                .plus(store.quarantineKeep())
                .toOffsetDateTime();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (RowRejection rejection : rejected) {
                statement.setLong(1, rejection.line());
                statement.setString(2, reasons(rejection));
                statement.setString(3, storable(rejection.payload()));
                statement.setString(4, storable(write.source()));
                statement.setString(5, write.workspace().templateId().version());
                statement.setObject(6, now.atOffset(ZoneOffset.UTC));
                statement.setObject(7, expires);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public List<Entry> list(WorkspaceContext workspace, Datastore store, Filter filter, long afterId, int limit) {
        DataDatabase data = placements.of(workspace);
        QuarantineSql where = QuarantineSql.of(filter);
        String sql = "SELECT id, line, reasons::text, payload, source, template_version, at, expires_at FROM "
                + table(data, workspace, store) + " WHERE id > ?" + where.and() + " ORDER BY id LIMIT ?";
        return data.database().onConnection("quarantine of " + store.key(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, afterId);
                int next = where.bind(connection, statement, 2);
                statement.setInt(next, limit);
                List<Entry> entries = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        entries.add(entry(row));
                    }
                }
                return entries;
            }
        });
    }

    @Override
    public Map<String, Long> countByReason(WorkspaceContext workspace, Datastore store) {
        DataDatabase data = placements.of(workspace);
        String sql = "SELECT " + QuarantineSql.LABEL + ", count(*) FROM " + table(data, workspace, store)
                + " GROUP BY 1 ORDER BY 2 DESC, 1";
        return data.database().onConnection("quarantine of " + store.key(), connection -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getString(1), row.getLong(2));
                }
            }
            return counts;
        });
    }

    @Override
    public long purge(WorkspaceContext workspace, Datastore store, Filter filter) {
        DataDatabase data = placements.of(workspace);
        String table = table(data, workspace, store);
        QuarantineSql where = QuarantineSql.of(filter);
        String sql = "DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table + " WHERE true" + where.and()
                + " LIMIT " + PURGED_AT_ONCE + ")";
        long purged = 0;
        long batch = PURGED_AT_ONCE;
        while (batch == PURGED_AT_ONCE) {
            batch = data.database().onConnection("purge quarantine of " + store.key(), connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    where.bind(connection, statement, 1);
                    return statement.executeLargeUpdate();
                }
            });
            purged += batch;
        }
        return purged;
    }

    /** Locks entries until the transaction ends, always in one order; gives those that are still there. */
    static Set<Long> lock(Connection connection, String table, Collection<Long> ids) throws SQLException {
        String sql = "SELECT id FROM " + table + " WHERE id = ANY (?) ORDER BY id FOR UPDATE";
        Set<Long> there = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    there.add(row.getLong(1));
                }
            }
        }
        return there;
    }

    /** Removes entries within the transaction that stores their rows. */
    static void leave(Connection connection, String table, Collection<Long> ids) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM " + table + " WHERE id = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            statement.executeUpdate();
        }
    }

    /** The table beside a store, in quotes. */
    static String table(DataDatabase data, WorkspaceContext workspace, Datastore store) {
        return Identifier.qualified(data.schema(), PhysicalName.quarantine(store.key(), workspace.id()));
    }

    private static String reasons(RowRejection rejection) {
        ArrayNode array = JSON.createArrayNode();
        rejection
                .reasons()
                .forEach(r -> array.addObject()
                        .put("pointer", storable(r.pointer()))
                        .put("keyword", r.keyword())
                        .put("message", storable(r.message()))
                        .put("value", storable(r.value())));
        return JSON.writeValueAsString(array);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        List<RowRejection.Reason> reasons = new ArrayList<>();
        for (JsonNode node : JSON.readTree(row.getString(3))) {
            reasons.add(new RowRejection.Reason(
                    node.get("pointer").asString(),
                    node.get("keyword").asString(),
                    node.get("message").asString(),
                    node.get("value").asString()));
        }
        return new Entry(
                row.getLong(1),
                new RowRejection(row.getLong(2), reasons, row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant());
    }

    private static String storable(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            boolean bad = c == 0 || (Character.isSurrogate(c) && !pair);
            if (bad && clean == null) {
                clean = new StringBuilder(text);
            }
            if (bad && clean != null) {
                clean.setCharAt(i, '\uFFFD');
            }
            if (pair) {
                i++;
            }
        }
        return clean == null ? text : clean.toString();
    }
}
