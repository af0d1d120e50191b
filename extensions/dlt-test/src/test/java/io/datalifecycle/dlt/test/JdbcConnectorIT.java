package io.datalifecycle.dlt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.ConnectorHandle;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.storage.connector.JdbcConnector;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** New rows of another database come in once, in the order of a cursor, and late ones are waited for. */
final class JdbcConnectorIT {

    private static TestDatabase erp;

    @RegisterExtension
    final DltExtension dlt = DltExtension.withTemplate(
                    TemplateReader.read(TEMPLATE).template())
            .with(builder -> builder.connector(JdbcConnector.database("erp", erp.dataSource())))
            .workspace("north", w -> w.param("plant", "N"));

    private static final String TEMPLATE = """
            dlt: 1
            key: plant
            version: 1.0.0
            timezone: Europe/Berlin
            parameters:
              plant: { type: string, required: true }
            datastores:
              orders:
                time: changed
                schema:
                  type: object
                  required: [changed, id]
                  additionalProperties: false
                  properties:
                    changed: { type: string, format: date-time }
                    id: { type: integer }
                    total: { type: [number, "null"] }
                    due: { type: [string, "null"] }
                    who: { type: [string, "null"] }
                    paid: { type: [boolean, "null"] }
              kept:
                time: changed
                natural_key: [id, changed]
                schema:
                  type: object
                  required: [changed, id]
                  additionalProperties: false
                  properties: { changed: { type: string, format: date-time }, id: { type: integer } }
            connectors:
              by_time: { type: jdbc, into: datastore:orders, database: erp, query: "SELECT * FROM orders", cursor: changed, lag: PT1M, rows: 3 }
              by_id:
                type: jdbc
                into: datastore:orders
                database: erp
                query: "SELECT id, changed, total FROM orders WHERE who = '${param.plant}' -- ours"
                cursor: id
                start: "10"
              by_local: { type: jdbc, into: datastore:kept, database: erp, query: "SELECT id, l AS changed FROM local", cursor: changed }
              writes: { type: jdbc, into: datastore:orders, database: erp, query: "SELECT taken() AS id, now() AS changed", cursor: changed }
              nothing: { type: jdbc, into: datastore:orders, database: erp, query: "SELECT * FROM missing", cursor: changed }
              text: { type: jdbc, into: datastore:orders, database: erp, query: "SELECT * FROM orders", cursor: who }
            """;

    @BeforeAll
    static void create() throws SQLException {
        erp = TestDatabase.create();
        run("""
                CREATE TABLE orders (id bigint, changed timestamptz, total numeric(20,4), due date, who text, paid boolean);
                CREATE TABLE local (id int, l timestamp);
                CREATE FUNCTION taken() RETURNS bigint LANGUAGE plpgsql VOLATILE AS
                  'BEGIN DELETE FROM orders; RETURN 1; END'
                """);
    }

