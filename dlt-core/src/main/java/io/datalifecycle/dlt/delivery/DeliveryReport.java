package io.datalifecycle.dlt.delivery;

/**
 * What one round of the outbox did. Immutable.
 *
 * @param delivered messages that went out
 * @param postponed messages that will be tried again
 * @param dead messages given up; they stay listed with their last error
 */
public record DeliveryReport(int delivered, int postponed, int dead) {

    /** The sum of both rounds. */
    public DeliveryReport plus(DeliveryReport other) {
        return new DeliveryReport(delivered + other.delivered, postponed + other.postponed, dead + other.dead);
    }
}
