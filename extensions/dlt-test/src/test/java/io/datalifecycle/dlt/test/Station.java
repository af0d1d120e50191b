package io.datalifecycle.dlt.test;

import static io.datalifecycle.dlt.template.Aggregate.avg;
import static io.datalifecycle.dlt.template.Aggregate.count;
import static io.datalifecycle.dlt.template.Aggregate.max;
import static io.datalifecycle.dlt.template.Field.bool;
import static io.datalifecycle.dlt.template.Field.email;
import static io.datalifecycle.dlt.template.Field.number;
import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;

import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Severity;
import io.datalifecycle.dlt.template.Template;
import java.time.Duration;

/** The blueprint of these tests. */
final class Station {

    private Station() {}

    static final Template TEMPLATE = Template.define("station", "1.0.0", t -> {
        t.parameter("vibration_limit", number("g").defaultsTo(0.35));
        var opsEmail = t.parameter("ops_email", email().required());
        var sensorData = t.datastore(
                "sensor_data",
                d -> d.time("ts")
                        .naturalKey("asset_id", "ts")
                        .field("ts", timestamp().required())
                        .field("asset_id", text(64).required())
                        .field("pressure", number("bar"))
                        .field("vibration", number("g"))
                        .onInvalid(OnInvalid.QUARANTINE));
        var pumps = t.featurestore(
                "pump_metrics_10min",
                f -> f.rollup(
                                sensorData,
                                r -> r.every(Duration.ofMinutes(10))
                                        .by("asset_id")
                                        .column("pressure_avg", avg("pressure"))
                                        .column("vibration_max", max("vibration"))
                                        .column("samples", count()))
                        .refresh(r -> r.cron("*/10 * * * *")));
        var anomalies = t.inferencestore(
                "pump_anomalies",
                i -> i.time("bucket")
                        .naturalKey("asset_id", "bucket")
                        .column("score", number())
                        .column("is_anomaly", bool()));
        t.model(
                "pump_anomaly",
                m -> m.anomaly("random-cut-forest")
                        .features(
                                pumps,
                                f -> f.columns("pressure_avg", "vibration_max").by("asset_id"))
                        .train(s -> s.window(Duration.ofDays(30)).cron("0 3 * * *"))
                        .score(s -> s.into(anomalies).afterRefresh()));
        var pressure = t.metric(
                "pressure_by_asset",
                m -> m.sql("SELECT bucket, asset_id, pressure_avg FROM " + pumps.ref()
                                + " WHERE bucket >= :from AND bucket < :to ORDER BY bucket")
                        .input("from", timestamp().required())
                        .input("to", timestamp().required())
                        .series(s ->
                                s.x("bucket").y("pressure_avg").by("asset_id").unit("bar")));
        var vibrationNow =
                t.metric("vibration_now", m -> m.latest(pumps, "vibration_max").by("asset_id"));
        var ops = t.channel("ops", c -> c.email(opsEmail));
        var overview = t.dashboard("overview", d -> {
            var range = d.timeRange("range", Duration.ofDays(7));
            d.panel(
                    "Pressure",
                    p -> p.timeSeries(pressure)
                            .with("from", range.from())
                            .with("to", range.to())
                            .at(0, 0, 8, 4));
            d.panel("Alerts", p -> p.alertList().at(8, 0, 4, 4));
        });
        t.alert(
                "high_vibration",
                a -> a.metric(vibrationNow)
                        .severity(Severity.CRITICAL)
                        .raise("value > param.vibration_limit")
                        .clear("value < 0.9 * param.vibration_limit")
                        .pendingFor(Duration.ofMinutes(30))
                        .noDataAfter(Duration.ofHours(1))
                        .sendTo(ops));
        t.report(
                "weekly",
                r -> r.dashboard(overview)
                        .cron("0 7 * * MON")
                        .lastWeek()
                        .pdf()
                        .inline()
                        .sendTo(ops));
    });
}
