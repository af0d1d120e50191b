package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.JsonSchema;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads texts with the rules of a schema given as JSON. */
final class Reading {

    private Reading() {}

    static RowRules rules(String schema, boolean coerce) {
        Map<?, ?> keywords = Json.MAPPER.readValue(schema, Map.class);
        return rules(keywords, coerce);
    }

    @SuppressWarnings("unchecked")
    static RowRules rules(Map<?, ?> keywords, boolean coerce) {
        JsonSchema schema = new JsonSchema((Map<String, Object>) keywords);
        Template template = Template.define(
                "t",
                "1.0.0",
                t -> t.datastore(
                        "s",
                        d -> d.time("ts")
                                .field(
                                        "ts",
                                        io.datalifecycle.dlt.template.Field.timestamp()
                                                .required())));
        Datastore plain = (Datastore) template.stores().iterator().next();
        Datastore store = new Datastore(
                plain.key(),
                plain.title(),
                "ts",
                List.of(),
                plain.duplicates(),
                schema,
                plain.onInvalid(),
                plain.accept(),
                plain.chunk(),
                plain.retention(),
                plain.rate(),
                plain.compressAfter(),
                plain.quarantineKeep(),
                plain.validTo());
        return RuleCompiler.compile(schema.keywords(), StoreColumns.of(template, store), "ts", coerce);
    }

    static Setup setup(RowRules rules) {
        return new Setup(rules, null, Window.ANY, 100);
    }

    static Outcome lines(RowRules rules, String text) {
        return all(JsonRowReader.lines(stream(text), setup(rules)));
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static Outcome all(RowReader reader) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        List<RowRejection> rejected = new ArrayList<>();
        RowReader.Block block;
        do {
            block = reader.read(3);
            RowBatch batch = block.rows();
            for (int i = 0; i < batch.size(); i++) {
                rows.add(batch.row(i));
                positions.add(batch.position(i));
            }
            rejected.addAll(block.rejected());
        } while (!block.last());
        return new Outcome(rows, positions, rejected, block.broken());
    }

    record Outcome(
            List<Map<String, Object>> rows, List<Long> positions, List<RowRejection> rejected, RowReader.Break broken) {

        /** {@code line pointer keyword} of each reason. */
        List<String> reasons() {
            return rejected.stream()
                    .flatMap(r -> r.reasons().stream()
                            .map(reason -> r.line() + " " + reason.pointer() + " " + reason.keyword()))
                    .toList();
        }

        List<Object> column(String name) {
            return rows.stream()
                    .map(row -> Objects.requireNonNullElse(row.get(name), "null"))
                    .toList();
        }
    }
}
