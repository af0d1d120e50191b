package io.datalifecycle.dlt.benchmarks;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import java.time.Duration;

/** The plan of a template with 200 items: 40 datastores, 60 roll-ups and 100 metrics, of which a tenth change. */
final class Planning {

    private static final int DATASTORES = 40;
    private static final int ROLLUPS = 60;
    private static final int METRICS = 100;

    private Planning() {}

    static Figures run(Settings settings) throws Exception {
        int calls = settings.size("calls", 100);
        try (BenchDatabase database = BenchDatabase.open();
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.pool())
                                .build())
                        .build()) {
            Template before = dlt.templates().publish(template("1.0.0", false));
            Workspace workspace = dlt.workspaces().provision("wide", before);
            dlt.templates().publish(template("1.1.0", true));
            Effort effort = new Effort(calls, calls);
            int changes = 0;
            for (int i = -calls; i < calls; i++) { // as many to warm up as are measured
                int[] found = new int[1];
                effort.time(
                        i, () -> found[0] = workspace.plan("1.1.0").changes().size());
                changes = found[0];
            }
            return new Figures("plan")
                    .put("server", database.describe())
                    .put("items", DATASTORES + ROLLUPS + METRICS)
                    .put("changes", changes)
                    .put("plan_ms_p50", Figures.rounded(effort.millis()))
                    .put("client_cpu_ms_mean", Figures.rounded(effort.clientMillis()))
                    .put("goal_ms", 20);
        }
    }

    private static Template template(String version, boolean grown) {
        return Template.define("wide", version, t -> {
            for (int i = 0; i < DATASTORES; i++) {
                boolean changed = grown && i % 10 == 0;
                t.datastore("raw_" + i, d -> {
                    d.time("ts")
                            .naturalKey("ts", "asset_id")
                            .field("ts", Field.timestamp().required())
                            .field("asset_id", Field.text(64).required())
                            .field("pressure", Field.number("bar"))
                            .field("flow", Field.number("m³/h"));
                    if (changed) {
                        d.field("humidity", Field.number("%"));
                    }
                });
            }
            for (int i = 0; i < ROLLUPS; i++) {
                String from = "datastore:raw_" + i % DATASTORES;
                boolean changed = grown && i % 10 == 0;
                t.featurestore(
                        "hours_" + i,
                        f -> f.rollup(from, r -> {
                            r.every(Duration.ofHours(1)).by("asset_id").column("pressure", Aggregate.avg("pressure"));
                            if (changed) {
                                r.column("flow", Aggregate.avg("flow"));
                            }
                        }));
            }
            for (int i = 0; i < METRICS; i++) {
                String from = "featurestore:hours_" + i % ROLLUPS;
                String function = grown && i % 10 == 0 ? "min" : "max";
                t.metric(
                        "metric_" + i,
                        m -> m.sql("SELECT " + function + "(pressure) AS value FROM " + from)
                                .scalar(s -> s.value("value")));
            }
        });
    }
}
