package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Members;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.AcceptWindow;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.JsonSchema;
import io.datalifecycle.dlt.template.OnInvalid;
import java.math.BigDecimal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads datastores and inferencestores, and what all stores share. */
final class StoreReader {

    static final List<String> COLUMN_TYPES =
            Arrays.stream(ColumnType.values()).map(ColumnType::label).toList();

    private StoreReader() {}

    static Datastore datastore(String key, Fields fields) {
        List<String> naturalKey = fields.texts("natural_key");
        Optional<BigDecimal> rate = rate(fields);
        Optional<String> validTo = fields.text("valid_to");
        Datastore store = new Datastore(
                key,
                fields.text("title"),
                fields.needText("time"),
                naturalKey,
                fields.oneOf("duplicates", Duplicates::of, labels(Duplicates.values(), Duplicates::label))
                        .orElse(Datastore.defaultDuplicates(naturalKey)),
                schema(fields),
                fields.oneOf("on_invalid", OnInvalid::of, labels(OnInvalid.values(), OnInvalid::label))
                        .orElse(OnInvalid.REJECT),
                fields.group("accept").map(StoreReader::accept).orElse(AcceptWindow.ANY),
                fields.duration("chunk").orElse(Datastore.defaultChunk(rate, validTo)),
                fields.amount("retention"),
                rate,
                fields.amount("compress_after"),
                fields.group("quarantine").map(StoreReader::quarantineKeep).orElse(Datastore.DEFAULT_QUARANTINE_KEEP),
                validTo);
        fields.close();
        return store;
    }

    static Inferencestore inferencestore(String key, Fields fields) {
        Inferencestore store = new Inferencestore(
                key,
                fields.text("title"),
                fields.needText("time"),
                fields.needTexts("natural_key"),
                columns(fields, "columns"),
                fields.duration("chunk").orElse(Inferencestore.DEFAULT_CHUNK),
                fields.amount("retention"));
        fields.close();
        return store;
    }

    /** Declared columns: {@code name: type}, or {@code name: {type, required, unit}}. */
    static List<Column> columns(Fields fields, String key) {
        List<Column> columns = new ArrayList<>();
        if (!fields.has(key)) {
            fields.missing(key);
        }
        fields.group(key).ifPresent(group -> group.keys().forEach(name -> columns.add(column(group, name))));
        return columns;
    }

    private static Column column(Fields group, String name) {
        if (group.node(name).filter(Members.class::isInstance).isPresent()) {
            Fields fields = group.needGroup(name);
            ColumnType type =
                    fields.need("type", fields.oneOf("type", ColumnType::of, COLUMN_TYPES), ColumnType.DOUBLE);
            Column column = new Column(name, type, fields.flag("required", false), fields.text("unit"));
            fields.close();
            return column;
        }
        return Column.of(name, group.oneOf(name, ColumnType::of, COLUMN_TYPES).orElse(ColumnType.DOUBLE));
    }

    private static Optional<BigDecimal> rate(Fields fields) {
        Optional<BigDecimal> rate = fields.number("rate");
        if (rate.isPresent() && rate.get().signum() <= 0) {
            fields.badValue("rate", "rate: " + rate.get() + " is not above 0", "give rows per second");
            return Optional.empty();
        }
        return rate;
    }

    private static AcceptWindow accept(Fields fields) {
        AcceptWindow window = new AcceptWindow(fields.duration("past"), fields.duration("future"));
        fields.close();
        return window;
    }

    private static TemporalAmount quarantineKeep(Fields fields) {
        TemporalAmount keep = fields.amount("keep").orElse(Datastore.DEFAULT_QUARANTINE_KEEP);
        fields.close();
        return keep;
    }

    private static JsonSchema schema(Fields fields) {
        Optional<Node> node = fields.node("schema");
        if (node.isPresent() && node.get() instanceof Members members) {
            return new JsonSchema(members.plain());
        }
        if (node.isPresent()) {
            fields.wrongType("schema", "a JSON Schema", "");
        } else {
            fields.missing("schema");
        }
        return new JsonSchema(Map.of());
    }

    static <E> List<String> labels(E[] values, Function<E, String> label) {
        return Arrays.stream(values).map(label).toList();
    }
}
