package io.datalifecycle.dlt.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineageTest {

    private static final Template TEMPLATE = Template.define("a", "1.0.0", t -> {
        t.connector("inbox", c -> c.file("x").into("datastore:raw"));
        var raw = t.datastore(
                "raw",
                d -> d.time("ts").field("ts", Field.timestamp().required()).field("v", Field.number()));
        // declared before what it reads, through a model
        t.featurestore(
                "after_scores",
                f -> f.rollup(
                        "inferencestore:scores",
                        r -> r.every(Duration.ofHours(1)).column("m", Aggregate.max("score"))));
        var hourly = t.featurestore(
                "hourly", f -> f.rollup(raw, r -> r.every(Duration.ofHours(1)).column("v_avg", Aggregate.avg("v"))));
        t.model(
                "m",
                m -> m.anomaly("rcf")
                        .features(hourly, f -> f.columns("v_avg"))
                        .train(s -> s.window(Duration.ofDays(1)))
                        .score(s -> s.into("inferencestore:scores")));
        t.inferencestore("scores", i -> i.time("bucket").naturalKey("bucket").column("score", Field.number()));
        var flow = t.metric(
                "flow",
                m -> m.sql("SELECT v_avg FROM featurestore:hourly -- datastore:none")
                        .table());
        t.dashboard("page", d -> d.panel("P", p -> p.table(flow).at(0, 0, 1, 1)));
        var ops = t.channel("ops", c -> c.log());
        t.alert(
                "high",
                a -> a.metric(t.metric("now", m -> m.latest(hourly, "v_avg")))
                        .raise("value > 1")
                        .sendTo(ops));
        t.report(
                "weekly",
                r -> r.dashboard("page").cron("@weekly").lastWeek().pdf().sendTo(ops));
    });

    private final Lineage lineage = Lineage.of(TEMPLATE);

    @Test
    void storesHaveConsumersThatTakeInChanges() {
        assertThat(lineage.consumersOf(Ref.datastore("raw"))).containsExactly("featurestore:hourly");
        assertThat(lineage.consumersOf(Ref.featurestore("hourly"))).containsExactly("model:m");
        assertThat(lineage.consumersOf(Ref.inferencestore("scores"))).containsExactly("featurestore:after_scores");
        assertThat(lineage.consumersOf(Ref.datastore("none"))).isEmpty();
    }

    @Test
    void whatBreaksIsEverythingDownstream() {
        assertThat(lineage.dependentsOf("featurestore:hourly"))
                .containsExactly(
                        "model:m",
                        "metric:flow",
                        "metric:now",
                        "inferencestore:scores",
                        "dashboard:page",
                        "alert:high",
                        "featurestore:after_scores",
                        "report:weekly",
                        "channel:ops");
        assertThat(lineage.dependentsOf("connector:inbox")).startsWith("datastore:raw");
    }

    @Test
    void sourcesAreRefreshedFirst() {
        assertThat(lineage.refreshOrder()).extracting(Featurestore::key).containsExactly("hourly", "after_scores");
        assertThat(lineage.cycles()).isEmpty();
    }

    @Test
    void usersOfAColumnAreNamed() {
        assertThat(lineage.usersOf(Ref.featurestore("hourly"), "v_avg"))
                .containsExactly("model:m", "metric:flow", "metric:now");
        assertThat(lineage.usersOf(Ref.datastore("raw"), "v")).containsExactly("featurestore:hourly");
        assertThat(lineage.usersOf(Ref.datastore("raw"), "other")).isEmpty();
    }

    @Test
    void columnsThatConditionsChecksMergesAndSpansNameAreUsed() {
        Template template = Template.define("a", "1.0.0", t -> {
            var raw = t.datastore(
                    "raw",
                    d -> d.time("ts")
                            .field("ts", Field.timestamp().required())
                            .field("v", Field.number())
                            .field("on", Field.bool()));
            var reference = t.datastore(
                    "reference",
                    d -> d.time("since")
                            .validTo("until")
                            .field("since", Field.timestamp().required())
                            .field("until", Field.timestamp())
                            .field("price", Field.number())
                            .field("note", Field.text()));
            var hourly = t.featurestore(
                    "hourly",
                    f -> f.rollup(
                                    raw,
                                    r -> r.every(Duration.ofHours(1))
                                            .column("m", Aggregate.avg("v"), "on = true")
                                            .column("n", Aggregate.count())
                                            .column("unused", Aggregate.count()))
                            .check("a", c -> c.range("m", 0, 1))
                            .check("b", c -> c.unique("n", "bucket"))
                            .check("c", c -> c.sql("SELECT note FROM datastore:reference")));
            t.featurestore(
                    "daily",
                    f -> f.rollup(hourly, r -> r.every(Duration.ofDays(1)).column("m", Aggregate.merge("m")))
                            .check("d", c -> c.notNull("m")));
            t.featurestore("joined", f -> f.join(hourly, j -> j.join(reference, o -> o.columns("price"))));
            t.metric("quality", m -> m.checks(hourly));
        });
        Lineage found = Lineage.of(template);

        assertThat(found.usersOf(Ref.datastore("raw"), "on")).containsExactly("featurestore:hourly");
        assertThat(found.usersOf(Ref.featurestore("hourly"), "m"))
                .containsExactly("featurestore:hourly", "featurestore:daily");
        assertThat(found.usersOf(Ref.featurestore("hourly"), "n")).containsExactly("featurestore:hourly");
        assertThat(found.usersOf(Ref.featurestore("hourly"), "unused")).isEmpty();
        assertThat(found.usersOf(Ref.featurestore("daily"), "m")).containsExactly("featurestore:daily");
        assertThat(found.usersOf(Ref.datastore("reference"), "until")).containsExactly("featurestore:joined");
        assertThat(found.usersOf(Ref.datastore("reference"), "since")).containsExactly("featurestore:joined");
        assertThat(found.usersOf(Ref.datastore("reference"), "note")).containsExactly("featurestore:hourly");
        assertThat(found.directOf("featurestore:hourly"))
                .containsExactly("featurestore:daily", "featurestore:joined", "metric:quality");
        assertThat(found.cycles()).isEmpty();
    }

    @Test
    void circlesAreFound() {
        Template circle = Template.define("a", "1.0.0", t -> {
            t.featurestore(
                    "x",
                    f -> f.rollup(
                            "featurestore:y", r -> r.every(Duration.ofHours(1)).column("n", Aggregate.count())));
            t.featurestore(
                    "y",
                    f -> f.rollup(
                            "featurestore:x", r -> r.every(Duration.ofHours(2)).column("n", Aggregate.count())));
        });

        assertThat(Lineage.of(circle).cycles()).hasSize(1);
        assertThat(Lineage.of(circle).refreshOrder()).hasSize(2);
    }
}
