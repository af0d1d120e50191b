package io.datalifecycle.dlt;

import io.datalifecycle.dlt.fleet.WorkspaceSummary;
import io.datalifecycle.dlt.fleet.internal.Terms;
import io.datalifecycle.dlt.fleet.internal.Terms.Canary;
import io.datalifecycle.dlt.fleet.internal.Waves;
import io.datalifecycle.dlt.plan.ApplyOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Which workspaces are upgraded, and how. Mutable, not thread-safe; given to the lambda of {@code upgradeTo}. */
public final class FleetDraft {

    private static final int MOST_PARALLEL = 64;

    private final Set<String> from = new LinkedHashSet<>();
    private final Set<String> only = new LinkedHashSet<>();
    private final Set<String> except = new LinkedHashSet<>();
    private Predicate<WorkspaceSummary> where = workspace -> true;
    private List<Integer> percents = List.of();
    private final List<List<String>> lists = new ArrayList<>();
    private boolean rest;
    private Duration pause = Duration.ZERO;
    private double stopAt;
    private int parallel = 1;
    private ApplyOptions options = ApplyOptions.STANDARD;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private Optional<Canary> canary = Optional.empty();

    FleetDraft() {}

    /** Those that are pinned to one of these versions. */
    public FleetDraft from(String... versions) {
        from.addAll(List.of(versions));
        return this;
    }

    /** These alone. */
    public FleetDraft only(String... keys) {
        only.addAll(List.of(keys));
        return this;
    }

    /** All but these. */
    public FleetDraft except(String... keys) {
        except.addAll(List.of(keys));
        return this;
    }

    /** Those for which it is true; asked once, when the run is started. Several must all be true. */
    public FleetDraft where(Predicate<WorkspaceSummary> condition) {
        where = where.and(condition);
        return this;
    }

    /**
     * The percent of the fleet up to which each wave goes, ascending, the last one 100; {@code 1, 10, 50, 100} when nothing is said. A wave has
     * one workspace at least; those made first go first.
     */
    public FleetDraft waves(int... upToPercent) {
        List<Integer> given = Arrays.stream(upToPercent).boxed().toList();
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i) <= (i == 0 ? 0 : given.get(i - 1))) {
                throw new IllegalArgumentException("waves: " + given + " do not ascend from above 0");
            }
        }
        if (given.isEmpty() || given.get(given.size() - 1) != 100) {
            throw new IllegalArgumentException("waves: " + given + " do not end with 100");
        }
        percents = given;
        return this;
    }

    /** A wave of these workspaces; called again, the next wave. What is in no wave is not upgraded, but for {@link #rest}. */
    public FleetDraft wave(String... keys) {
        for (String key : keys) {
            if (lists.stream().anyMatch(list -> list.contains(key))) {
                throw new IllegalArgumentException("wave: " + key + " is in an earlier wave");
            }
        }
        lists.add(List.of(keys));
        return this;
    }

    /** A last wave of all that are in no wave. */
    public FleetDraft rest() {
        rest = true;
        return this;
    }

    /** How long it rests between waves; not at all when not given. */
    public FleetDraft pause(Duration pause) {
        if (pause.isNegative()) {
            throw new IllegalArgumentException("pause: " + pause + " is negative");
        }
        this.pause = pause;
        return this;
    }

    /** The share of failures, of a wave or of all waves so far, at which it stops; without this the first failure stops it. */
    public FleetDraft stopAt(double failureRatio) {
        if (!(failureRatio >= 0 && failureRatio <= 1)) {
            throw new IllegalArgumentException("stopAt: " + failureRatio + " is not between 0 and 1");
        }
        stopAt = failureRatio;
        return this;
    }

    /** How many workspaces at once, 1 to 64; one when not given. Each needs up to three connections. */
    public FleetDraft parallel(int workspaces) {
        if (workspaces < 1 || workspaces > MOST_PARALLEL) {
            throw new IllegalArgumentException("parallel: " + workspaces + " is not between 1 and " + MOST_PARALLEL);
        }
        parallel = workspaces;
        return this;
    }

    /** How each plan is carried out; nothing destructive when not given. */
    public FleetDraft options(ApplyOptions options) {
        this.options = options;
        return this;
    }

    /** A value of a parameter for all, for instance of one that the later version asks for. */
    public FleetDraft param(String key, Object value) {
        parameters.put(key, value instanceof Integer number ? (Object) number.longValue() : value); // as it is kept
        return this;
    }

    /** Tries the later version on copies before the first wave. */
    public FleetDraft canary(Consumer<CanaryDraft> settings) {
        CanaryDraft draft = new CanaryDraft();
        settings.accept(draft);
        canary = Optional.of(draft.canary());
        return this;
    }

    /** Keys that must be those of workspaces. */
    Set<String> named() {
        Set<String> named = new LinkedHashSet<>(only);
        named.addAll(except);
        lists.forEach(named::addAll);
        canary.ifPresent(c -> named.addAll(c.workspaces()));
        return named;
    }

    boolean isChosen(WorkspaceSummary workspace) {
        return (from.isEmpty() || from.contains(workspace.version()))
                && (only.isEmpty() || only.contains(workspace.key()))
                && !except.contains(workspace.key())
                && (lists.isEmpty() || rest || lists.stream().anyMatch(list -> list.contains(workspace.key())))
                && where.test(workspace);
    }

    /** The wave of each; throws when waves are given in both ways. */
    Map<String, Integer> deal(List<String> keys) {
        if (lists.isEmpty() && !rest) {
            return Waves.percent(keys, percents.isEmpty() ? List.of(1, 10, 50, 100) : percents);
        }
        if (!percents.isEmpty()) {
            throw new IllegalArgumentException("waves: are given by percent and by lists; choose one");
        }
        return Waves.lists(keys, lists, rest);
    }

    Terms terms(int waves) {
        return new Terms(waves, pause, stopAt, parallel, options, Lifecycle.plain(parameters), canary);
    }
}
