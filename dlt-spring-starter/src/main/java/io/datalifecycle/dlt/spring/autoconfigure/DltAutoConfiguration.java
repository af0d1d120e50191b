package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.schedule.NodeRole;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.DltPlugin;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.spi.Notifier;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.spring.DltCustomizer;
import io.datalifecycle.dlt.storage.PostgresStorage;
import java.time.Clock;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Makes a {@link Dlt} from the host's {@code DataSource}. Everything backs off for beans of the host: its own {@link Storage},
 * {@link Dlt} or {@link InstantSource}. Names of classes that moved between Spring Boot 3 and 4 are given for both.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        },
        after = {DltNotifyAutoConfiguration.class, DltMlAutoConfiguration.class, DltMetricsAutoConfiguration.class})
@ConditionalOnProperty(prefix = "dlt", name = "enabled", matchIfMissing = true)
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(DltProperties.class)
public final class DltAutoConfiguration {

    /** The clock of all components; the system's unless the host has its own. */
    @Bean
    @ConditionalOnMissingBean
    InstantSource dltClock() {
        return Clock.systemUTC();
    }

    @Bean(destroyMethod = "") // Dlt closes it
    @ConditionalOnMissingBean
    Storage dltStorage(DataSource dataSource, DltProperties properties, InstantSource clock) {
        return PostgresStorage.builder()
                .appDatabase(dataSource)
                .dataDatabase(properties.database().placement(), dataSource)
                .schema(properties.database().schema())
                .clock(clock)
                .build();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Dlt dlt(
            Storage storage,
            InstantSource clock,
            DltProperties properties,
            DltContributions contributions,
            ObjectProvider<DltCustomizer> customizers) {
        DltProperties.Schedule schedule = properties.schedule();
        Dlt.Builder builder = Dlt.builder()
                .storage(storage)
                .clock(clock)
                .roles(properties.roles().toArray(NodeRole[]::new))
                .spread(schedule.spread())
                .workspaceConcurrency(schedule.workspaceConcurrency());
        if (schedule.databaseConcurrency() != null) {
            builder.databaseConcurrency(schedule.databaseConcurrency());
        }
        contributions.addTo(builder);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    DltContributions dltContributions(
            ObjectProvider<DltPlugin> plugins,
            ObjectProvider<Notifier> notifiers,
            ObjectProvider<ModelTrainer> trainers,
            ObjectProvider<TransformEngine> engines,
            ObjectProvider<ConnectorType> connectors,
            ObjectProvider<DltListener> listeners) {
        return new DltContributions(plugins, notifiers, trainers, engines, connectors, listeners);
    }

    @Bean
    static DltTemplates dltTemplates(ObjectProvider<DltProperties> properties, ResourcePatternResolver resources) {
        return new DltTemplates(properties, resources);
    }

    @Bean
    DltLifecycle dltLifecycle(Dlt dlt, DltProperties properties) {
        return new DltLifecycle(
                dlt, properties.schedule().enabled(), properties.schedule().threads());
    }
}
