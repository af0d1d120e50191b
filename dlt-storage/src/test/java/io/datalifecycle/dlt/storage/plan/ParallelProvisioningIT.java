package io.datalifecycle.dlt.storage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many workspaces at a time, in a schema that everybody may use and in one that each role needs a grant on. */
class ParallelProvisioningIT {

    private static final int WORKSPACES = 50;
    private static final int THREADS = 4;

    private static final Template TEMPLATE = Template.define("many", "1.0.0", t -> {
        t.datastore(
                "raw",
                d -> d.time("ts")
                        .naturalKey("ts", "pump")
                        .field("ts", Field.timestamp().required())
                        .field("pump", Field.text(20).required())
                        .field("flow", Field.number()));
        t.featurestore(
                "minutes",
                f -> f.rollup(
                        "datastore:raw",
                        r -> r.every(Duration.ofMinutes(1)).by("pump").column("flow", Aggregate.avg("flow"))));
        t.featurestore(
                "hours",
                f -> f.rollup(
                        "featurestore:minutes",
                        r -> r.every(Duration.ofHours(1)).by("pump").column("flow", Aggregate.merge("flow"))));
        t.metric(
                "flow_now",
                m -> m.sql("SELECT max(flow) AS value FROM featurestore:minutes")
                        .scalar(s -> s.value("value")));
    });

    @ParameterizedTest
    @MethodSource("io.datalifecycle.dlt.testdb.TestDatabase#backends")
    void workspacesMadeAtATimeAreWhatTheyWouldBeOneByOne(Backend backend) throws Exception {
        try (TestStorage t = new TestStorage(backend)) {
            t.execute("CREATE SCHEMA plants");
            try (Dlt dlt = open(t.database)) {
                dlt.templates().publish(TEMPLATE);
                dlt.workspaces().provision("alone", TEMPLATE);

                List<String> made = provisionAll(dlt);

                assertThat(made).hasSize(WORKSPACES).doesNotHaveDuplicates();
                assertThat(dlt.workspaces().list()).hasSize(WORKSPACES + 1);
                assertThat(t.texts(
                                "SELECT DISTINCT count(*) FROM (SELECT substring(relname FROM '_wid\\d+') AS w FROM pg_class "
                                        + "WHERE relname ~ '_wid\\d+') c GROUP BY w"))
                        .as("as many relations each")
                        .hasSize(1);
                for (String key : List.of("alone", "w0", "w49")) {
                    assertThat(dlt.workspaces()
                                    .workspace(key)
                                    .metric("flow_now")
                                    .rows()
                                    .rows())
                            .as("its cage works")
                            .hasSize(1);
                }
                List<String> before = catalogue(t);
                assertThat(provisionAll(dlt)).isEqualTo(made);
                assertThat(catalogue(t)).isEqualTo(before);
            }
        }
    }

    private static Dlt open(TestDatabase database) {
        return Dlt.builder()
                .storage(PostgresStorage.builder()
                        .appDatabase(database.dataSource())
                        .schema("plants")
                        .build())
                .build();
    }

    private static List<String> provisionAll(Dlt dlt) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Workspace>> all = new ArrayList<>();
            for (int i = 0; i < WORKSPACES; i++) {
                String key = "w" + i;
                all.add(threads.submit(() -> dlt.workspaces().provision(key, TEMPLATE)));
            }
            List<String> made = new ArrayList<>();
            for (Future<Workspace> one : all) {
                made.add(one.get().toString());
            }
            return made;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Relations, functions, roles and jobs with their rights, and the versions of their rows: a row that was written again differs. */
    private static List<String> catalogue(TestStorage t) {
        return t.texts(
                "SELECT c.relname || ' ' || coalesce(c.relacl::text, '') || ' ' || c.xmin FROM pg_class c WHERE c.relname ~ '_wid\\d+'"
                        + " UNION ALL SELECT p.proname || ' ' || coalesce(p.proacl::text, '') || ' ' || p.xmin FROM pg_proc p"
                        + " WHERE p.pronamespace = 'dlt_cage'::regnamespace"
                        + " UNION ALL SELECT n.nspname || ' ' || coalesce(n.nspacl::text, '') || ' ' || n.xmin FROM pg_namespace n"
                        + " UNION ALL SELECT j.task_instance || ' ' || j.version FROM dlt.job j ORDER BY 1");
    }
}
