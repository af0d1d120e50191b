package io.datalifecycle.dlt.benchmarks;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.datalifecycle.dlt.row.internal.JsonRowReader;
import io.datalifecycle.dlt.row.internal.RowReader;
import io.datalifecycle.dlt.row.internal.RowRules;
import io.datalifecycle.dlt.row.internal.RuleCompiler;
import io.datalifecycle.dlt.row.internal.Window;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import java.io.ByteArrayInputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bytes of rows to verdicts. Ours also types the cells into a batch; the library needs the tree and leaves it at that. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ValidationBenchmark {

    /** Rows in one measured call. */
    static final int ROWS = 10_000;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private byte[] text = new byte[0];
    private int[] starts = new int[0];
    private RowRules rules = rules(SensorRows.template(true));
    private Schema schema = library(SensorRows.template(true));

    /** Makes the rows and finds their lines. */
    @Setup
    public void rows() {
        text = SensorRows.ndjson(ROWS, 0);
        starts = new int[ROWS + 1];
        int line = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                starts[++line] = i + 1;
            }
        }
        rules = rules(SensorRows.template(true));
        schema = library(SensorRows.template(true));
    }

    private static RowRules rules(Template template) {
        Datastore store = SensorRows.store(template);
        return RuleCompiler.compile(store.schema().keywords(), StoreColumns.of(template, store), store.time(), false);
    }

    private static Schema library(Template template) {
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        JsonNode tree = JsonMapper.builder()
                .build()
                .valueToTree(SensorRows.store(template).schema().keywords());
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                .getSchema(tree);
    }

    /** Compiled schema on the token stream, into typed columns. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long compiled() {
        JsonRowReader reader = JsonRowReader.lines(
                new ByteArrayInputStream(text),
                new io.datalifecycle.dlt.row.internal.Setup(rules, null, Window.ANY, ROWS + 1));
        RowReader.Block block = reader.read(ROWS);
        return checked(block.rows().size());
    }

    /** The JSON Schema library on a parsed tree. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long library() {
        int good = 0;
        for (int i = 0; i < ROWS; i++) {
            JsonNode tree = mapper.readTree(text, starts[i], starts[i + 1] - starts[i]);
            good += schema.validate(tree).isEmpty() ? 1 : 0;
        }
        return checked(good);
    }

    private static long checked(int good) {
        if (good != ROWS) {
            throw new IllegalStateException(good + " of " + ROWS + " rows are right");
        }
        return good;
    }
}
