package io.datalifecycle.dlt.alert;

import static io.datalifecycle.dlt.spi.AlertState.ERROR;
import static io.datalifecycle.dlt.spi.AlertState.FIRING;
import static io.datalifecycle.dlt.spi.AlertState.NORMAL;
import static io.datalifecycle.dlt.spi.AlertState.NO_DATA;
import static io.datalifecycle.dlt.spi.AlertState.PENDING;
import static io.datalifecycle.dlt.spi.AlertState.RECOVERING;
import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.spi.AlertState;
import io.datalifecycle.dlt.spi.AlertStatus;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertMachineTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Map<String, String> PUMP = Map.of("asset_id", "P-101");

    private Instant now = START;
    private Optional<AlertStatus> status = Optional.empty();
    private final List<String> news = new ArrayList<>();

    @Test
    void withoutPendingTimeItFiresAtOnceAndClearsAtOnce() {
        Alert rule = rule(Duration.ZERO, Duration.ZERO, Optional.empty());
        assertThat(see(rule, high())).isEqualTo(FIRING);
        assertThat(see(rule, low())).isEqualTo(NORMAL);
        assertThat(news).containsExactly("NORMAL>FIRING", "FIRING>NORMAL");
    }

    @Test
    void raiseMustHoldForThePendingTimeWithoutABreak() {
        Alert rule = rule(Duration.ofMinutes(30), Duration.ZERO, Optional.empty());
        assertThat(see(rule, high())).isEqualTo(PENDING);
        after(Duration.ofMinutes(29));
        assertThat(see(rule, high())).isEqualTo(PENDING);
        assertThat(see(rule, low())).isEqualTo(NORMAL);
        assertThat(see(rule, high())).isEqualTo(PENDING);
        after(Duration.ofMinutes(30));
        assertThat(see(rule, high())).isEqualTo(FIRING);
        assertThat(news).containsExactly("PENDING>FIRING");
    }

    @Test
    void betweenRaiseAndClearItStaysFiring() {
        Alert rule = rule(Duration.ZERO, Duration.ZERO, Optional.empty());
        see(rule, high());
        assertThat(see(rule, between())).isEqualTo(FIRING);
        assertThat(see(rule, low())).isEqualTo(NORMAL);
        assertThat(see(rule, between())).isEqualTo(NORMAL);
    }

    @Test
    void keepFiringBridgesAShortDipWithoutASecondMessage() {
        Alert rule = rule(Duration.ZERO, Duration.ofMinutes(10), Optional.empty());
        see(rule, high());
        assertThat(see(rule, low())).isEqualTo(RECOVERING);
        after(Duration.ofMinutes(9));
        assertThat(see(rule, high())).isEqualTo(FIRING);
        assertThat(see(rule, low())).isEqualTo(RECOVERING);
        after(Duration.ofMinutes(10));
        assertThat(see(rule, low())).isEqualTo(NORMAL);
        assertThat(news).containsExactly("NORMAL>FIRING", "RECOVERING>NORMAL");
    }

    @Test
    void aMissingRowKeepsTheStateUntilNoDataIsDue() {
        Alert rule = rule(Duration.ZERO, Duration.ZERO, Optional.of(Duration.ofHours(1)));
        see(rule, high());
        after(Duration.ofMinutes(59));
        assertThat(see(rule, Evaluation.noRow())).isEqualTo(FIRING);
        after(Duration.ofMinutes(1));
        assertThat(see(rule, Evaluation.noRow())).isEqualTo(NO_DATA);
        assertThat(see(rule, low())).isEqualTo(NORMAL);
        assertThat(news).containsExactly("NORMAL>FIRING", "FIRING>NO_DATA", "NO_DATA>NORMAL");
    }

    @Test
    void anOldRowIsNoDataEvenThoughItIsStillTheLatest() {
        Alert rule = rule(Duration.ZERO, Duration.ZERO, Optional.of(Duration.ofHours(1)));
        Evaluation old = Evaluation.row(true, false, 0.9, START.minus(Duration.ofHours(2)));
        assertThat(see(rule, old)).isEqualTo(NO_DATA);
    }

    @Test
    void withoutANoDataRuleAMissingRowCountsAsCleared() {
        Alert rule = rule(Duration.ZERO, Duration.ZERO, Optional.empty());
        see(rule, high());
        assertThat(see(rule, Evaluation.noRow())).isEqualTo(NORMAL);
    }

    @Test
    void anActiveAlertSurvivesAFailedEvaluationAndSaysWhy() {
        Alert rule = rule(Duration.ZERO, Duration.ZERO, Optional.empty());
        see(rule, high());
        assertThat(see(rule, Evaluation.failed("metric broke"))).isEqualTo(FIRING);
        assertThat(status.orElseThrow().detail()).isEqualTo("metric broke");
        see(rule, low());
        assertThat(see(rule, Evaluation.failed("metric broke"))).isEqualTo(ERROR);
        assertThat(see(rule, low())).isEqualTo(NORMAL);
        assertThat(news).containsExactly("NORMAL>FIRING", "FIRING>NORMAL", "NORMAL>ERROR", "ERROR>NORMAL");
    }

    @Test
    void anEvaluationFromThePastChangesNothing() {
        Alert rule = rule(Duration.ZERO, Duration.ZERO, Optional.empty());
        see(rule, high());
        AlertStep step = AlertMachine.next(rule, PUMP, status, low(), START.minusSeconds(1));
        assertThat(step.status()).isEqualTo(status.orElseThrow());
        assertThat(step.transition()).isEmpty();
    }

    /** Whatever happens, people hear of firing once per time it is on, and of its end once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void firingIsToldOncePerTimeItIsOn(long seed) {
        Random random = new Random(seed);
        Alert rule = rule(
                Duration.ofMinutes(random.nextInt(4)),
                Duration.ofMinutes(random.nextInt(4)),
                random.nextBoolean() ? Optional.of(Duration.ofMinutes(5)) : Optional.empty());
        boolean on = false;
        for (int i = 0; i < 2_000; i++) {
            after(Duration.ofMinutes(1));
            news.clear();
            see(rule, random(random));
            boolean active = status.orElseThrow().state().isActive();
            boolean told = news.stream().anyMatch(n -> n.endsWith(">FIRING"));
            assertThat(told).as("step %d of seed %d", i, seed).isEqualTo(active && !on);
            if (on && !active) {
                assertThat(news).as("end told at step %d of seed %d", i, seed).hasSize(1);
            }
            on = active;
        }
    }

    private Evaluation random(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> high();
            case 3, 4 -> low();
            case 5 -> between();
            case 6 -> Evaluation.noRow();
            default -> Evaluation.failed("broke");
        };
    }

    private AlertState see(Alert rule, Evaluation evaluation) {
        AlertStep step = AlertMachine.next(rule, PUMP, status, evaluation, now);
        status = Optional.of(step.status());
        if (step.isNews()) {
            step.transition().ifPresent(t -> news.add(t.from() + ">" + t.to()));
        }
        return step.status().state();
    }

    private void after(Duration duration) {
        now = now.plus(duration);
    }

    private Evaluation high() {
        return Evaluation.row(true, false, 0.9, now);
    }

    private Evaluation between() {
        return Evaluation.row(false, false, 0.33, now);
    }

    private Evaluation low() {
        return Evaluation.row(false, true, 0.1, now);
    }

    private static Alert rule(Duration pendingFor, Duration keepFiring, Optional<Duration> noDataAfter) {
        return new Alert(
                "high_vibration",
                Optional.empty(),
                Ref.metric("vibration_now"),
                Map.of(),
                List.of("asset_id"),
                "value > 0.35",
                Optional.of("value < 0.3"),
                pendingFor,
                keepFiring,
                noDataAfter,
                Severity.CRITICAL,
                Alert.DEFAULT_EVERY,
                List.of("ops"));
    }
}
