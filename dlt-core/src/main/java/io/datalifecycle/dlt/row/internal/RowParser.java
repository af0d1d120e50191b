package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** One row of JSON into the batch: straight from the tokens, or through the arbiter where the rules do not suffice. Not thread-safe. */
public final class RowParser {

    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> ROW = new TypeReference<>() {};

    private final RowRules rules;
    private final RowAssembler assembler;
    private final @Nullable Constants constants;
    private final @Nullable PlainRow plain;
    private final boolean flat;

    /**
     * @param batch what the rows go into
     * @param constants set in rows that lack them
     * @param window accepted times
     */
    public RowParser(RowRules rules, RowBatch.Builder batch, @Nullable Constants constants, Window window) {
        this.rules = rules;
        this.constants = constants;
        this.assembler = new RowAssembler(rules, batch, constants, window);
        this.plain = PlainRow.of(assembler);
        this.flat = rules.isFlat();
    }

    /** For readers that set cells themselves. */
    RowAssembler assembler() {
        return assembler;
    }

    /** Accepts other times from the next row on. */
    public void window(Window window) {
        assembler.window(window);
    }

    /** Reads the JSON text of one row; null when it is in the batch, else why not. */
    public @Nullable RowRejection bytes(byte[] buffer, int from, int length, long position) {
        if (plain != null && plain.read(buffer, from, from + length, position)) {
            return null;
        }
        int wrong = Utf8.malformed(buffer, from, from + length);
        if (wrong >= 0) {
            assembler.fail(List.of(new Reason(
                    "",
                    "syntax",
                    "the row is not UTF-8 at byte " + (wrong - from + 1) + "; save the source as UTF-8")));
            return refused(buffer, from, length, position);
        }
        try {
            boolean stored = rules.arbiter == null
                    ? tokens(buffer, from, length, position)
                    : tree(parse(buffer, from, length), position);
            if (!stored && rules.coerce && rules.arbiter == null) {
                stored = coerced(parse(buffer, from, length), position);
            }
            if (stored) {
                return null;
            }
        } catch (JacksonException e) {
            assembler.fail(List.of(syntax(e)));
        } catch (NumberFormatException | ArithmeticException e) { // a number no decimal holds
            assembler.fail(List.of(
                    new Reason("", "syntax", "the row holds a number that cannot be read; ±1e308 is the limit")));
        }
        return refused(buffer, from, length, position);
    }

    /** Read a second time, for the values that the reasons are about; most rows are never refused. */
    private RowRejection refused(byte[] buffer, int from, int length, long position) {
        JsonNode row;
        try {
            row = parse(buffer, from, length);
        } catch (JacksonException | NumberFormatException | ArithmeticException e) {
            row = MissingNode.getInstance();
        }
        if (constants != null && row instanceof ObjectNode object) { // what is replayed later must not lack them
            constants.fill(object);
            return rejection(position, object);
        }
        String payload = new String(buffer, from, Math.min(length, 512 * 1024), StandardCharsets.UTF_8);
        return rejection(position, payload, row);
    }

    /** Reads one row that is mended before; null when it is in the batch, else why not. */
    public @Nullable RowRejection mended(
            byte[] payload, UnaryOperator<Map<String, @Nullable Object>> fix, long position) {
        Map<String, @Nullable Object> row;
        try {
            row = Json.MAPPER.readValue(payload, ROW);
        } catch (JacksonException | NumberFormatException | ArithmeticException e) {
            return bytes(payload, 0, payload.length, position); // tells what is wrong
        }
        return MapRowReader.one(this, fix.apply(row), position);
    }

    private boolean tokens(byte[] buffer, int from, int length, long position) {
        if (length > 1 && (buffer[from] == 0 || buffer[from + 1] == 0)) {
            assembler.fail(List.of(new Reason("", "syntax", "the row is not UTF-8; save the source as UTF-8")));
            return false;
        }
        try (JsonParser parser = Json.MAPPER.createParser(buffer, from, length)) {
            return assembler.read(parser, position, true);
        }
    }

    private static JsonNode parse(byte[] buffer, int from, int length) {
        return Json.MAPPER.readTree(buffer, from, length);
    }

    /** Reads one row that is a tree already; null when it is in the batch, else why not. */
    public @Nullable RowRejection node(ObjectNode row, long position) {
        return tree(row, position) ? null : rejection(position, row);
    }

    private boolean tree(JsonNode row, long position) {
        return strict(row, position) || (rules.coerce && coerced(row, position));
    }

    private boolean coerced(JsonNode row, long position) {
        if (!(row instanceof ObjectNode)) {
            return false;
        }
        ObjectNode copy = (ObjectNode) row.deepCopy(); // the quarantine keeps the row as it came
        return Coercion.apply(rules, copy) && strict(copy, position);
    }

    private boolean strict(JsonNode row, long position) {
        if (rules.arbiter != null) {
            if (constants != null && row instanceof ObjectNode object) {
                constants.fill(object);
            }
            List<Reason> reasons = rules.arbiter.judge(row);
            if (!reasons.isEmpty()) {
                assembler.fail(reasons);
                return false;
            }
        }
        if (flat && row instanceof ObjectNode object) {
            return assembler.flat(object, position);
        }
        try (JsonParser parser = Json.MAPPER.treeAsTokens(row)) {
            return assembler.read(parser, position, false);
        }
    }

    /** What the assembler complained of, with the payload it complained about. */
    RowRejection rejection(long position, ObjectNode row) {
        return rejection(position, row.toString(), row);
    }

    private RowRejection rejection(long position, String payload, JsonNode row) {
        List<Reason> reasons = assembler.reasons().stream()
                .map(reason -> reason.withValue(Texts.valueAt(row, reason.pointer())))
                .toList();
        return new RowRejection(position, reasons, Texts.payload(payload));
    }

    static Reason syntax(JacksonException e) {
        String problem = String.valueOf(e.getOriginalMessage());
        if (e instanceof StreamConstraintsException) {
            return new Reason(
                    "",
                    "syntax",
                    "the row is past a limit: " + Texts.payload(problem.replaceAll(", from `[^`]*`", "")));
        }
        TokenStreamLocation at = e.getLocation();
        String where = at == null || at.getColumnNr() < 1 ? "" : " at character " + at.getColumnNr();
        return new Reason("", "syntax", "the row is no JSON" + where + ": " + Texts.payload(problem));
    }
}
