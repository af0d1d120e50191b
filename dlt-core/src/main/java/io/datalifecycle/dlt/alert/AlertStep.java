package io.datalifecycle.dlt.alert;

import io.datalifecycle.dlt.spi.AlertStatus;
import io.datalifecycle.dlt.spi.AlertTransition;
import java.util.Optional;

/**
 * What a step of the machine led to. Immutable.
 *
 * @param status where the label set stands now
 * @param transition the change of state, if there was one
 */
public record AlertStep(AlertStatus status, Optional<AlertTransition> transition) {

    /** Whether people who follow the alert should hear of it. Pending and recovering are nobody's business but the list's. */
    public boolean isNews() {
        return transition.isPresent() && isNews(transition.get());
    }

    /** Whether people who follow the alert should hear of that change. */
    public static boolean isNews(AlertTransition change) {
        return switch (change.to()) {
            case FIRING -> !change.from().isActive();
            case NO_DATA, ERROR -> true;
            case NORMAL ->
                switch (change.from()) {
                    case FIRING, RECOVERING, NO_DATA, ERROR -> true;
                    case NORMAL, PENDING -> false;
                };
            case PENDING, RECOVERING -> false;
        };
    }
}
