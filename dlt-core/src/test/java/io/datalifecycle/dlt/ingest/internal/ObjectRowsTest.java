package io.datalifecycle.dlt.ingest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records and beans are rows. */
class ObjectRowsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryStorage storage = new MemoryStorage(NOW);
    private final Ingestor ingestor = new Ingestor(storage, () -> NOW, new DltListener() {});

    enum Grade {
        FINE,
        WORN
    }

    record Reading(
            Instant ts,
            String assetId,
            @Nullable Double pressure,
            @Nullable BigDecimal level2High,
            Grade grade,
            Map<String, Object> extra) {}

    /** A bean as frameworks make them. */
    public static final class Bean {

        public Instant getTs() {
            return NOW;
        }

        public String getAssetId() {
            return "P-9";
        }
    }

    private IngestResult ingest(Iterable<?> rows) {
        Template template = Template.define(
                "pumps",
                "1.0.0",
                t -> t.datastore(
                        "sensor_data",
                        d -> d.time("ts")
                                .naturalKey("asset_id", "ts")
                                .field("ts", Field.timestamp().required())
                                .field("asset_id", Field.text(8).required())
                                .field("pressure", Field.number("bar").minimum(0))
                                .field("level2_high", Field.number())
                                .field("grade", Field.text(8))
                                .field("extra", Field.json())));
        TemplateId id = new TemplateId(template.key(), template.version(), "0".repeat(64));
        WorkspaceContext workspace =
                new WorkspaceContext(new WorkspaceId(7), "north", id, template, Map.of(), ZoneOffset.UTC, "main");
        return ingestor.ingest(
                workspace,
                template.datastore("sensor_data").orElseThrow(),
                Rows.ofObjects(rows),
                IngestOptions.ofDefaults());
    }

    @Test
    void componentsGoIntoColumnsOfTheirNameOrItsSnakeCase() {
        IngestResult in = ingest(List.of(
                new Reading(NOW, "P-1", 2.5, new BigDecimal("1.5"), Grade.WORN, Map.of("deep", List.of(1, 2))),
                new Reading(NOW, "P-2", null, null, Grade.FINE, Map.of())));

        assertThat(in.accepted()).as("%s", in.rejections()).isEqualTo(2);
        Map<String, Object> first = List.copyOf(storage.stored.values()).get(0);
        assertThat(first)
                .containsEntry("ts", NOW)
                .containsEntry("asset_id", "P-1")
                .containsEntry("pressure", 2.5)
                .containsEntry("level2_high", 1.5)
                .containsEntry("grade", "WORN")
                .containsEntry("extra", "{\"deep\":[1,2]}");
        assertThat(List.copyOf(storage.stored.values()).get(1).get("pressure")).isNull();
    }

    @Test
    void beansAreReadByTheirGetters() {
        assertThat(ingest(List.of(new Bean())).accepted()).isEqualTo(1);
        assertThat(storage.stored.values())
                .extracting(row -> row.get("asset_id"))
                .containsExactly("P-9");
    }

    @Test
    void whatIsNoRowIsRefusedAndItsNeighboursStored() {
        IngestResult in = ingest(Arrays.asList(
                new Object(),
                new Reading(NOW, "P-1", Double.NaN, null, Grade.FINE, Map.of()),
                null,
                "text",
                new Reading(NOW, "P-2", -1.0, null, Grade.FINE, Map.of()),
                new Reading(NOW, "P-3", 1.0, null, Grade.FINE, Map.of())));

        assertThat(in.accepted()).isEqualTo(1);
        assertThat(in.rejections()).extracting(RowRejection::line).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(in.rejections())
                .extracting(RowRejection::pointer)
                .containsExactly("/ts", "/pressure", "", "", "/pressure");
        assertThat(in.rejections().get(3).reason())
                .contains("java.lang.String", "a record or a public bean is expected");
        assertThat(in.rejections().get(1).reason()).contains("NaN");
    }
}
