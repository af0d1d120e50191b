package io.datalifecycle.dlt.spi;

import java.util.Locale;

/** States of an alert for one label set. */
public enum AlertState {
    /** The condition does not hold. */
    NORMAL,
    /** It holds, but not yet long enough. */
    PENDING,
    /** It holds long enough; people were told. */
    FIRING,
    /** It has cleared, but keeps firing for a while. */
    RECOVERING,
    /** The label set has given no row for too long. */
    NO_DATA,
    /** The metric or the condition could not be evaluated. */
    ERROR;

    /** As shown: {@code no-data}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether people regard it as on: firing, or still firing while it recovers. */
    public boolean isActive() {
        return this == FIRING || this == RECOVERING;
    }
}
