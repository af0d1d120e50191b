package io.datalifecycle.dlt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.problem.TemplateInvalidException;
import io.datalifecycle.dlt.storage.PostgresStorage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** Each mistake gives one clear message: what, where, what to do. */
final class BadInputIT {

    @RegisterExtension
    final DltExtension dlt = DltExtension.withTemplate(Station.TEMPLATE);

    @Test
    void brokenYamlIsOneProblemWithItsPlace() {
        assertThatThrownBy(() -> dlt.dlt().templates().publish("dlt: 1\nkey: [a\nversion: 1.0.0\n"))
                .isInstanceOfSatisfying(TemplateInvalidException.class, e -> {
                    assertThat(e.problems()).hasSize(1);
                    assertThat(e.problems().get(0).code()).isEqualTo(ProblemCode.SYNTAX);
                    assertThat(e.problems().get(0).line()).isPositive();
                });
    }

    @Test
    void mistakesOfStructureMeaningSqlAndChannelsAreToldTogether() {
        String yaml = """
                dlt: 1
                key: broken
                version: 1.0.0
                datastores:
                  d:
                    time: ts
                    schema: { type: object, required: [ts], properties: { ts: { type: string, format: date-time }, v: { type: number } } }
                metrics:
                  a: { sql: "SELECT nothing_like_this FROM datastore:d", result: { table: {} } }
                  b: { sql: "SELECT set_config('role', 'x', true) AS v FROM datastore:d", result: { table: {} } }
                channels:
                  c: { type: pigeon }
                """;
        assertThatThrownBy(() -> dlt.dlt().templates().publish(yaml))
                .isInstanceOfSatisfying(TemplateInvalidException.class, e -> {
                    assertThat(e.problems())
                            .extracting(Problem::pointer)
                            .contains("/metrics/a/sql", "/metrics/b/sql", "/channels/c/type");
                    assertThat(e.problems())
                            .filteredOn(p -> p.pointer().equals("/metrics/a/sql"))
                            .singleElement()
                            .satisfies(p -> assertThat(p.line()).isEqualTo(9));
                });
    }

    @Test
    void aZoneThatCutsMergedBucketsInTwoIsRefused() {
        dlt.dlt().templates().publish("""
                dlt: 1
                key: merging
                version: 1.0.0
                datastores:
                  d:
                    time: ts
                    schema: { type: object, required: [ts], properties: { ts: { type: string, format: date-time }, v: { type: number } } }
                featurestores:
                  hourly: { rollup: { from: datastore:d, every: PT1H, columns: { v: avg(v) } } }
                  daily: { rollup: { from: featurestore:hourly, every: P1D, columns: { v: merge(v) } } }
                """);

        refused(
                () -> dlt.dlt().workspaces().provision("nepal", "merging", "1.0.0", w -> w.timezone("Asia/Kathmandu")),
                ProblemCode.BAD_ROLLUP,
                "workspace nepal: /featurestores/daily/rollup/every: in zone Asia/Kathmandu buckets of P1D in Asia/Kathmandu"
                        + " cut buckets of PT1H of featurestore:hourly in two; widths that fit below it are PT10S, PT30S, PT1M,"
                        + " PT5M, PT15M [DLT-1035]; choose another zone, or give the roll-ups a timezone of their own");
        assertThat(dlt.dlt().workspaces().find("nepal")).isEmpty();
    }

    @Test
    void unknownNamesSuggestTheNearest(Workspace north) {
        refused(() -> dlt.dlt().workspaces().workspace("nort"), ProblemCode.WORKSPACE_NOT_FOUND, "did you mean north?");
        refused(() -> north.metric("pressure_by_aset"), ProblemCode.ITEM_NOT_FOUND, "did you mean pressure_by_asset?");
        refused(() -> north.datastore("sensordata"), ProblemCode.ITEM_NOT_FOUND, "did you mean sensor_data?");
    }

