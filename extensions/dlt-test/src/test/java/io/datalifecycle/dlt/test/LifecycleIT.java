package io.datalifecycle.dlt.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.model.ScoreResult;
import io.datalifecycle.dlt.spi.AlertState;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole life of data through the public facade, on a real database. */
final class LifecycleIT {

    @RegisterExtension
    final DltExtension dlt =
            DltExtension.withTemplate(Station.TEMPLATE).workspace("north", w -> w.timezone("America/Chicago"));

    // region alert
    @Test
    void highVibrationMailsOpsOnceAndTellsWhenItIsOver(Workspace north) {
        shake(north, 0.9, Duration.ofMinutes(50));
        assertThat(dlt.mails()).hasSize(1);
        assertThat(dlt.mails().get(0).subject()).isEqualTo("[critical] High vibration raised: P-101 (north)");
        assertThat(dlt.mails().get(0).recipient()).isEqualTo("north@example.test");

        shake(north, 0.1, Duration.ofMinutes(30));
        assertThat(dlt.mails())
                .extracting(Mail::subject)
                .last()
                .isEqualTo("[ok] High vibration cleared: P-101 (north)");
    }
    // endregion alert

    @Test
    void silenceIsToldAsNoDataAndAgainWhenRowsComeBack(Workspace north) {
        shake(north, 0.1, Duration.ofMinutes(20));
        dlt.advance(Duration.ofMinutes(90));
        assertThat(dlt.mails())
                .extracting(Mail::subject)
                .containsExactly("[critical] High vibration no data: P-101 (north)");
        shake(north, 0.1, Duration.ofMinutes(20));
        assertThat(dlt.mails())
                .extracting(Mail::subject)
                .last()
                .isEqualTo("[ok] High vibration reports again: P-101 (north)");
    }

    @Test
    void fromRowsToPredictionsPageAndReport(Workspace north, Workspace south) {
        IngestResult in = north.datastore("sensor_data").ingest(Rows.of(week()));
        assertThat(in.accepted()).isEqualTo(1008);
        IngestResult again = north.datastore("sensor_data")
                .ingest(Rows.of(
                        row("P-101", dlt.now().minus(Duration.ofDays(7)), 2.0, 0.1),
                        Map.of("ts", "yesterday", "asset_id", "P-101")));
        assertThat(List.of(again.offered(), again.accepted(), again.duplicate(), again.rejected()))
                .isEqualTo(List.of(2L, 0L, 1L, 1L));
        assertThat(north.datastore("sensor_data").quarantine().countByReason()).containsEntry("/ts format", 1L);

        assertThat(north.featurestore("pump_metrics_10min").refresh().written()).isEqualTo(1008);
        assertThat(north.featurestore("pump_metrics_10min").refresh().written())
                .as("nothing new")
                .isZero();
        north.model("pump_anomaly").train();
        ScoreResult scored = north.model("pump_anomaly").score();
        assertThat(scored.scored()).isEqualTo(1008);
        assertThat(north.inferencestore("pump_anomalies").count()).isEqualTo(1008);

        MetricResult result = north.metric("pressure_by_asset")
                .with("from", dlt.now().minus(Duration.ofDays(1)))
                .with("to", dlt.now())
                .evaluate();
        assertThat(((MetricResult.Series) result).points()).hasSize(144);
        assertThat(north.dashboard("overview").page().items().get(0))
                .isInstanceOfSatisfying(
                        PageItem.ChartItem.class,
                        item -> assertThat(item.chart().isEmpty()).isFalse());
        assertThat(north.dashboard("overview").json()).contains("\"label\":\"P-101\"");
        assertThat(south.dashboard("overview").json()).doesNotContain("P-101");

        north.reports().deliver("weekly");
        north.reports().deliver("weekly");
        assertThat(dlt.mails()).as("one span is sent once").hasSize(1);
        assertThat(dlt.mails().get(0).attachments()).containsExactly("weekly.pdf");
    }

    @Test
    void aMailServerThatIsDownCostsNoMail(Workspace north) {
        dlt.mailServerDown(true);
        shake(north, 0.9, Duration.ofMinutes(50));
        assertThat(dlt.mails()).isEmpty();
        assertThat(north.reports().messages(10))
                .singleElement()
                .satisfies(m -> assertThat(m.lastError()).contains("down"));
        dlt.mailServerDown(false);
        dlt.advance(Duration.ofMinutes(70));
        assertThat(dlt.mails())
                .filteredOn(mail -> mail.subject().contains("raised"))
                .hasSize(1);
    }

    @Test
    void aDeletedWorkspaceLeavesNothing(Workspace north, Workspace south) {
        for (Workspace workspace : List.of(north, south)) {
            workspace.datastore("sensor_data").ingest(Rows.of(week()));
            workspace.featurestore("pump_metrics_10min").refresh();
            workspace.model("pump_anomaly").train();
            workspace.model("pump_anomaly").score();
            workspace.alerts().evaluate();
        }
        WorkspaceId id = north.id();
        dlt.dlt().workspaces().delete("north");
        assertThat(dlt.dlt().workspaces().residue(id)).isEmpty();
        assertThat(dlt.dlt().workspaces().find("north")).isEmpty();
        assertThat(south.datastore("sensor_data").count()).isEqualTo(1008);
        assertThat(south.alerts().all()).extracting(s -> s.state()).containsOnly(AlertState.NORMAL);
    }

    /** Sends a row a minute while the clock moves on, or one row at once. */
    private void shake(Workspace workspace, double vibration, Duration length) {
        Instant end = dlt.now().plus(length);
        do {
            workspace.datastore("sensor_data").ingest(Rows.of(row("P-101", dlt.now(), 2.0, vibration)));
            dlt.advance(length.isZero() ? Duration.ZERO : Duration.ofMinutes(1));
        } while (dlt.now().isBefore(end));
    }

    private List<Map<String, Object>> week() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Instant at = dlt.now().minus(Duration.ofDays(7));
                at.isBefore(dlt.now());
                at = at.plus(Duration.ofMinutes(10))) {
            rows.add(row("P-101", at, 2 + Math.sin(at.getEpochSecond() / 14_000.0), 0.1));
        }
        return rows;
    }

    private static Map<String, Object> row(String asset, Instant at, double pressure, double vibration) {
        Map<String, Object> row = new HashMap<>();
        row.put("ts", at);
        row.put("asset_id", asset);
        row.put("pressure", pressure);
        row.put("vibration", vibration);
        return row;
    }
}
