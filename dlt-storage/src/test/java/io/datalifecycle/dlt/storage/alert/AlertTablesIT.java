package io.datalifecycle.dlt.storage.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.spi.AlertState;
import io.datalifecycle.dlt.spi.AlertStatus;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.storage.AppGrounds;
import io.datalifecycle.dlt.storage.delivery.OutboxTable;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertTablesIT {

    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final WorkspaceContext ONE = AppGrounds.workspace(1);
    private static final WorkspaceContext TWO = AppGrounds.workspace(2);

    private AppGrounds grounds;
    private AlertTables alerts;
    private OutboxTable outbox;

    @BeforeEach
    void open() {
        grounds = new AppGrounds(() -> T0);
        alerts = new AlertTables(grounds.app);
        outbox = new OutboxTable(grounds.app);
    }

    @AfterEach
    void close() {
        grounds.close();
    }

    private static AlertStatus status(String asset, AlertState state, Instant at) {
        return new AlertStatus(
                "hot",
                Map.of("asset", asset, "Ort \"x\"", "ä"),
                state,
                T0,
                Optional.of(T0.minusSeconds(5)),
                0.5,
                Optional.of(at),
                at,
                "");
    }

    private static AlertTransition transition(Instant at) {
        return new AlertTransition("hot", Map.of("asset", "a"), AlertState.NORMAL, AlertState.FIRING, at, 0.5);
    }

    private static Outbox.Draft message(String once) {
        return new Outbox.Draft(ONE.id(), "alert", "hot", "ops", "a@b.example", once, "{}", List.of(), T0);
    }

    private boolean save(Instant at, String... assets) {
        List<AlertStatus> states = java.util.stream.Stream.of(assets)
                .map(asset -> status(asset, AlertState.FIRING, at))
                .toList();
        return alerts.save(ONE, "hot", states, List.of(transition(at)), List.of(message("hot " + at)));
    }

    @Test
    void statesTransitionsAndMessagesAreKeptTogether() {
        assertThat(save(T0, "a", "b")).isTrue();

        assertThat(alerts.load(ONE, Optional.of("hot")))
                .containsExactly(status("a", AlertState.FIRING, T0), status("b", AlertState.FIRING, T0));
        assertThat(alerts.load(ONE, Optional.empty())).hasSize(2);
        assertThat(alerts.load(ONE, Optional.of("cold"))).isEmpty();
        assertThat(alerts.load(TWO, Optional.empty())).isEmpty();
        assertThat(alerts.history(ONE, Optional.empty(), TimeRange.of(T0, T0.plusSeconds(1)), 10))
                .containsExactly(transition(T0));
        assertThat(outbox.list(ONE.id(), 10)).hasSize(1);
    }

    @Test
    void aStatusWithoutValueConditionOrRowComesBackSo() {
        AlertStatus silent = new AlertStatus(
                "hot", Map.of(), AlertState.NO_DATA, T0, Optional.empty(), Double.NaN, Optional.empty(), T0, "none");
        assertThat(alerts.save(ONE, "hot", List.of(silent), List.of(), List.of()))
                .isTrue();

        assertThat(alerts.load(ONE, Optional.empty())).containsExactly(silent);
    }

    @Test
    void evaluationsOfOneNodeAtGrowingInstantsAreAllKept() {
        assertThat(save(T0, "a")).isTrue();
        assertThat(save(T0.plusMillis(1), "a")).isTrue();
        assertThat(save(T0.plusMillis(2), "b")).isTrue();

        assertThat(alerts.load(ONE, Optional.empty()))
                .containsExactly(
                        status("a", AlertState.FIRING, T0.plusMillis(1)),
                        status("b", AlertState.FIRING, T0.plusMillis(2)));
        assertThat(alerts.history(ONE, Optional.of("hot"), TimeRange.of(T0, T0.plusSeconds(1)), 2))
                .extracting(AlertTransition::at)
                .containsExactly(T0.plusMillis(2), T0.plusMillis(1));
    }

    @Test
    void anEvaluationThatWasOvertakenLeavesNothing() {
        assertThat(save(T0.plusSeconds(60), "a")).isTrue();

        assertThat(save(T0.plusSeconds(60), "a")).as("the same instant").isFalse();
        assertThat(save(T0, "a", "new"))
                .as("an earlier one, also of a new label set")
                .isFalse();

        assertThat(alerts.load(ONE, Optional.empty())).hasSize(1);
        assertThat(alerts.history(ONE, Optional.empty(), TimeRange.of(T0, T0.plusSeconds(100)), 10))
                .hasSize(1);
        assertThat(outbox.list(ONE.id(), 10)).hasSize(1);
    }

    @Test
    void alertsDoNotOvertakeEachOther() {
        assertThat(save(T0.plusSeconds(60), "a")).isTrue();
        AlertStatus cold =
                new AlertStatus("cold", Map.of(), AlertState.NORMAL, T0, Optional.empty(), 1, Optional.empty(), T0, "");

        assertThat(alerts.save(ONE, "cold", List.of(cold), List.of(), List.of()))
                .isTrue();
        assertThat(alerts.save(TWO, "hot", List.of(status("a", AlertState.NORMAL, T0)), List.of(), List.of()))
                .isTrue();
    }

    @Test
    void ofTwoNodesThatEvaluateTheSameInstantOneWins() throws ExecutionException, InterruptedException {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> saved = IntStream.range(0, 4)
                    .mapToObj(i -> nodes.submit(() -> save(T0, "a")))
                    .toList();
            int won = 0;
            for (Future<Boolean> one : saved) {
                won += one.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
            assertThat(alerts.history(ONE, Optional.empty(), TimeRange.of(T0, T0.plusSeconds(1)), 10))
                    .hasSize(1);
        } finally {
            nodes.shutdownNow();
        }
    }
}
