package io.datalifecycle.dlt;

import io.datalifecycle.dlt.schedule.NodeRole;
import io.datalifecycle.dlt.spi.JobQueue;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What the builder says about background work. Immutable. */
record ScheduleSettings(
        Set<NodeRole> roles, Duration spread, int workspaceConcurrency, OptionalInt databaseConcurrency) {

    static final ScheduleSettings STANDARD =
            new ScheduleSettings(EnumSet.allOf(NodeRole.class), Duration.ofSeconds(30), 2, OptionalInt.empty());

    ScheduleSettings {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("roles: name at least one of " + EnumSet.allOf(NodeRole.class)
                    + "; a node without background work does not call start()");
        }
        if (spread.isNegative() || spread.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("spread: " + spread + " is not between zero and an hour");
        }
        atLeastOne("workspaceConcurrency", workspaceConcurrency);
        databaseConcurrency.ifPresent(most -> atLeastOne("databaseConcurrency", most));
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " is less than 1");
        }
    }

    ScheduleSettings roles(Set<NodeRole> given) {
        return new ScheduleSettings(given, spread, workspaceConcurrency, databaseConcurrency);
    }

    ScheduleSettings spread(Duration given) {
        return new ScheduleSettings(roles, given, workspaceConcurrency, databaseConcurrency);
    }

    ScheduleSettings workspaceConcurrency(int given) {
        return new ScheduleSettings(roles, spread, given, databaseConcurrency);
    }

    ScheduleSettings databaseConcurrency(int given) {
        return new ScheduleSettings(roles, spread, workspaceConcurrency, OptionalInt.of(given));
    }

    JobQueue.Settings queue(int threads, Duration patience) {
        return new JobQueue.Settings(
                roles.stream().map(NodeRole::label).collect(Collectors.toUnmodifiableSet()),
                threads,
                workspaceConcurrency,
                databaseConcurrency.orElse(threads),
                patience);
    }
}
