package io.datalifecycle.dlt;

import io.datalifecycle.dlt.fleet.internal.Terms.Canary;
import io.datalifecycle.dlt.fleet.internal.Terms.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is tried before the first wave: copies of some workspaces are upgraded, and what the chosen metrics and alerts say before and after is
 * compared. Mutable, not thread-safe; given to the lambda of {@code canary}.
 */
public final class CanaryDraft {

    /** Sums in another order differ by less. */
    private static final double ROUNDING = 1e-9;

    private final List<String> workspaces = new ArrayList<>();
    private final List<Question> metrics = new ArrayList<>();
    private final List<String> alerts = new ArrayList<>();
    private double tolerance = ROUNDING;
    private boolean informOnly;

    CanaryDraft() {}

    /** Keys of the workspaces that are copied; at least one. */
    public CanaryDraft workspaces(String... keys) {
        workspaces.addAll(List.of(keys));
        return this;
    }

    /** A metric that must say the same; by its name in the present version. */
    public CanaryDraft metric(String key) {
        return metric(key, Map.of());
    }

    /** A metric that must say the same for these inputs. */
    public CanaryDraft metric(String key, Map<String, Object> inputs) {
        metrics.add(new Question(key, Lifecycle.plain(inputs)));
        return this;
    }

    /** All alerts must be raised for the same labels, and new ones for none. */
    public CanaryDraft alerts() {
        return alerts(Canary.ALL);
    }

    /** Alerts that must be raised for the same labels; by their names in the present version. */
    public CanaryDraft alerts(String... keys) {
        alerts.addAll(List.of(keys));
        return this;
    }

    /** By how much numbers may differ, as a share of the larger one: 0.001 is one in a thousand. One in a billion when not given. */
    public CanaryDraft tolerate(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("tolerate: " + share + " is not between 0 and 1");
        }
        tolerance = share;
        return this;
    }

    /** Goes on whatever is found; findings are kept in the status. */
    public CanaryDraft informOnly() {
        informOnly = true;
        return this;
    }

    Canary canary() {
        if (workspaces.isEmpty()) {
            throw new IllegalArgumentException("canary: names no workspaces");
        }
        if (metrics.isEmpty() && alerts.isEmpty()) {
            throw new IllegalArgumentException("canary: names neither metrics nor alerts to compare");
        }
        return new Canary(workspaces, metrics, alerts, tolerance, informOnly);
    }
}
