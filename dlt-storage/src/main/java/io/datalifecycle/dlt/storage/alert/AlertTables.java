package io.datalifecycle.dlt.storage.alert;

import io.datalifecycle.dlt.spi.AlertState;
import io.datalifecycle.dlt.spi.AlertStatus;
import io.datalifecycle.dlt.spi.AlertStore;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.storage.delivery.OutboxTable;
import io.datalifecycle.dlt.storage.sql.Database;
import io.datalifecycle.dlt.storage.sql.PlainJson;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@code dlt.alert_status} and {@code dlt.alert_history}; messages go into the outbox in the same transaction. */
public final class AlertTables implements AlertStore {

    private final Database app;

    public AlertTables(Database app) {
        this.app = app;
    }

    @Override
    public List<AlertStatus> load(WorkspaceContext workspace, Optional<String> alert) {
        return app.inTransaction(
                "alerts of workspace " + workspace.key(),
                handle -> handle.createQuery("""
                        SELECT alert, labels::text AS labels, state, since, condition_since, value, last_row_at, evaluated_at, detail
                        FROM dlt.alert_status WHERE workspace = :workspace AND (CAST(:alert AS text) IS NULL OR alert = :alert)
                        ORDER BY alert, labels
                        """)
                        .bind("workspace", workspace.id().value())
                        .bind("alert", alert.orElse(null))
                        .map((row, context) -> status(row))
                        .list());
    }

    @Override
    public boolean save(
            WorkspaceContext workspace,
            String alert,
            List<AlertStatus> states,
            List<AlertTransition> transitions,
            List<Outbox.Draft> messages) {
        return app.inTransaction("alert " + alert + " of workspace " + workspace.key(), handle -> {
            handle.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                    "dlt alert " + workspace.id() + " " + alert);
            if (isOvertaken(handle, workspace, alert, states)) {
                return false;
            }
            saveStates(handle, workspace, states);
            saveHistory(handle, workspace, transitions);
            OutboxTable.add(handle, messages);
            return true;
        });
    }

    private static boolean isOvertaken(
            Handle handle, WorkspaceContext workspace, String alert, List<AlertStatus> states) {
        Optional<OffsetDateTime> newest = handle.createQuery(
                        "SELECT max(evaluated_at) FROM dlt.alert_status WHERE workspace = :workspace AND alert = :alert")
                .bind("workspace", workspace.id().value())
                .bind("alert", alert)
                .mapTo(OffsetDateTime.class)
                .findOne();
        return newest.isPresent()
                && states.stream()
                        .anyMatch(s -> !s.evaluatedAt().isAfter(newest.get().toInstant()));
    }

    private static void saveStates(Handle handle, WorkspaceContext workspace, List<AlertStatus> states) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO dlt.alert_status
                  (workspace, alert, labels, state, since, condition_since, value, last_row_at, evaluated_at, detail)
                VALUES (:workspace, :alert, CAST(:labels AS jsonb), :state, :since, :condition, :value, :row, :evaluated, :detail)
                ON CONFLICT (workspace, alert, labels) DO UPDATE SET state = excluded.state, since = excluded.since,
                  condition_since = excluded.condition_since, value = excluded.value, last_row_at = excluded.last_row_at,
                  evaluated_at = excluded.evaluated_at, detail = excluded.detail
                """);
        for (AlertStatus status : states) {
            batch.bind("workspace", workspace.id().value())
                    .bind("alert", status.alert())
                    .bind("labels", PlainJson.write(status.labels()))
                    .bind("state", status.state().name())
                    .bind("since", status.since().atOffset(ZoneOffset.UTC))
                    .bind(
                            "condition",
                            status.conditionSince()
                                    .map(i -> i.atOffset(ZoneOffset.UTC))
                                    .orElse(null))
                    .bind("value", status.value())
                    .bind(
                            "row",
                            status.lastRowAt()
                                    .map(i -> i.atOffset(ZoneOffset.UTC))
                                    .orElse(null))
                    .bind("evaluated", status.evaluatedAt().atOffset(ZoneOffset.UTC))
                    .bind("detail", status.detail())
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void saveHistory(Handle handle, WorkspaceContext workspace, List<AlertTransition> transitions) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO dlt.alert_history (workspace, alert, labels, from_state, to_state, at, value) "
                        + "VALUES (:workspace, :alert, CAST(:labels AS jsonb), :from, :to, :at, :value)");
        for (AlertTransition transition : transitions) {
            batch.bind("workspace", workspace.id().value())
                    .bind("alert", transition.alert())
                    .bind("labels", PlainJson.write(transition.labels()))
                    .bind("from", transition.from().name())
                    .bind("to", transition.to().name())
                    .bind("at", transition.at().atOffset(ZoneOffset.UTC))
                    .bind("value", transition.value())
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    @Override
    public List<AlertTransition> history(
            WorkspaceContext workspace, Optional<String> alert, TimeRange range, int limit) {
        return app.inTransaction(
                "alert history of workspace " + workspace.key(),
                handle -> handle.createQuery("""
                        SELECT alert, labels::text AS labels, from_state, to_state, at, value FROM dlt.alert_history
                        WHERE workspace = :workspace AND at >= :from AND at < :to AND (CAST(:alert AS text) IS NULL OR alert = :alert)
                        ORDER BY at DESC, id DESC LIMIT :limit
                        """)
                        .bind("workspace", workspace.id().value())
                        .bind("from", range.from().atOffset(ZoneOffset.UTC))
                        .bind("to", range.to().atOffset(ZoneOffset.UTC))
                        .bind("alert", alert.orElse(null))
                        .bind("limit", limit)
                        .map((row, context) -> new AlertTransition(
                                row.getString("alert"),
                                PlainJson.texts(row.getString("labels")),
                                AlertState.valueOf(row.getString("from_state")),
                                AlertState.valueOf(row.getString("to_state")),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                row.getDouble("value")))
                        .list());
    }

    private static AlertStatus status(ResultSet row) throws SQLException {
        return new AlertStatus(
                row.getString("alert"),
                PlainJson.texts(row.getString("labels")),
                AlertState.valueOf(row.getString("state")),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("condition_since", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getDouble("value"),
                Optional.ofNullable(row.getObject("last_row_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getObject("evaluated_at", OffsetDateTime.class).toInstant(),
                row.getString("detail"));
    }
}
