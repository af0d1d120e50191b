package io.datalifecycle.dlt.mqtt;

import java.time.Instant;

/**
 * A message that is not acknowledged yet. The payload is not copied.
 *
 * @param retained whether the broker had kept it
 * @param received when it came
 * @param acknowledge tells the broker that it is in
 */
record Message(String topic, byte[] payload, boolean retained, Instant received, Runnable acknowledge) {}
