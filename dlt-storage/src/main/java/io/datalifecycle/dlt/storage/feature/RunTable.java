package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.feature.Definition;
import io.datalifecycle.dlt.feature.Grain;
import io.datalifecycle.dlt.spi.FeatureLedger;
import io.datalifecycle.dlt.spi.FeatureWriter.Agenda;
import io.datalifecycle.dlt.spi.FeatureWriter.Run;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.storage.dialect.Placements;
import io.datalifecycle.dlt.storage.dialect.TimeTable;
import io.datalifecycle.dlt.storage.sql.Identifier;
import io.datalifecycle.dlt.storage.sql.PlainJson;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger in {@code dlt_data.feature_run}. Thread-safe. */
public final class RunTable implements FeatureLedger {

    private static final Logger LOG = LoggerFactory.getLogger(RunTable.class);
    private static final String NODE = ManagementFactory.getRuntimeMXBean().getName();
    private static final int MOST_CHARACTERS = 2_000;

    private final Placements placements;

    public RunTable(Placements placements) {
        this.placements = placements;
    }

    /**
     * What a transaction did.
     *
     * @param processed intervals
     * @param rowsIn rows of the driving source
     */
    record Done(
            List<TimeRange> processed,
            long rowsIn,
            long written,
            long removed,
            @Nullable String error) {}

    /** Adds an entry within the transaction of the rows. */
    static void add(
            Connection connection,
            DataDatabase data,
            WorkspaceContext workspace,
            Featurestore store,
            Run run,
            Done done)
            throws SQLException {
        String sql =
                "INSERT INTO dlt_data.feature_run (workspace, store, kind, started_at, took, node, template, definition, "
                        + "processed, watermarks, rows_in, written, removed, error) VALUES (?, ?, ?, ?, "
                        + "(extract(epoch FROM clock_timestamp() - now()) * 1000000)::bigint, ?, ?, ?, ?::tstzmultirange, "
                        + watermarks(data, workspace, store) + ", ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, workspace.id().value());
            statement.setString(2, store.key());
            statement.setString(3, run.kind());
            statement.setObject(4, run.startedAt().atOffset(ZoneOffset.UTC));
            statement.setString(5, NODE);
            statement.setString(
                    6,
                    workspace.templateId().key() + ":" + workspace.templateId().version());
            statement.setString(7, Definition.of(workspace, store));
            statement.setString(8, Multirange.text(done.processed()));
            statement.setLong(9, done.rowsIn());
            statement.setLong(10, done.written());
            statement.setLong(11, done.removed());
            statement.setString(12, done.error());
            statement.executeUpdate();
        }
    }

    /** Newest times of the sources as a JSON object, as seen by this statement. */
    private static String watermarks(DataDatabase data, WorkspaceContext workspace, Featurestore store) {
        return store.transform().sources().stream()
                .distinct()
                .flatMap(ref -> workspace.template().store(ref).stream())
                .map(source -> {
                    TimeTable table = TimeTable.of(workspace, data.schema(), source);
                    return Identifier.literal(source.ref().toString()) + ", (SELECT max("
                            + Identifier.quote(table.time()) + ") FROM " + table.quoted() + ")";
                })
                .collect(Collectors.joining(", ", "jsonb_strip_nulls(jsonb_build_object(", "))"));
    }

    @Override
    public void failed(WorkspaceContext workspace, Featurestore store, Run run, Instant endedAt, String error) {
        try {
            DataDatabase data = placements.of(workspace);
            String what = "ledger of " + store.key() + " of workspace " + workspace.key();
            data.database().onConnection(what, connection -> {
                String said = error.length() > MOST_CHARACTERS ? error.substring(0, MOST_CHARACTERS) : error;
                add(connection, data, workspace, store, run, new Done(List.of(), 0, 0, 0, said));
                return true;
            });
        } catch (RuntimeException notNoted) {
            LOG.debug("workspace {}: a failure of {} could not be noted", workspace.key(), store.key(), notNoted);
        }
    }

    @Override
    public List<Entry> entries(WorkspaceContext workspace, Featurestore store, int limit) {
        return select(workspace, store, "", limit);
    }

    @Override
    public Optional<Entry> processed(WorkspaceContext workspace, Featurestore store, Instant at) {
        return select(workspace, store, " AND processed @> " + Identifier.literal(at.toString()) + "::timestamptz", 1)
                .stream()
                .findFirst();
    }

    private List<Entry> select(WorkspaceContext workspace, Featurestore store, String and, int limit) {
        String sql =
                "SELECT id, kind, started_at, took, node, template, definition, watermarks::text, rows_in, written, "
                        + "removed, error, " + Multirange.columns("processed")
                        + " FROM dlt_data.feature_run WHERE workspace = ? AND store = ?" + and
                        + " ORDER BY id DESC LIMIT ?";
        return placements
                .of(workspace)
                .database()
                .onConnection("ledger of " + store.key() + " of workspace " + workspace.key(), connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        statement.setLong(1, workspace.id().value());
                        statement.setString(2, store.key());
                        statement.setInt(3, limit);
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

    private static Entry entry(ResultSet row) throws SQLException {
        Map<String, Instant> watermarks = new HashMap<>();
        PlainJson.texts(row.getString(8))
                .forEach((ref, at) ->
                        watermarks.put(ref, OffsetDateTime.parse(at).toInstant()));
        return new Entry(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                Duration.of(row.getLong(4), ChronoUnit.MICROS),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                Multirange.read(row, 13),
                watermarks,
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                Optional.ofNullable(row.getString(12)));
    }

    @Override
    public Agenda standing(WorkspaceContext workspace, Featurestore store) {
        Bucketing bucketing =
                Grain.of(workspace.template(), store, workspace.zone()).bucketing();
        return placements
                .of(workspace)
                .database()
                .onConnection(
                        "agenda of " + store.key() + " of workspace " + workspace.key(),
                        connection -> AgendaTable.read(connection, workspace, store.key(), false)
                                .map(row -> agenda(row, bucketing))
                                .orElse(new Agenda(List.of(), Optional.empty(), false, 0)));
    }

    /** A row as told: buckets that had ended when it was last asked, and are not to be done, are complete. */
    static Agenda agenda(AgendaTable.Row row, Bucketing bucketing) {
        Optional<Instant> complete = row.asked().map(asked -> {
            Instant until = bucketing.bucketOf(asked).from();
            for (int i = row.todo().size() - 1; i >= 0; i--) {
                TimeRange interval = row.todo().get(i);
                if (interval.from().isBefore(until) && !interval.to().isBefore(until)) {
                    until = interval.from();
                }
            }
            return until;
        });
        return new Agenda(row.todo(), complete, row.paused(), row.fence());
    }

    /** Forgets what ended before an instant, within the transaction of maintenance. */
    public static void forget(Connection connection, WorkspaceContext workspace, Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "DELETE FROM dlt_data.feature_run WHERE workspace = ? AND started_at < ?")) {
            statement.setLong(1, workspace.id().value());
            statement.setObject(2, before.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }
}
