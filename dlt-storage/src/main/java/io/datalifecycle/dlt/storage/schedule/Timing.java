package io.datalifecycle.dlt.storage.schedule;

import java.time.Duration;

/**
 * How often a node looks and is heard of. A node that was not heard of for {@code heartbeat} times {@code missed} has lost its jobs.
 *
 * @param poll how often due jobs are looked for, in real time also under a clock that stands still
 * @param missed at least 4
 */
record Timing(Duration poll, Duration heartbeat, int missed) {

    static final Timing STANDARD = new Timing(Duration.ofSeconds(1), Duration.ofSeconds(10), 6);
}
