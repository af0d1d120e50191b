package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records of a CSV file with a header, all of their fields texts until a column or an expression takes them. */
public final class CsvTextRecords implements RecordReader {

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,100}(\\.\\d{0,100})?|\\.\\d{1,100})([eE][+-]?\\d{1,3})?");

    private final CsvRecords records;
    private final CsvSettings settings;
    private final String source;
    private final Set<String> known;
    private final CsvFields fields = new CsvFields();
    private final List<String> names = new ArrayList<>();
    private char delimiter;
    private boolean started;
    private ObjectNode record = JsonNodeFactory.instance.objectNode();
    private @Nullable RowRejection broken;

    /**
     * Reads nothing yet.
     *
     * @param in decoded text; malformed input must throw, not be replaced
     * @param source name of the file, for messages
     * @param known names of fields that are looked at
     */
    public CsvTextRecords(Reader in, CsvSettings settings, String source, Set<String> known) {
        this.records = new CsvRecords(in);
        this.settings = settings;
        this.source = source;
        this.known = known;
        this.delimiter = settings.delimiter();
    }

    @Override
    public boolean next() throws IOException {
        if (!started && !header()) {
            return false;
        }
        broken = null;
        if (!records.next(delimiter)) {
            return false;
        }
        if (records.broken != null) {
            broken = syntax(records.broken);
            return true;
        }
        records.split(delimiter, fields);
        if (fields.count() != names.size()) {
            broken = syntax("the record has " + fields.count() + " fields, the header has " + names.size());
            return true;
        }
        record = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.size(); i++) {
            boolean none = fields.isEmpty(i) || settings.nulls().contains(fields.text(i));
            if (!none) {
                record.put(names.get(i), fields.text(i));
            }
        }
        return true;
    }

    /** Names in the header, in order; none before the first record was asked for. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** Between fields; 0 while it is not known. */
    public char delimiter() {
        return delimiter;
    }

    private boolean header() throws IOException {
        started = true;
        if (!records.next(delimiter)) {
            return false;
        }
        if (delimiter == 0) {
            delimiter = detect(records.text());
        }
        if (records.broken != null) {
            throw new IOException("the header is broken: " + records.broken);
        }
        records.split(delimiter, fields);
        for (int i = 0; i < fields.count(); i++) {
            String name = fields.text(i).strip();
            if (names.contains(name) && !name.isEmpty()) {
                throw new DltException(
                        ProblemCode.CSV_HEADER,
                        source + ": the header names " + Texts.shown(name)
                                + " twice; give each column a name of its own");
            }
            names.add(name);
        }
        return true;
    }

    /** The delimiter that gives the most names somebody looks at, else the most frequent one. */
    private char detect(String line) {
        char best = ',';
        long most = -1;
        for (char candidate : DELIMITERS) {
            String[] parts = line.split(Pattern.quote(String.valueOf(candidate)), -1);
            long score = parts.length;
            for (String part : parts) {
                score += known.contains(part.strip().replace("\"", "")) ? 10_000 : 0;
            }
            if (score > most) {
                most = score;
                best = candidate;
            }
        }
        return best;
    }

    private RowRejection syntax(String problem) {
        return new RowRejection(
                records.number, List.of(new Reason("", "syntax", problem)), Texts.payload(records.text()));
    }

    @Override
    public long position() {
        return records.number;
    }

    @Override
    public long size() {
        return records.characters;
    }

    @Override
    public @Nullable RowRejection broken() {
        return broken;
    }

    @Override
    public JsonNode record() {
        return record;
    }

    @Override
    public RecordMapping.Lexis lexis(RowRules rules) {
        Map<String, ColumnRule> byName = new HashMap<>();
        rules.rules.forEach(rule -> byName.put(rule.column.name(), rule));
        Field field = new Field(settings.decimalComma(), settings.zone());
        return new RecordMapping.Lexis() {
            @Override
            public JsonNode scalar(JsonNode value) {
                if (!value.isString()) {
                    return value;
                }
                point(field, value);
                String number = field.number();
                return NUMBER.matcher(number).matches()
                        ? JsonNodeFactory.instance.numberNode(new java.math.BigDecimal(number))
                        : value;
            }

            @Override
            public JsonNode forColumn(String column, JsonNode value) {
                ColumnRule rule = byName.get(column);
                if (rule == null || !value.isString()) {
                    return value;
                }
                point(field, value);
                return rule.node(field);
            }
        };
    }

    private static void point(Field field, JsonNode value) {
        char[] chars = value.stringValue().toCharArray();
        field.set(chars, 0, chars.length);
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
