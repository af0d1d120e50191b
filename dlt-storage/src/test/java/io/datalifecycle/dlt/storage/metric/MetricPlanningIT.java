package io.datalifecycle.dlt.storage.metric;

import static io.datalifecycle.dlt.template.Field.text;
import static io.datalifecycle.dlt.template.Field.timestamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.spi.TransformEngine.Limits;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a metric costs where a store has many partitions or chunks. */
final class MetricPlanningIT {

    private static final String PARTS_LOCKED =
            "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_inherits i ON i.inhrelid = c.oid"
                    + " WHERE l.pid = pg_backend_pid() AND c.relkind = 'r'";

    private static final Template TEMPLATE = Template.define("parts", "1.0.0", t -> {
        t.datastore(
                "readings",
                d -> d.time("ts")
                        .chunk(Duration.ofDays(1))
                        .field("ts", timestamp().required())
                        .field("label", text().required()));
        t.metric(
                "span",
                m -> m.sql("SELECT label FROM datastore:readings WHERE ts >= :from AND ts < :to AND label <> :not")
                        .input("not", text())
                        .input("from", timestamp().required())
                        .input("to", timestamp().required())
                        .table());
    });

    @ParameterizedTest
    @MethodSource("io.datalifecycle.dlt.testdb.TestDatabase#backends")
    void onlyThePartsThatTheInstantsLeaveArePlannedFor(Backend backend) throws SQLException {
        try (Grounds grounds = new Grounds(backend)) {
            grounds.dlt.templates().publish(TEMPLATE);
            Workspace one = grounds.dlt.workspaces().provision("one", TEMPLATE);
            for (int day = 1; day <= 9; day++) {
                one.datastore("readings")
                        .ingest(Rows.of(Map.of("ts", "2026-03-0" + day + "T12:00:00Z", "label", "day " + day)));
            }
            WorkspaceContext workspace = grounds.context(one);
            Metric span = TEMPLATE.metrics().get(0);
            Instant from = Instant.parse("2026-03-04T00:00:00Z");
            Instant to = Instant.parse("2026-03-05T00:00:00Z");
            assertThat(grounds.runner
                            .evaluate(
                                    workspace,
                                    span,
                                    Map.of("not", "x", "from", from, "to", to),
                                    new Limits(10, Duration.ofSeconds(5)))
                            .rows())
                    .isEqualTo(List.of(List.of("day 4")));

            CagedQueryRunner.Prepared prepared = grounds.runner.prepare(workspace, grounds.data, span);
            try (Connection connection = grounds.logins.runner(grounds.data).getConnection();
                    PreparedStatement call = connection.prepareStatement(prepared.call(workspace.id()))) {
                call.setString(1, prepared.text());
                call.setArray(2, connection.createArrayOf("text", new String[] {"x"}));
                call.setArray(
                        3, connection.createArrayOf("timestamptz", new String[] {from.toString(), to.toString()}));
                call.execute();
                // whatever is planned for stays locked until the transaction ends
                assertThat(Grounds.rows(connection, PARTS_LOCKED)).containsExactly("1");
                connection.rollback();
            }
        }
    }
}