    @AfterAll
    static void drop() {
        erp.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        run("TRUNCATE orders, local");
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = erp.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** An order as old as that. */
    private void order(int id, Duration age) throws SQLException {
        run("INSERT INTO orders VALUES (" + id + ", '" + dlt.now().minus(age) + "', " + id
                + ".25, '2026-01-02', 'N', true)");
    }

    private static List<Map<String, Object>> rows(Workspace workspace, String store) {
        List<Map<String, Object>> rows = new ArrayList<>();
        workspace
                .datastore(store)
                .extent()
                .ifPresent(range -> workspace.datastore(store).rows(range, batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        rows.add(new TreeMap<>(batch.row(i)));
                    }
                }));
        return rows;
    }

    @Test
    void rowsComeOnceWithTheirTypes(Workspace north) throws SQLException {
        for (int i = 0; i < 8; i++) {
            order(i, Duration.ofHours(10 - i));
        }
        ConnectorHandle orders = north.connector("by_time");
        assertThat(orders.lag())
                .get()
                .satisfies(lag -> assertThat(lag.waiting()).isEqualTo(8));
        assertThat(orders.run().accepted()).isEqualTo(8);
        assertThat(orders.run().offered()).isZero();
        assertThat(rows(north, "orders").get(7))
                .containsEntry("total", 7.25)
                .containsEntry("due", "2026-01-02")
                .containsEntry("who", "N")
                .containsEntry("paid", true);
        order(8, Duration.ofMinutes(30));
        assertThat(orders.run().accepted()).isEqualTo(1);
        assertThat(orders.lag())
                .get()
                .satisfies(lag -> assertThat(lag.waiting()).isZero());
    }

    @Test
    void rowsYoungerThanTheLagWait(Workspace north) throws SQLException {
        ConnectorHandle orders = north.connector("by_time");
        order(1, Duration.ofSeconds(70));
        order(2, Duration.ofSeconds(30));
        assertThat(orders.run().accepted()).isEqualTo(1);
        order(3, Duration.ofSeconds(50)); // a transaction that began before and ends late
        dlt.advance(Duration.ofMinutes(2)); // the job fetches by itself
        assertThat(rows(north, "orders")).extracting(row -> row.get("id")).containsExactly(1L, 3L, 2L);
    }

    @Test
    void rowsWithOneValueOfTheCursorStayTogether(Workspace north) throws SQLException {
        order(0, Duration.ofHours(3));
        run("INSERT INTO orders SELECT g, '" + dlt.now().minus(Duration.ofHours(2))
                + "', 1 FROM generate_series(1, 50) g");
        order(51, Duration.ofHours(1));
        assertThat(north.connector("by_time").run().accepted()).isEqualTo(52);
        assertThat(north.connector("by_time").run().offered()).isZero();
    }

    @Test
    void aNumberCountsFromItsStartAndParametersAreFilledIn(Workspace north) throws SQLException {
        for (int i = 8; i < 14; i++) {
            order(i, Duration.ofHours(1));
        }
        run("UPDATE orders SET who = 'S' WHERE id = 12");
        assertThat(north.connector("by_id").run().accepted()).isEqualTo(2);
        assertThat(north.connector("by_id").status().positions()).containsEntry("", "13");
        assertThat(rows(north, "orders")).extracting(row -> row.get("id")).containsExactlyInAnyOrder(11L, 13L);
        north.connector("by_id").reset();
        assertThat(north.connector("by_id").run().accepted()).isEqualTo(2);
    }

    @Test
    void timesWithoutAZoneAreTheWorkspacesLocalTime(Workspace north) throws SQLException {
        run("INSERT INTO local VALUES (1, '2026-01-05 12:00:00'), (2, '2026-07-05 12:00:00.000001')");
        IngestResult in = north.connector("by_local").run();
        assertThat(in.accepted()).as("%s", in.rejections()).isEqualTo(2);
        assertThat(rows(north, "kept"))
                .extracting(row -> row.get("changed"))
                .containsExactly(Instant.parse("2026-01-05T11:00:00Z"), Instant.parse("2026-07-05T10:00:00.000001Z"));
        assertThat(north.connector("by_local").run().offered()).isZero();
    }

    @Test
    void aQueryThatWritesIsRefusedByTheDatabase(Workspace north) throws SQLException {
        order(1, Duration.ofHours(1));
        assertThatThrownBy(() -> north.connector("writes").run()).hasMessageContaining("refuses the query (25006)");
        assertThat(north.connector("by_time").run().accepted()).isEqualTo(1);
    }

    @Test
    void whatCannotBeAskedSaysWhy(Workspace north) {
        assertThatThrownBy(() -> north.connector("nothing").run()).hasMessageContaining("refuses the query (42P01)");
        assertThatThrownBy(() -> north.connector("text").run())
                .hasMessageContaining("the cursor who is neither a time nor a number");
        assertThat(north.connector("nothing").status().lastError())
                .get()
                .asString()
                .contains("check query and rights");
    }

    @Test
    void aTemplateMayNotNameOtherDatabasesOrStackStatements() {
        String wrong = TEMPLATE.replace("version: 1.0.0", "version: 1.0.1")
                .replace(
                        "database: erp, query: \"SELECT * FROM missing\"",
                        "database: epr, query: \"SELECT 1; DROP TABLE x\"");
        assertThatThrownBy(() ->
                        dlt.dlt().templates().publish(TemplateReader.read(wrong).template()))
                .isInstanceOfSatisfying(
                        TemplateInvalidException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.pointer())
                                .contains("/connectors/nothing/database", "/connectors/nothing/query"));
    }
}
