package io.datalifecycle.dlt.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Types and units of what roll-ups compute. */
class StoreColumnsTest {

    private static final Template TEMPLATE = Template.define("a", "1.0.0", t -> {
        Datastore raw = t.datastore(
                "raw",
                d -> d.time("ts")
                        .field("ts", Field.timestamp().required())
                        .field("site", Field.text())
                        .field("v", Field.number("bar"))
                        .field("n", Field.integer().unit("l"))
                        .field("state", Field.oneOf("on", "off")));
        Featurestore hourly = t.featurestore(
                "hourly",
                f -> f.rollup(
                        raw,
                        r -> r.every(Duration.ofHours(1))
                                .by("site")
                                .column("v_up", Aggregate.increase("v"))
                                .column("n_up", Aggregate.increase("n"))
                                .column("n_rate", Aggregate.rate("n"))
                                .column("v_mean", Aggregate.timeWeightedAvg("v"))
                                .column("on_s", Aggregate.durationIn("state", "on"))
                                .column("bins", Aggregate.histogram("v", 0, 10, 5))
                                .column("rows", Aggregate.count())
                                .column("last_state", Aggregate.last("state"))));
        Featurestore daily = t.featurestore(
                "daily",
                f -> f.rollup(hourly, r -> {
                    r.every(Period.ofDays(1)).by("site");
                    for (String name :
                            List.of("v_up", "n_up", "n_rate", "v_mean", "on_s", "bins", "rows", "last_state")) {
                        r.column(name, Aggregate.merge(name));
                    }
                }));
        t.featurestore(
                "monthly",
                f -> f.rollup(daily, r -> r.every(Period.ofMonths(1)).column("litres", Aggregate.merge("n_up"))));
    });

    private static final List<String> COMPUTED = List.of(
            "v_up double bar",
            "n_up decimal l",
            "n_rate double",
            "v_mean double bar",
            "on_s double s",
            "bins json",
            "rows bigint",
            "last_state text");

    @Test
    void aggregatesHaveTypesAndUnits() {
        assertThat(columns("hourly").subList(2, 10)).isEqualTo(COMPUTED);
    }

    @Test
    void whatIsMergedHasTheTypeOfItsParts() {
        assertThat(columns("daily").subList(2, 10)).isEqualTo(COMPUTED);
        assertThat(columns("monthly")).containsExactly("bucket timestamp", "litres decimal l");
    }

    @Test
    void mergedColumnsAreKnownWithWhatTheyAreAtTheBottom() {
        Rollup monthly = rollup("monthly");

        assertThat(Merges.columnsOf(TEMPLATE, Ref.featurestore("daily"))).containsExactly("n_up");
        assertThat(Merges.columnsOf(TEMPLATE, Ref.featurestore("monthly"))).isEmpty();
        assertThat(Merges.source(TEMPLATE, monthly)).contains(rollup("daily"));
        assertThat(Merges.origin(TEMPLATE, monthly, "litres")).contains(Aggregate.increase("n"));
        assertThat(Merges.origin(TEMPLATE, monthly, "bucket")).isEmpty();
        assertThat(Merges.source(TEMPLATE, rollup("hourly"))).isEmpty();
        assertThat(Merges.state("litres", "last")).isEqualTo("~litres~last");
    }

    private static Rollup rollup(String key) {
        return (Rollup) TEMPLATE.featurestore(key).orElseThrow().transform();
    }

    private static List<String> columns(String key) {
        return StoreColumns.of(TEMPLATE, TEMPLATE.featurestore(key).orElseThrow()).columns().stream()
                .map(c -> (c.name() + " " + c.type().label() + " " + c.unit().orElse("")).strip())
                .toList();
    }
}
