package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.Dlt;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The same for Spring Boot 4, where the interface has moved. */
final class Boot4HealthIndicator implements HealthIndicator {

    private final Dlt dlt;

    Boot4HealthIndicator(Dlt dlt) {
        this.dlt = dlt;
    }

    @Override
    public Health health() {
        Map<String, String> databases = dlt.health();
        boolean up = databases.values().stream().allMatch("up"::equals);
        return (up ? Health.up() : Health.down()).withDetails(databases).build();
    }
}
