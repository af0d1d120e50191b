package io.datalifecycle.dlt.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.time.Bucketing;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From when on rows may be seen by others. */
class GrainTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final Template TEMPLATE = Template.define("grain", "1.0.0", t -> {
        t.datastore(
                "raw",
                d -> d.time("ts")
                        .naturalKey("asset", "ts")
                        .field("ts", Field.timestamp().required())
                        .field("asset", Field.text().required())
                        .field("v", Field.number()));
        t.featurestore(
                "daily",
                f -> f.rollup(
                        "datastore:raw",
                        r -> r.every(Period.ofDays(1)).by("asset").column("v", Aggregate.avg("v"))));
        t.featurestore(
                "derived",
                f -> f.expression(
                        "featurestore:daily", e -> e.time("bucket").by("asset").computed("w", "v * 2")));
        t.featurestore(
                "joined",
                f -> f.join(
                        "featurestore:derived",
                        j -> j.time("bucket").by("asset").columns("w")));
        t.featurestore(
                "loose",
                f -> f.join("datastore:raw", j -> j.time("ts").by("asset").columns("v")));
        t.inferencestore(
                "scores", i -> i.time("bucket").naturalKey("asset", "bucket").column("score", Field.number()));
        t.model(
                "odd",
                m -> m.anomaly("random-cut-forest")
                        .features("featurestore:derived", f -> f.columns("w").by("asset"))
                        .train(s -> s.window(Duration.ofDays(30)))
                        .score(s -> s.into("inferencestore:scores")));
    });

    @Test
    void whatKeepsTheTimesOfBucketsWaitsForTheirEnd() {
        Optional<Bucketing> days = Optional.of(Bucketing.of(Period.ofDays(1), BERLIN));
        assertThat(Grain.delayed(TEMPLATE, Ref.featurestore("daily"), BERLIN)).isEqualTo(days);
        assertThat(Grain.delayed(TEMPLATE, Ref.featurestore("derived"), BERLIN)).isEqualTo(days);
        assertThat(Grain.delayed(TEMPLATE, Ref.featurestore("joined"), BERLIN)).isEqualTo(days);
        assertThat(Grain.delayed(TEMPLATE, Ref.inferencestore("scores"), BERLIN))
                .isEqualTo(days);
    }

    @Test
    void rowsOfInstantsAreSeenAtOnce() {
        assertThat(Grain.delayed(TEMPLATE, Ref.datastore("raw"), BERLIN)).isEmpty();
        assertThat(Grain.delayed(TEMPLATE, Ref.featurestore("loose"), BERLIN)).isEmpty();
    }
}
