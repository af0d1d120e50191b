package io.datalifecycle.dlt.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.ConnectorHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.spi.Quarantine;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Odd and hostile texts, as values, names, keys, titles, parameters and sources: kept as they are or refused with a reason. */
final class NaughtyTextIT {

    private static final String BACKENDS = "io.datalifecycle.dlt.testdb.TestDatabase#backends";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant T0 = Instant.parse(Ground.AT);

    /** A table that many of the texts would drop. */
    private static void canary(Ground ground) throws SQLException {
        try (Connection connection = ground.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE canary (v int); INSERT INTO canary VALUES (42)");
        }
    }

    private static void alive(Ground ground) throws SQLException {
        assertThat(ground.text("SELECT count(*) || ' ' || sum(v) FROM canary")).isEqualTo("1 42");
        assertThat(ground.text("SELECT count(*) FROM pg_class WHERE relname IN ('owned')"))
                .isEqualTo("0");
    }

    private static String line(int n, Map<String, ?> members) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ts", T0.plusMillis(n).toString());
        row.put("n", n);
        row.putAll(members);
        return JSON.writeValueAsString(row) + "\n";
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void valuesComeBackAsTheyWentIn(Backend backend) throws SQLException {
        List<String> texts = Naughty.all();
        try (Ground ground = new Ground(backend)) {
            canary(ground);
            StringBuilder lines = new StringBuilder();
            List<Map<String, ?>> maps = new ArrayList<>();
            StringBuilder csv = new StringBuilder("ts,n,s\n");
            for (int i = 0; i < texts.size(); i++) {
                lines.append(line(i, Map.of("s", texts.get(i), "x", texts.get(i))));
                maps.add(Map.of("ts", T0.plusMillis(i), "n", i, "s", texts.get(i), "x", texts.get(i)));
                csv.append(T0.plusMillis(i))
                        .append(',')
                        .append(i)
                        .append(",\"")
                        .append(texts.get(i).replace("\"", "\"\""))
                        .append("\"\n");
            }
            assertThat(ground.ndjson(Ground.utf8(lines.toString())).accepted()).isEqualTo(texts.size());
            assertThat(ground.workspace.datastore("rows").ingest(Rows.of(maps)).accepted())
                    .isEqualTo(texts.size());
            assertThat(ground.workspace
                            .datastore("rows")
                            .ingest(Rows.csv(new ByteArrayInputStream(Ground.utf8(csv.toString()))))
                            .accepted())
                    .isEqualTo(texts.size());
            for (Map<String, Object> row : ground.rows()) {
                String text = texts.get(((Long) row.get("n")).intValue());
                assertThat(row.get("s")).isEqualTo(text);
                if (row.get("_extra") != null) {
                    assertThat(JSON.readTree((String) row.get("_extra"))
                                    .get("x")
                                    .stringValue())
                            .isEqualTo(text);
                }
            }
            alive(ground);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void namesOfPropertiesComeBackAsTheyWentIn(Backend backend) throws SQLException {
        List<String> names = Naughty.all().stream()
                .filter(name -> name.length() <= 1_000 && !List.of("ts", "n").contains(name))
                .toList();
        try (Ground ground = new Ground(backend)) {
            canary(ground);
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < names.size(); i++) {
                lines.append(line(i, Map.of(names.get(i), "v" + i)));
            }
            IngestResult in = ground.ndjson(Ground.utf8(lines.toString()));
            assertThat(in.rejections()).isEmpty();
            for (Map<String, Object> row : ground.rows()) {
                int i = ((Long) row.get("n")).intValue();
                JsonNode extra = JSON.readTree((String) row.get("_extra"));
                assertThat(extra.get(names.get(i)).stringValue())
                        .as(names.get(i))
                        .isEqualTo("v" + i);
            }
            alive(ground);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void whatTheDatabaseCannotHoldIsRefusedAndItsNeighboursStored(Backend backend) {
        try (Ground ground = new Ground(backend)) {
            List<Map<String, ?>> rows = new ArrayList<>();
            for (String text : Naughty.UNSTORABLE) {
                rows.add(Map.of("ts", T0, "s", "good"));
                rows.add(Map.of("ts", T0, "s", text));
                rows.add(Map.of("ts", T0, "x", Map.of("deep", List.of(text))));
                rows.add(Map.of("ts", T0, text, 1));
            }
            IngestResult in = ground.workspace.datastore("rows").ingest(Rows.of(rows));
            assertThat(in.accepted()).isEqualTo(Naughty.UNSTORABLE.size());
            assertThat(in.rejections())
                    .hasSize(3 * Naughty.UNSTORABLE.size())
                    .allSatisfy(
                            bad -> assertThat(bad.reasons().get(0).keyword()).isEqualTo("storage"));
            assertThat(ground.workspace.datastore("rows").quarantine().list(100))
                    .hasSize(in.rejections().size());
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void columnsTitlesUnitsInputsAndSourcesAreNeverSql(Backend backend) throws SQLException {
        List<String> columns = Naughty.SQL.stream()
                .filter(name -> name.chars().noneMatch(Character::isISOControl) && name.length() < 60)
                .toList();
        Template template = Template.define("any", "1.0.0", t -> {
            t.title(Naughty.SQL.get(30));
            var rows = t.datastore("rows", d -> {
                d.time("ts")
                        .field("ts", Field.timestamp().required())
                        .field("n", Field.integer())
                        .onInvalid(OnInvalid.QUARANTINE);
                columns.forEach(name -> d.field(name, Field.text().unit(name).title(name)));
            });
            t.metric(
                    "echo",
                    m -> m.sql("SELECT n, CAST(:text AS text) AS text FROM " + rows.ref() + " WHERE n = :n")
                            .input("text", Field.text().required())
                            .input("n", Field.integer().required())
                            .table());
        });
        try (Ground ground = new Ground(backend, template)) {
            canary(ground);
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                lines.append(line(i, Map.of(columns.get(i), columns.get(i))));
            }
            lines.append("{\"n\":1}\n");
            for (String text : Naughty.SQL) {
                IngestOptions options =
                        IngestOptions.builder().source(text).batchId(text).build();
                ground.workspace
                        .datastore("rows")
                        .ingest(
                                Rows.ndjson(new ByteArrayInputStream(Ground.utf8(
                                        text.equals(Naughty.SQL.get(0)) ? lines.toString() : "{\"n\":1}\n"))),
                                options);
            }
            for (Map<String, Object> row : ground.rows()) {
                String column = columns.get(((Long) row.get("n")).intValue());
                assertThat(row).containsEntry(column, column);
            }
            assertThat(ground.rows()).hasSize(columns.size());
            assertThat(ground.workspace.datastore("rows").quarantine().list(1_000))
                    .extracting(Quarantine.Entry::source)
                    .containsExactlyElementsOf(Naughty.SQL);
            for (String text : Naughty.SQL) {
                MetricResult result = ground.workspace
                        .metric("echo")
                        .with("text", text)
                        .with("n", 1)
                        .evaluate();
                assertThat(result)
                        .isInstanceOfSatisfying(
                                MetricResult.Table.class,
                                table -> assertThat(table.rows().get(0).get(1)).isEqualTo(text));
            }
            alive(ground);
        }
    }

    @ParameterizedTest
    @MethodSource(BACKENDS)
    void keysOfWorkspacesReasonsAndMessagesAreNeverSql(Backend backend) throws SQLException {
        try (Ground ground = new Ground(backend)) {
            canary(ground);
            Connector gateway = Connector.define("gateway", c -> c.push().into("rows"));
            ConnectorHandle push = ground.workspace.connector(gateway);
            int refused = 0;
            for (String text : Naughty.SQL) {
                try {
                    Workspace made = ground.dlt.workspaces().provision(text, Ground.TEMPLATE);
                    ground.dlt.workspaces().delete(made.key());
                } catch (DltException | IllegalArgumentException e) {
                    refused++;
                    assertThat(e.getMessage()).isNotBlank();
                }
                assertThat(ground.dlt.workspaces().find(text)).isEmpty();
                push.push(text, Rows.of(Map.of("ts", T0)));
                push.push(text, Rows.of(Map.of("ts", T0)));
                assertThat(ground.workspace.datastore("rows").quarantine().purge(Quarantine.Filter.reason(text)))
                        .isZero();
            }
            assertThat(refused).isEqualTo(Naughty.SQL.size());
            assertThat(ground.workspace.datastore("rows").count()).isEqualTo(Naughty.SQL.size());
            alive(ground);
        }
    }
}
