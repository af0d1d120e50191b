package io.datalifecycle.dlt.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.connector.FileConnector;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.ml.MlPlugin;
import io.datalifecycle.dlt.notify.NotifyPlugin;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spring.DltCustomizer;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.testdb.TestDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Runs on Spring Boot 3.5, and on Spring Boot 4 with the profile {@code boot4}. */
final class DltAutoConfigurationIT {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private static TestDatabase database;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DltMlAutoConfiguration.class,
                    DltNotifyAutoConfiguration.class,
                    DltMetricsAutoConfiguration.class,
                    DltAutoConfiguration.class,
                    DltHealthAutoConfiguration.class))
            .withBean(DataSource.class, () -> database.dataSource())
            .withBean(InstantSource.class, () -> InstantSource.fixed(NOW))
            .withPropertyValues("dlt.schedule.enabled=false", "dlt.templates=classpath:starter/tank.yaml");

    @BeforeAll
    static void open() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aDataSourceIsEnoughForAWorkingDlt() {
        runner.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Dlt.class);
            Workspace workspace = context.getBean(Dlt.class).workspaces().provision("plain", "tank", "1.0.0", w -> {});
            assertThat(workspace
                            .datastore("levels")
                            .ingest(Rows.of(Map.of("ts", NOW, "tank", "T-1", "level", 2.5)))
                            .accepted())
                    .isEqualTo(1);
        });
    }

    @Test
    void withoutADataSourceNothingIsConfigured() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DltAutoConfiguration.class, DltHealthAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Dlt.class));
    }

    @Test
    void aBeanOfTheHostThatProvisionsWhileItIsMadeFindsTheTemplates() {
        // Made before our beans: nothing but its argument ties it to us. No other test has published here.
        try (TestDatabase fresh = TestDatabase.create()) {
            new ApplicationContextRunner()
                    .withUserConfiguration(EagerHost.class)
                    .withConfiguration(AutoConfigurations.of(DltAutoConfiguration.class))
                    .withBean(DataSource.class, fresh::dataSource)
                    .withPropertyValues("dlt.schedule.enabled=false", "dlt.templates=classpath:starter/tank.yaml")
                    .run(context ->
                            assertThat(context).hasNotFailed().getBean("early").hasToString("early"));
        }
    }

    @Test
    void lazyInitializationStillPublishesTemplatesAndStartsBackgroundWork() {
        try (TestDatabase fresh = TestDatabase.create()) {
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(DltAutoConfiguration.class))
                    .withBean(DataSource.class, fresh::dataSource)
                    .withInitializer(context ->
                            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                    .withPropertyValues("dlt.templates=classpath:starter/tank.yaml")
                    .run(context -> {
                        assertThat(context.getBeanFactory().containsSingleton("dlt"))
                                .as("made without being asked for")
                                .isTrue();
                        assertThat(context.getBean(Dlt.class).templates().find("tank", "1.0.0"))
                                .isPresent();
                        assertThat(context.getBean(DltLifecycle.class).isRunning())
                                .isTrue();
                    });
        }
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("dlt.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(Dlt.class));
    }

    @Test
    void modelsAndChannelsAreLeftOutWithTheirJars() {
        runner.withClassLoader(new FilteredClassLoader(MlPlugin.class, NotifyPlugin.class))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(Dlt.class);
                    assertThat(context).doesNotHaveBean("dltMlPlugin").doesNotHaveBean("dltNotifyPlugin");
                });
    }

    @Test
    void theHostsOwnBeansWin() {
        Storage storage = PostgresStorage.builder()
                .appDatabase(database.dataSource())
                .dataDatabase("hosts-own", database.dataSource())
                .build();
        MlPlugin models = new MlPlugin();
        NotifyPlugin channels = NotifyPlugin.ofDefaults();
        runner.withBean(Storage.class, () -> storage)
                .withBean(MlPlugin.class, () -> models)
                .withBean(NotifyPlugin.class, () -> channels)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Storage.class)).isSameAs(storage);
                    assertThat(context.getBean(MlPlugin.class)).isSameAs(models);
                    assertThat(context.getBean(NotifyPlugin.class)).isSameAs(channels);
                    assertThat(context.getBean(Dlt.class).health()).containsKey("hosts-own");
                });
    }

    @Test
    void aDltOfTheHostIsTakenWithTheTemplates() {
        try (TestDatabase fresh = TestDatabase.create()) {
            Dlt own = Dlt.builder()
                    .storage(PostgresStorage.builder()
                            .appDatabase(fresh.dataSource())
                            .dataDatabase("main", fresh.dataSource())
                            .build())
                    .build();
            runner.withBean(Dlt.class, () -> own).run(context -> {
                assertThat(context.getBean(Dlt.class)).isSameAs(own);
                assertThat(own.templates().find("tank", "1.0.0")).isPresent();
            });
        }
    }

    @Test
    void customizersRunInTheirOrder() {
        List<String> calls = new ArrayList<>();
        runner.withUserConfiguration(Customizers.class)
                .withBean(Calls.class, () -> new Calls(calls))
                .run(context -> assertThat(calls).containsExactly("first", "second"));
    }

    @Test
    void listenersOfTheHostHearAndMetersCount() {
        List<Long> accepted = new ArrayList<>();
        DltListener listener = new DltListener() {
            @Override
            public void onIngest(
                    WorkspaceContext w, String store, long stored, long duplicate, long rejected, Duration took) {
                accepted.add(stored);
            }
        };
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("mine", DltListener.class, () -> listener)
                .run(context -> {
                    Workspace workspace =
                            context.getBean(Dlt.class).workspaces().provision("metered", "tank", "1.0.0", w -> {});
                    workspace
                            .datastore("levels")
                            .ingest(Rows.of(
                                    Map.of("ts", NOW, "tank", "T-1", "level", 2.5),
                                    Map.of("ts", NOW, "tank", "T-2", "level", "full")));
                    assertThat(accepted).containsExactly(1L);
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    assertThat(meters.get("dlt.ingest.rows")
                                    .tags("workspace", "metered", "outcome", "accepted")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(meters.get("dlt.ingest.rows")
                                    .tags("workspace", "metered", "outcome", "rejected")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void connectorTypesOfTheHostRead(@TempDir Path inbox) throws IOException {
        Files.writeString(inbox.resolve("levels.ndjson"), "{\"ts\":\"" + NOW + "\",\"tank\":\"T-9\",\"level\":1}\n");
        Connector levels = Connector.define(
                "levels",
                c -> c.file(inbox + "/*.ndjson").option("settle", "PT0S").into("levels"));
        runner.withBean(ConnectorType.class, () -> FileConnector.below(inbox)).run(context -> {
            Workspace workspace =
                    context.getBean(Dlt.class).workspaces().provision("reading", "tank", "1.0.0", w -> {});
            assertThat(workspace.connector(levels).run().accepted()).isEqualTo(1);
        });
    }

    @Test
    void healthNamesEveryDatabase() {
        runner.run(context -> {
            Object indicator = context.getBean("dltHealthIndicator");
            Method method = indicator.getClass().getDeclaredMethod("health");
            method.setAccessible(true);
            assertThat(method.invoke(indicator).toString()).contains("UP").contains("main");
        });
    }

    @Test
    void everyProblemOfEveryTemplateIsToldAtStart() {
        runner.withPropertyValues("dlt.templates=classpath:starter/broken-*.yaml")
                .run(context -> {
                    assertThat(context).hasFailed();
                    Throwable failure = context.getStartupFailure();
                    while (!(failure instanceof TemplateInvalidException) && failure.getCause() != null) {
                        failure = failure.getCause();
                    }
                    assertThat(failure)
                            .isInstanceOfSatisfying(
                                    TemplateInvalidException.class,
                                    invalid -> assertThat(invalid.problems())
                                            .extracting(p -> p.pointer()
                                                    .substring(0, p.pointer().indexOf('#')))
                                            .contains("broken-one.yaml", "broken-two.yaml"));
                    assertThat(new DltInvalidTemplateFailureAnalyzer()
                                    .analyze(context.getStartupFailure())
                                    .getDescription())
                            .contains("broken-one.yaml")
                            .contains("broken-two.yaml");
                });
    }

    @Test
    void backgroundWorkStartsWithTheContextAndStopsFirst() {
        runner.withPropertyValues("dlt.schedule.enabled=true").run(context -> {
            DltLifecycle lifecycle = context.getBean(DltLifecycle.class);
            assertThat(lifecycle.isRunning()).isTrue();
            assertThat(lifecycle.getPhase()).isGreaterThan(0);
            lifecycle.stop();
            assertThat(lifecycle.isRunning()).isFalse();
        });
    }

    @Test
    void aNodeHasTheRolesThatItsPropertiesName() {
        runner.withPropertyValues("dlt.schedule.enabled=true", "dlt.roles=alerts,models")
                .run(context -> assertThat(polling()).containsExactlyInAnyOrder("dlt-alerts", "dlt-models"));
        runner.withPropertyValues("dlt.roles=alerts,dancing")
                .run(context -> assertThat(context).hasFailed());
    }

    /** Roles whose jobs this process looks for. */
    private static List<String> polling() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("dlt-") && name.contains("-poll-"))
                .map(name -> name.substring(0, name.indexOf("-poll-")))
                .toList();
    }

    @Test
    void mailWithoutASenderIsRefusedInTheWordsOfTheProperties() {
        runner.withPropertyValues("dlt.mail.host=smtp.example.org").run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("dlt.mail.from");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class EagerHost {

        @Bean
        String early(Dlt dlt) {
            return dlt.workspaces().provision("early", "tank", "1.0.0", w -> {}).key();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        DltCustomizer second(Calls calls) {
            return builder -> calls.names().add("second");
        }

        @Bean
        @Order(1)
        DltCustomizer first(Calls calls) {
            return builder -> calls.names().add("first");
        }
    }

    record Calls(List<String> names) {}
}
