package io.datalifecycle.dlt.storage.transfer;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.Contributions;
import io.datalifecycle.dlt.spi.DltPlugin;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.ModelKind;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.ParameterValues;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A database with a library over it and a workspace whose template has a store of every kind. */
final class TransferHouse implements AutoCloseable {

    static final Template PLANT = Template.define("plant", "1.0.0", t -> {
        t.parameter("limit", Field.number().defaultsTo(3.0));
        var raw = t.datastore(
                "raw",
                d -> d.time("ts")
                        .naturalKey("asset", "ts")
                        .duplicates(Duplicates.UPDATE)
                        .field("ts", Field.timestamp().required())
                        .field("asset", Field.text(64).required())
                        .field("v", Field.number())
                        .field("note", Field.text(200))
                        .field("day", Field.date())
                        .field("counter", Field.integer())
                        .field("more", Field.json())
                        .chunk(Duration.ofDays(1)));
        var hourly = t.featurestore(
                "hourly",
                f -> f.rollup(
                                raw,
                                r -> r.every(Duration.ofHours(1))
                                        .by("asset")
                                        .column("v_avg", Aggregate.avg("v"))
                                        .column("v_twa", Aggregate.timeWeightedAvg("v"))
                                        .column("n", Aggregate.count()))
                        .realtime()
                        .history(Period.ofDays(100)));
        var daily = t.featurestore(
                "daily",
                f -> f.rollup(
                        hourly,
                        r -> r.every(Period.ofDays(1))
                                .by("asset")
                                .column("v_avg", Aggregate.merge("v_avg"))
                                .column("n", Aggregate.sum("n"))));
        t.featurestore(
                "high",
                f -> f.expression(
                        daily,
                        e -> e.by("asset")
                                .columns("v_avg")
                                .computed("high", ColumnType.BOOLEAN, "v_avg > param.limit")));
        var scores = t.inferencestore(
                "scores", i -> i.time("bucket").naturalKey("asset", "bucket").column("score", Field.number()));
        t.model(
                "odd",
                m -> m.anomaly("counting")
                        .features(hourly, f -> f.columns("v_avg").by("asset"))
                        .train(s -> s.window(Duration.ofDays(30)))
                        .score(s -> s.into(scores)));
        for (String store : List.of("hourly", "daily", "high")) {
            t.metric(
                    "of_" + store,
                    m -> m.sql("SELECT * FROM featurestore:" + store + " ORDER BY bucket, asset")
                            .table());
        }
        t.metric(
                "of_raw",
                m -> m.sql("SELECT * FROM datastore:raw ORDER BY ts, asset").table());
        t.metric(
                "of_scores",
                m -> m.sql("SELECT * FROM inferencestore:scores ORDER BY bucket, asset")
                        .table());
    });

    final TestDatabase database;
    final PostgresStorage storage;
    final Dlt dlt;
    Instant now;

    TransferHouse(Backend backend, Instant now) {
        this.now = now;
        database = TestDatabase.create(backend);
        storage = PostgresStorage.builder()
                .appDatabase(database.dataSource())
                .clock(() -> this.now)
                .build();
        dlt = Dlt.builder()
                .storage(storage)
                .clock(() -> this.now)
                .plugin(new Counting())
                .build();
    }

    Workspace provision(String key) {
        dlt.templates().publish(PLANT);
        return dlt.workspaces().provision(key, PLANT, w -> w.timezone("America/Chicago"));
    }

    /** A row every 25 minutes and one with everything that a file could lose. */
    static List<Map<String, Object>> rows(Instant from, Instant to) {
        List<Map<String, Object>> rows = new ArrayList<>();
        int i = 0;
        for (Instant at = from;
                at.isBefore(to);
                at = at.plus(Duration.ofMinutes(25)).plusNanos(7_000)) {
            Map<String, Object> row = new HashMap<>();
            row.put("ts", at);
            row.put("asset", "A" + i % 2);
            // sums of halves are exact in whatever order rows come; one value is not
            row.put("v", i % 7 == 0 ? null : i == 1 ? 1.0 / 3 : 0.5 + i % 11);
            row.put("note", i % 3 == 0 ? "" : i % 3 == 1 ? null : "a \"quoted\", line\nwith ü and \\. in it");
            row.put("day", i % 2 == 0 ? null : "2024-02-29");
            row.put("counter", Long.MAX_VALUE - i);
            row.put("more", i % 2 == 0 ? null : Map.of("a", List.of(1, "x")));
            rows.add(row);
            i++;
        }
        return rows;
    }

