package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.Dlt;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health of DLT's databases for the actuator, of either Spring Boot line. */
@AutoConfiguration(after = DltAutoConfiguration.class)
public final class DltHealthAutoConfiguration {

    /** Spring Boot 3.5. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    static class Boot3 {

        @Bean
        @ConditionalOnBean(Dlt.class)
        @ConditionalOnMissingBean(name = "dltHealthIndicator")
        Boot3HealthIndicator dltHealthIndicator(Dlt dlt) {
            return new Boot3HealthIndicator(dlt);
        }
    }

    /** Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static class Boot4 {

        @Bean
        @ConditionalOnBean(Dlt.class)
        @ConditionalOnMissingBean(name = "dltHealthIndicator")
        Boot4HealthIndicator dltHealthIndicator(Dlt dlt) {
            return new Boot4HealthIndicator(dlt);
        }
    }
}
