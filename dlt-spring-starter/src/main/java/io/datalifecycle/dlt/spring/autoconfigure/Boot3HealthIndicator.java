package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.Dlt;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Up when every database answers; names the one that does not. */
final class Boot3HealthIndicator implements HealthIndicator {

    private final Dlt dlt;

    Boot3HealthIndicator(Dlt dlt) {
        this.dlt = dlt;
    }

    @Override
    public Health health() {
        Map<String, String> databases = dlt.health();
        boolean up = databases.values().stream().allMatch("up"::equals);
        return (up ? Health.up() : Health.down()).withDetails(databases).build();
    }
}
