package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.Optional;

/**
 * When and how a featurestore is brought up to date. Immutable.
 *
 * @param cron five or six fields in the workspace's zone; empty when it only follows its sources or is refreshed by hand
 * @param order which part of a long history comes first
 * @param budget longest time of one scheduled run, which goes on at the next; empty for {@link #DEFAULT_BUDGET}
 */
public record Refresh(Optional<String> cron, Order order, Optional<Duration> budget) {

    /** Longest time of one scheduled run when a template names none. */
    public static final Duration DEFAULT_BUDGET = Duration.ofMinutes(10);

    /** Only when asked to, or after its sources. */
    public static final Refresh ON_DEMAND = new Refresh(Optional.empty(), Order.OLDEST_FIRST, Optional.empty());

    /** Which part of a long history is brought up to date first. */
    public enum Order {
        /** From the past to now, as a model with a memory needs it. */
        OLDEST_FIRST("oldest-first"),
        /** From now to the past, as a dashboard needs it. */
        NEWEST_FIRST("newest-first");

        private final String label;

        Order(String label) {
            this.label = label;
        }

        /** As written in templates. */
        public String label() {
            return label;
        }

        public static Optional<Order> of(String label) {
            for (Order order : values()) {
                if (order.label.equals(label)) {
                    return Optional.of(order);
                }
            }
            return Optional.empty();
        }
    }
}
