package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Store;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.Optional;

/** Lengths of time compared with each other. */
final class Spans {

    private static final Duration LEAST_CHUNK = Duration.ofMinutes(1);

    private Spans() {}

    static void chunk(Findings findings, Duration chunk, String pointer) {
        if (chunk.compareTo(LEAST_CHUNK) < 0) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer + "/chunk",
                    "chunk: " + chunk + " is shorter than a minute",
                    "use days");
        }
    }

    /** At least this long, also in a short month or year. */
    static Duration atLeast(TemporalAmount amount) {
        if (amount instanceof Period period) {
            return Duration.ofDays(period.getYears() * 365L + period.getMonths() * 28L + period.getDays());
        }
        return Duration.from(amount);
    }

    /** At most this long, also in a long month or year. */
    static Duration atMost(TemporalAmount amount) {
        if (amount instanceof Period period) {
            return Duration.ofDays(period.getYears() * 366L + period.getMonths() * 31L + period.getDays());
        }
        return Duration.from(amount);
    }

    static Optional<TemporalAmount> retention(Store store) {
        if (store instanceof Datastore datastore) {
            return datastore.retention();
        }
        return store instanceof Featurestore featurestore
                ? featurestore.retention()
                : ((Inferencestore) store).retention();
    }

    /** Tells when a store forgets rows that somebody still reaches back to. */
    static void reachesBack(Findings findings, Store source, Duration reach, String pointer, String who) {
        Optional<Duration> kept = retention(source).map(Spans::atLeast);
        if (kept.isPresent() && kept.get().compareTo(reach) < 0) {
            findings.error(
                    ProblemCode.RETENTION_TOO_SHORT,
                    pointer,
                    who + " reaches back " + readable(reach) + ", but " + source.ref() + " keeps only "
                            + retention(source).orElseThrow(),
                    "keep " + source.ref() + " longer, or reach back less far");
        }
    }

    private static String readable(Duration duration) {
        Duration rest = duration.minusDays(duration.toDays());
        String days = duration.toDays() == 0 ? "P" : "P" + duration.toDays() + "D";
        return rest.isZero() ? days : days + rest.toString().substring(1);
    }
}
