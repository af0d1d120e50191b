package io.datalifecycle.dlt.storage.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompressionTest {

    private static final TimeTable TABLE = new TimeTable("main", "plant \"A\"", "raw_wid7", "it's", Duration.ofDays(7));

    @Test
    void segmentsAreTheKeyWithoutTheTimeAndRowsInThemNewestFirst() {
        assertThat(Compression.enable(TABLE, List.of("asset \"id\"", "o'line")))
                .isEqualTo("ALTER TABLE \"plant \"\"A\"\"\".\"raw_wid7\" SET (timescaledb.compress, "
                        + "timescaledb.compress_orderby = '\"it''s\" DESC', "
                        + "timescaledb.compress_segmentby = '\"asset \"\"id\"\"\", \"o''line\"')");
        assertThat(Compression.enable(TABLE, List.of())).doesNotContain("segmentby");
    }

    @Test
    void onlyTypesThatNameThingsMakeSegments() {
        Template template = Template.define(
                "t",
                "1.0.0",
                t -> t.datastore(
                        "raw",
                        d -> d.time("ts")
                                .naturalKey("asset", "ts", "value", "line", "at")
                                .field("ts", Field.timestamp().required())
                                .field("at", Field.timestamp().required())
                                .field("asset", Field.text().required())
                                .field("line", Field.integer().required())
                                .field("value", Field.number().required())));
        Datastore raw = template.datastores().get(0);

        assertThat(Compression.segmentBy(raw, StoreColumns.of(template, raw))).containsExactly("asset", "line");
    }

    @Test
    void onlyTimescalesOwnLicenseCompresses() {
        assertThat(new Capabilities(170_000, Optional.of("2.17.2"), "timescale").compression())
                .isTrue();
        assertThat(new Capabilities(170_000, Optional.of("2.17.2"), "apache").compression())
                .isFalse();
        assertThat(new Capabilities(170_000, Optional.empty(), "").compression())
                .isFalse();
    }

    @Test
    void capabilitiesReadAsASentence() {
        assertThat(new Capabilities(170_011, Optional.of("2.17.2"), "apache"))
                .hasToString("PostgreSQL 17 with TimescaleDB 2.17.2 (license apache)");
        assertThat(new Capabilities(150_001, Optional.empty(), "")).hasToString("PostgreSQL 15");
    }
}
