package io.datalifecycle.dlt.language;

import static io.datalifecycle.dlt.template.Aggregate.*;
import static io.datalifecycle.dlt.template.Field.*;
import static io.datalifecycle.dlt.template.OnInvalid.QUARANTINE;
import static io.datalifecycle.dlt.template.Severity.CRITICAL;
import static java.time.Duration.*;

import io.datalifecycle.dlt.template.Template;
import java.time.Period;

/** The pump station in Java; {@code pump_station.yaml} beside it says the same. */
final class PumpStation {

    static final Template TEMPLATE = Template.define("pump_station", "1.0.0", t -> {
        t.title("Pump station").timezone("UTC");
        t.parameter("vibration_limit", number("g").defaultsTo(0.35));
        var email = t.parameter("ops_email", email().required());

        var sensorData = t.datastore(
                "sensor_data",
                d -> d.time("ts")
                        .naturalKey("asset_id", "ts")
                        .field("ts", timestamp().required())
                        .field("asset_id", text(64).required())
                        .field("pressure", number("bar"))
                        .field("vibration", number("g"))
                        .onInvalid(QUARANTINE)
                        .accept(a -> a.past(ofDays(400)).future(ofMinutes(10)))
                        .chunk(ofDays(7))
                        .retention(Period.ofYears(2)));

        var pump10min = t.featurestore(
                "pump_metrics_10min",
                f -> f.rollup(
                                sensorData,
                                r -> r.every(ofMinutes(10))
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
                                pump10min,
                                f -> f.columns("pressure_avg", "vibration_max").by("asset_id"))
                        .train(s -> s.window(ofDays(30)).cron("0 3 * * *"))
                        .score(s -> s.into(anomalies).afterRefresh()));

        var pressure = t.metric(
                "pressure_by_asset",
                m -> m.sql("""
                        SELECT bucket, asset_id, pressure_avg
                          FROM featurestore:pump_metrics_10min
                         WHERE bucket >= :from AND bucket < :to
                           AND (:asset_id IS NULL OR asset_id = :asset_id)
                         ORDER BY bucket""")
                        .input("from", timestamp().required())
                        .input("to", timestamp().required())
                        .input("asset_id", text())
                        .series(s ->
                                s.x("bucket").y("pressure_avg").by("asset_id").unit("bar")));

        var vibrationNow = t.metric(
                "vibration_now", m -> m.latest(pump10min, "vibration_max").by("asset_id"));

        var ops = t.channel("ops", c -> c.email(email));

        var overview = t.dashboard("overview", d -> {
            var range = d.timeRange("range", ofDays(7));
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
                        .severity(CRITICAL)
                        .raise("value > param.vibration_limit")
                        .clear("value < 0.9 * param.vibration_limit")
                        .pendingFor(ofMinutes(30))
                        .noDataAfter(ofHours(1))
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

    private PumpStation() {}
}
