package io.datalifecycle.dlt.storage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ModelStore;
import io.datalifecycle.dlt.storage.AppGrounds;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ModelTableIT {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00.123456Z");
    private static final WorkspaceContext ONE = AppGrounds.workspace(1);
    private static final WorkspaceContext TWO = AppGrounds.workspace(2);

    private AppGrounds grounds;
    private ModelTable models;

    @BeforeEach
    void open() {
        grounds = new AppGrounds(() -> NOW);
        models = new ModelTable(grounds.app, () -> NOW);
    }

    @AfterEach
    void close() {
        grounds.close();
    }

    private static ModelStore.Draft draft(String content) {
        return new ModelStore.Draft(
                "anomaly",
                "random-cut-forest",
                "rcf",
                content.getBytes(StandardCharsets.UTF_8),
                "{\"inputs\":[\"a\"]}",
                Map.of("auc", 1.0, "loss", 0.25),
                Map.of("rows", "12"));
    }

    @Test
    void versionsAreNumberedPerModelAndWorkspaceAndComeBackAsSaved() {
        ModelStore.Version first = models.save(ONE, draft("a"));
        ModelStore.Version second = models.save(ONE, draft("b"));
        models.save(TWO, draft("c"));

        assertThat(first)
                .isEqualTo(new ModelStore.Version(
                        "anomaly",
                        1,
                        "random-cut-forest",
                        "rcf",
                        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
                        "{\"inputs\":[\"a\"]}",
                        Map.of("auc", 1.0, "loss", 0.25),
                        Map.of("rows", "12"),
                        NOW,
                        false));
        assertThat(models.versions(ONE, "anomaly")).containsExactly(first, second);
        assertThat(models.versions(TWO, "anomaly"))
                .extracting(ModelStore.Version::number)
                .containsExactly(1);
        assertThat(models.content(ONE, "anomaly", 2)).isEqualTo("b".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void metricsThatAreNoNumbersAreKept() {
        ModelStore.Draft odd = new ModelStore.Draft(
                "anomaly",
                "x",
                "x",
                new byte[0],
                "{}",
                Map.of("loss", Double.NaN, "ratio", Double.POSITIVE_INFINITY),
                Map.of());

        assertThat(models.save(ONE, odd).metrics())
                .containsEntry("loss", Double.NaN)
                .containsEntry("ratio", Double.POSITIVE_INFINITY);
    }

    @Test
    void oneVersionIsInUseAndAnUnknownOneChangesNothing() {
        assertThat(models.champion(ONE, "anomaly")).isEmpty();
        models.save(ONE, draft("a"));
        models.save(ONE, draft("b"));
        models.promote(ONE, "anomaly", 1);
        models.promote(ONE, "anomaly", 2);
        models.promote(ONE, "anomaly", 2);

        assertThatThrownBy(() -> models.promote(ONE, "anomaly", 3))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("model anomaly of workspace w1 has no version 3");
        assertThat(models.champion(ONE, "anomaly").orElseThrow().number()).isEqualTo(2);
        assertThat(models.champion(TWO, "anomaly")).isEmpty();
    }

    @Test
    void bytesThatWereChangedAreRefused() {
        models.save(ONE, draft("a"));
        grounds.execute("UPDATE dlt.model_version SET content = 'evil'::bytea");

        assertThatThrownBy(() -> models.content(ONE, "anomaly", 1))
                .isInstanceOfSatisfying(
                        DltException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.MODEL_UNSAFE))
                .hasMessageContaining("train it again");
        assertThatThrownBy(() -> models.content(TWO, "anomaly", 1)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void versionsSavedAtOnceGetDifferentNumbers() throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> numbers = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(
                            () -> models.save(ONE, draft("m" + i)).number()))
                    .toList();
            List<Integer> given = new ArrayList<>();
            for (Future<Integer> number : numbers) {
                given.add(number.get());
            }
            assertThat(given).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        } finally {
            threads.shutdownNow();
        }
    }
}
