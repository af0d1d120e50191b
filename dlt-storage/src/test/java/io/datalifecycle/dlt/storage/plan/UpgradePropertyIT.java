package io.datalifecycle.dlt.storage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.storage.TestStorage;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.testdb.Backend;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A workspace that went through random versions equals one that was made of the last of them and given the same rows: columns, types, order and
 * values of every store. More of them with {@code -Ddlt.upgrade.seeds=200}.
 */
class UpgradePropertyIT {

    private static final Instant DAY = Instant.parse("2026-02-26T00:00:00Z");

    static Stream<Arguments> seeds() {
        int seeds = Integer.getInteger("dlt.upgrade.seeds", 8);
        return TestDatabase.backends()
                .flatMap(backend -> IntStream.range(0, seeds)
                        .filter(seed -> seeds > 8 || seed % 2 == (backend == Backend.PLAIN ? 0 : 1))
                        .mapToObj(seed -> Arguments.of(backend, seed)));
    }

    /** A row by the ids of its columns, so that it can be told in the words of any version. */
    private record Told(Instant at, String asset, Map<Integer, Object> values) {

        String json(Design design) {
            String values = design.present().stream()
                    .filter(v -> this.values.containsKey(v.id))
                    .map(v -> ", \"" + v.name + "\": " + text(this.values.get(v.id)))
                    .collect(Collectors.joining());
            return "{\"ts\": \"" + at + "\", \"asset\": \"" + asset + "\"" + values + "}";
        }

        private static String text(Object value) {
            return value instanceof String ? "\"" + value + "\"" : value.toString();
        }
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("seeds")
    void upgradesEndWhereAFreshProvisionBegins(Backend backend, int seed) {
        Random random = new Random(seed);
        InstantSource clock = InstantSource.fixed(TestStorage.NOW);
        try (TestDatabase database = TestDatabase.create(backend);
                Dlt dlt = Dlt.builder()
                        .storage(PostgresStorage.builder()
                                .appDatabase(database.dataSource())
                                .clock(clock)
                                .build())
                        .clock(clock)
                        .build()) {
            Design design = new Design(random);
            dlt.templates().publish(design.yaml());
            design.published();
            Workspace upgraded = dlt.workspaces().provision("upgraded", "random", design.version(), w -> {});
            List<Told> told = new ArrayList<>();
            int upgrades = 3 + random.nextInt(3);
            for (int i = 0; i < upgrades; i++) {
                ingest(upgraded, design, rows(random, design, told));
                if (random.nextInt(3) > 0) {
                    refresh(upgraded);
                }
                design.change();
                dlt.templates().publish(design.yaml());
                design.published();
                Plan plan = upgraded.plan(design.version());
                upgraded = upgraded.apply(plan, ApplyOptions.ALLOW_DESTRUCTIVE);
                assertThat(upgraded.plan(design.version()).isEmpty())
                        .as(plan.text())
                        .isTrue();
                assertThat(upgraded.upgrades().list().get(0).error())
                        .as(plan.text())
                        .isEmpty();
            }
            ingest(upgraded, design, rows(random, design, told));
            refresh(upgraded);
            Workspace fresh = dlt.workspaces().provision("fresh", "random", design.version(), w -> {});
            ingest(fresh, design, told);
            refresh(fresh);
            for (String store : design.stores()) {
                String metric = "m_" + store.substring(store.indexOf(':') + 1);
                MetricResult.Table is =
                        (MetricResult.Table) upgraded.metric(metric).evaluate();
                MetricResult.Table should =
                        (MetricResult.Table) fresh.metric(metric).evaluate();
                assertThat(is.columns()).as(store).isEqualTo(should.columns());
                assertThat(is.rows()).as(store).isEqualTo(should.rows());
            }
            dlt.workspaces().delete("upgraded");
            assertThat(dlt.workspaces().residue(upgraded.id())).isEmpty();
        }
    }

    private static List<Told> rows(Random random, Design design, List<Told> told) {
        List<Told> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Instant at = DAY.plusSeconds(60L * random.nextInt(3 * 24 * 60));
            String asset = "p" + random.nextInt(3);
            boolean known = told.stream()
                            .anyMatch(t -> t.at().equals(at) && t.asset().equals(asset))
                    || rows.stream()
                            .anyMatch(t -> t.at().equals(at) && t.asset().equals(asset));
            if (!known) {
                Map<Integer, Object> values = new LinkedHashMap<>();
                for (Design.Value v : design.present()) {
                    if (random.nextInt(4) > 0) {
                        values.put(v.id, value(random, v.type));
                    }
                }
                rows.add(new Told(at, asset, values));
            }
        }
        told.addAll(rows);
        return rows;
    }

    private static Object value(Random random, String type) {
        return switch (type) {
            case "integer" -> (long) random.nextInt(1_000);
            case "number" -> random.nextInt(4_000) / 4.0;
            default -> "s" + random.nextInt(10);
        };
    }

    private static void ingest(Workspace workspace, Design design, List<Told> rows) {
        String text = rows.stream().map(row -> row.json(design)).collect(Collectors.joining("\n"));
        assertThat(workspace
                        .datastore(design.datastore)
                        .ingest(Rows.ndjson(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                        .accepted())
                .isEqualTo(rows.size());
    }

    private static void refresh(Workspace workspace) {
        for (Featurestore store : workspace.template().featurestores()) {
            workspace.featurestore(store.key()).refresh();
        }
    }
}
