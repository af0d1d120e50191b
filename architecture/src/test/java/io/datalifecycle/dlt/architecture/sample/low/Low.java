package io.datalifecycle.dlt.architecture.sample.low;

import io.datalifecycle.dlt.architecture.sample.high.High;
import io.datalifecycle.dlt.architecture.sample.low.internal.Inner;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks what it can. */
public final class Low {
    public High up(List<Pattern> patterns) {
        return new High();
    }

    public Inner getInner() {
        return new Inner();
    }

    Instant now() {
        return Instant.now();
    }

    Thread thread() {
        return new Thread(() -> {});
    }

    /** Two members, one constant. */
    public sealed interface Family permits One, Two {
        /** Which. */
        Kind kind();
    }

    /** Too few. */
    public enum Kind {
        ONE
    }

    /** First. */
    public record One(Kind kind) implements Family {}

    /** Second. */
    public record Two(Kind kind) implements Family {}
}
