package io.datalifecycle.dlt.alert;

import io.datalifecycle.dlt.spi.AlertState;
import io.datalifecycle.dlt.spi.AlertStatus;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.template.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The states of an alert, as a pure function of (state, evaluation, instant): the same three give the same answer, so a rule can be
 * tried on past data.
 *
 * <ul>
 *   <li>raise holds: normal → pending → (after {@code for}) firing; without {@code for} straight to firing;
 *   <li>raise ends before that: pending → normal, nobody is told;
 *   <li>clear holds: firing → recovering → (after {@code keep_firing}) normal; raise again in between goes back to firing without
 *       telling anybody; between raise and clear it stays firing;
 *   <li>no row: after {@code no_data.after} → no-data, until then the state stays; without {@code no_data} a missing row counts as
 *       cleared;
 *   <li>no answer: an active alert stays as it is and says why, any other goes to error.
 * </ul>
 */
public final class AlertMachine {

    private AlertMachine() {}

    /**
     * One step.
     *
     * @param rule the alert
     * @param labels the label set
     * @param before where it stands; empty when it was never seen
     * @param seen what this evaluation saw
     * @param at when; an instant before the last evaluation changes nothing
     */
    public static AlertStep next(
            Alert rule, Map<String, String> labels, Optional<AlertStatus> before, Evaluation seen, Instant at) {
        AlertStatus old = before.orElseGet(() -> unseen(rule, labels, at));
        if (before.isPresent() && at.isBefore(old.evaluatedAt())) {
            return new AlertStep(old, Optional.empty());
        }
        return switch (seen.kind()) {
            case FAILED -> failed(old, seen, at);
            case NO_ROW -> noRow(rule, old, at);
            case ROW ->
                isStale(rule, seen, at) ? noRow(rule, withRow(old, seen), at) : row(rule, withRow(old, seen), seen, at);
        };
    }

    private static AlertStatus unseen(Alert rule, Map<String, String> labels, Instant at) {
        return new AlertStatus(
                rule.key(), labels, AlertState.NORMAL, at, Optional.empty(), Double.NaN, Optional.of(at), at, "");
    }

    private static boolean isStale(Alert rule, Evaluation seen, Instant at) {
        return rule.noDataAfter().isPresent()
                && !at.isBefore(seen.rowAt().plus(rule.noDataAfter().get()));
    }

    /** Remembers the row's time even when it is too old to be judged, so that no-data counts from there. */
    private static AlertStatus withRow(AlertStatus old, Evaluation seen) {
        return new AlertStatus(
                old.alert(),
                old.labels(),
                old.state(),
                old.since(),
                old.conditionSince(),
                seen.value(),
                Optional.of(seen.rowAt()),
                old.evaluatedAt(),
                old.detail());
    }

    private static AlertStep failed(AlertStatus old, Evaluation seen, Instant at) {
        AlertState next = old.state().isActive() ? old.state() : AlertState.ERROR;
        return step(old, next, old.state().isActive() ? old.conditionSince() : Optional.empty(), at, seen.detail());
    }

    private static AlertStep noRow(Alert rule, AlertStatus old, Instant at) {
        if (rule.noDataAfter().isEmpty()) {
            return cleared(rule, old, at);
        }
        Instant last = old.lastRowAt().orElse(old.since());
        boolean expired = !at.isBefore(last.plus(rule.noDataAfter().get()));
        return expired
                ? step(old, AlertState.NO_DATA, Optional.empty(), at, "")
                : step(old, old.state(), old.conditionSince(), at, "");
    }

    private static AlertStep row(Alert rule, AlertStatus old, Evaluation seen, Instant at) {
        if (seen.raise()) {
            return raised(rule, old, at);
        }
        if (old.state().isActive() && !seen.clear()) {
            return step(old, AlertState.FIRING, Optional.empty(), at, "");
        }
        return cleared(rule, old, at);
    }

    private static AlertStep raised(Alert rule, AlertStatus old, Instant at) {
        if (old.state().isActive()) {
            return step(old, AlertState.FIRING, Optional.empty(), at, "");
        }
        Instant since = old.state() == AlertState.PENDING ? old.conditionSince().orElse(at) : at;
        boolean longEnough = !at.isBefore(since.plus(rule.pendingFor()));
        return step(old, longEnough ? AlertState.FIRING : AlertState.PENDING, Optional.of(since), at, "");
    }

    private static AlertStep cleared(Alert rule, AlertStatus old, Instant at) {
        if (!old.state().isActive() || rule.keepFiring().equals(Duration.ZERO)) {
            return step(old, AlertState.NORMAL, Optional.empty(), at, "");
        }
        Instant since =
                old.state() == AlertState.RECOVERING ? old.conditionSince().orElse(at) : at;
        boolean longEnough = !at.isBefore(since.plus(rule.keepFiring()));
        return step(old, longEnough ? AlertState.NORMAL : AlertState.RECOVERING, Optional.of(since), at, "");
    }

    private static AlertStep step(
            AlertStatus old, AlertState next, Optional<Instant> conditionSince, Instant at, String detail) {
        boolean changed = next != old.state();
        AlertStatus status = new AlertStatus(
                old.alert(),
                old.labels(),
                next,
                changed ? at : old.since(),
                conditionSince,
                old.value(),
                old.lastRowAt(),
                at,
                detail);
        return new AlertStep(
                status,
                changed
                        ? Optional.of(
                                new AlertTransition(old.alert(), old.labels(), old.state(), next, at, old.value()))
                        : Optional.empty());
    }
}
