package io.datalifecycle.dlt.template;

import java.util.Optional;

/**
 * When a featurestore is brought up to date. Immutable.
 *
 * @param cron five or six fields in the workspace's zone; empty when it only follows its sources or is refreshed by hand
 */
public record Refresh(Optional<String> cron) {

    /** Only when asked to, or after its sources. */
    public static final Refresh ON_DEMAND = new Refresh(Optional.empty());
}