    void ingest(Workspace workspace, Instant from, Instant to) {
        workspace.datastore("raw").ingest(Rows.of(rows(from, to)));
    }

    /** Brings all featurestores up to date; gives how many spans were computed. */
    int refresh(Workspace workspace) {
        return List.of("hourly", "daily", "high").stream()
                .mapToInt(store ->
                        workspace.featurestore(store).refresh().intervals().size())
                .sum();
    }

    /** Scores that a model could have written, for each bucket of an hour. */
    void score(Workspace workspace, Instant from, Instant to) {
        Store scores = PLANT.inferencestores().get(0);
        List<List<?>> rows = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = at.plus(Duration.ofHours(1))) {
            rows.add(List.of(at, "A0", at.getEpochSecond() % 1000 / 7.0));
        }
        storage.rows().write(TestStorage.write(context(workspace), scores, rows));
    }

    void train(Workspace workspace, boolean promote, String content) {
        ModelStore.Version version = storage.models()
                .save(
                        context(workspace),
                        new ModelStore.Draft(
                                "odd",
                                "counting",
                                "test",
                                content.getBytes(StandardCharsets.UTF_8),
                                "{}",
                                Map.of("f1", 0.75),
                                Map.of("promotion", promote ? "promoted: first version" : "not promoted")));
        if (promote) {
            storage.models().promote(context(workspace), "odd", version.number());
        }
    }

    WorkspaceContext context(Workspace workspace) {
        WorkspaceCatalog.Entry entry = storage.workspaces().find(workspace.id()).orElseThrow();
        return new WorkspaceContext(
                entry.id(),
                entry.key(),
                workspace.templateId(),
                PLANT,
                ParameterValues.resolve(PLANT, entry.parameters()).values(),
                entry.zone(),
                entry.placement(),
                entry.revision(),
                Set.of());
    }

    /** What all metrics say. */
    static List<String> metrics(Workspace workspace) {
        List<String> said = new ArrayList<>();
        for (String metric : List.of("of_raw", "of_hourly", "of_daily", "of_high", "of_scores")) {
            MetricResult.Table table =
                    (MetricResult.Table) workspace.metric(metric).evaluate();
            table.rows().forEach(row -> said.add(metric + " " + row));
        }
        return said;
    }

    /** All rows of all stores, hidden columns and histories too, as the database writes them. */
    List<String> everything(Workspace workspace) {
        List<String> lines = new ArrayList<>();
        for (String table : List.of("raw", "hourly", "hourly_h", "daily", "high", "scores")) {
            texts("SELECT t::text FROM " + table + "_wid" + workspace.id() + " AS t ORDER BY 1")
                    .forEach(row -> lines.add(table + " " + row));
        }
        return lines;
    }

    long count(Workspace workspace, String store) {
        Store of = PLANT.stores().stream()
                .filter(s -> s.key().equals(store))
                .findFirst()
                .orElseThrow();
        return storage.reader()
                .scan(
                        context(workspace),
                        new StoreReader.Scan(of, List.of(), TestStorage.ALL, 1_000, Long.MAX_VALUE),
                        batch -> {});
    }

    List<String> texts(String sql) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        dlt.close();
        database.close();
    }

    /** Learns how many rows there were. */
    private static final class Counting implements DltPlugin, ModelTrainer {

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public void contribute(Contributions contributions) {
            contributions.trainer(this);
        }

        @Override
        public Set<String> algorithms() {
            return Set.of("counting");
        }

        @Override
        public ModelKind kind(String algorithm) {
            return ModelKind.ANOMALY;
        }

        @Override
        public List<Column> outputs(String algorithm) {
            return List.of(Column.of("score", ColumnType.DOUBLE));
        }

        @Override
        public TrainedModel train(TrainingSet set) {
            byte[] content = Integer.toString(set.rows().size()).getBytes(StandardCharsets.UTF_8);
            return new TrainedModel("counting", content, Map.of(), Map.of());
        }
    }
}