    @Test
    void metricInputsAreCheckedBeforeTheDatabaseIsAsked(Workspace north) {
        refused(
                () -> north.metric("pressure_by_asset").with("from", dlt.now()).evaluate(),
                ProblemCode.INPUT_MISSING,
                "input to is required");
        refused(
                () -> north.metric("pressure_by_asset")
                        .with("from", dlt.now())
                        .with("to", "soon")
                        .evaluate(),
                ProblemCode.INPUT_INVALID,
                "input to takes a timestamp");
        refused(
                () -> north.metric("pressure_by_asset").with("form", dlt.now()).evaluate(),
                ProblemCode.INPUT_INVALID,
                "did you mean from?");
    }

    @Test
    void parametersAreCheckedBeforeAnythingIsMade() {
        refused(
                () -> dlt.dlt().workspaces().provision("bare", Station.TEMPLATE),
                ProblemCode.PARAMETER_MISSING,
                "ops_email");
        refused(
                () -> dlt.dlt().workspaces().provision("bare", Station.TEMPLATE, w -> w.param("ops_email", "nobody")),
                ProblemCode.PARAMETER_INVALID,
                "ops@example.org");
        assertThat(dlt.dlt().workspaces().find("bare")).isEmpty();
    }

    @Test
    void aTakenKeyWithOtherSettingsIsAConflict(Workspace north) {
        assertThat(dlt.provision("north").id()).isEqualTo(north.id());
        assertThatThrownBy(() -> dlt.dlt()
                        .workspaces()
                        .provision("north", Station.TEMPLATE, w -> w.param("ops_email", "x@example.test")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("other parameters");
    }

    @Test
    void csvWithAMissingColumnIsRefusedWholeAndSaysWhichMappingWouldHelp(Workspace north) {
        refused(() -> csv(north, "time,asset_id,pressure\n2026-03-01T00:00:00Z,P-1,2\n"), ProblemCode.CSV_HEADER, "ts");
        assertThat(north.datastore("sensor_data").count()).isZero();
    }

    @Test
    void csvWithAnExtraColumnABrokenQuoteOrNoRowsKeepsWhatIsGood(Workspace north) {
        IngestResult extra = csv(north, "ts,asset_id,pressure,colour\n2026-03-01T00:00:00Z,P-1,2,red\n");
        assertThat(extra.accepted()).isEqualTo(1);
        assertThat(extra.warnings()).singleElement().asString().contains("colour");
        IngestResult quote = csv(
                north,
                "ts,asset_id,pressure\n2026-03-01T00:01:00Z,P-1,2\n2026-03-01T00:02:00Z,\"P-1,3\n2026-03-01T00:03:00Z,P-1,4\n");
        assertThat(quote.accepted()).isEqualTo(2);
        assertThat(quote.rejections())
                .singleElement()
                .satisfies(r -> assertThat(r.line()).isEqualTo(3));
        assertThat(csv(north, "").offered()).isZero();
        assertThat(north.datastore("sensor_data").count()).isEqualTo(3);
    }

    @Test
    void aDatabaseThatIsAwayIsToldInOneLine() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setServerNames(new String[] {"127.0.0.1"});
        nowhere.setPortNumbers(new int[] {1});
        nowhere.setUser("nobody");
        assertThatThrownBy(() -> Dlt.builder()
                        .storage(PostgresStorage.builder().appDatabase(nowhere).build())
                        .build())
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> {
                    assertThat(e.isRetryable()).isTrue();
                    assertThat(e)
                            .hasMessageContaining("cannot be reached; check that it runs")
                            .hasMessageEndingWith("[DLT-7001]");
                });
    }

    private static IngestResult csv(Workspace workspace, String text) {
        return workspace
                .datastore("sensor_data")
                .ingest(Rows.csv(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                        CsvFormat.builder().delimiter(',').build()));
    }

    private static void refused(ThrowingCallable call, ProblemCode code, String what) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DltException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(what);
        });
    }
}
