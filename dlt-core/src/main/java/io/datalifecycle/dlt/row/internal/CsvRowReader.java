package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rows of a CSV file with a header. Fields are typed as their columns are; an empty field that is not quoted is no value. */
public final class CsvRowReader implements RowReader {

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};

    private final CsvRecords records;
    private final CsvSettings settings;
    private final RowRules rules;
    private final @Nullable Constants constants;
    private final String source;
    private final RowBatch.Builder batch;
    private final RowParser parser;
    private final RowAssembler row;
    private final CsvFields fields = new CsvFields();
    private final Field field;
    private char delimiter;
    private @Nullable CsvHeader header;

    /**
     * Reads nothing yet.
     *
     * @param in decoded text; malformed input must throw, not be replaced
     * @param source name of the file, for messages
     */
    public CsvRowReader(Reader in, CsvSettings settings, String source, Setup setup) {
        this.records = new CsvRecords(in);
        this.settings = settings;
        this.rules = setup.rules();
        this.constants = setup.constants();
        this.source = source;
        this.batch = RowBatch.builder(rules.columns(), setup.expectedRows());
        this.parser = new RowParser(rules, batch, constants, setup.window());
        this.row = parser.assembler();
        this.field = new Field(settings.decimalComma(), settings.zone());
        this.delimiter = settings.delimiter();
    }

    @Override
    public Block read(int maxRows) {
        List<RowRejection> rejected = new ArrayList<>();
        boolean more = true;
        Break broken = null;
        try {
            if (header == null) {
                header = header();
                more = header != null;
            }
            long end = records.characters + MAX_BLOCK_BYTES;
            while (more && batch.size() + rejected.size() < maxRows && records.characters < end) {
                more = records.next(delimiter);
                RowRejection rejection = more && header != null ? record(header) : null;
                if (rejection != null) {
                    rejected.add(rejection);
                }
            }
        } catch (CharacterCodingException e) {
            more = false;
            broken = new Break(
                    records.number, "the text is not in the charset it is read with; set CsvFormat.charset(…)", e);
        } catch (IOException e) {
            more = false;
            broken = new Break(records.number, String.valueOf(e.getMessage()), e);
        }
        return new Block(batch.build(), rejected, !more, broken);
    }

    private @Nullable CsvHeader header() throws IOException {
        if (!records.next(delimiter)) {
            return null;
        }
        if (delimiter == 0) {
            delimiter = detect(records.text());
        }
        if (records.broken != null) {
            throw new IOException("the header is broken: " + records.broken);
        }
        records.split(delimiter, fields);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.count(); i++) {
            names.add(fields.text(i).strip());
        }
        return CsvHeader.match(names, rules, settings, constants == null ? Set.of() : constants.names(), source);
    }

    /** The delimiter that gives the most names the store knows, else the most frequent one. */
    private char detect(String line) {
        char best = ',';
        long most = -1;
        for (char candidate : DELIMITERS) {
            long known = 0;
            String[] names = line.split(java.util.regex.Pattern.quote(String.valueOf(candidate)), -1);
            for (String name : names) {
                String plain = name.strip().replace("\"", "");
                known += rules.properties().contains(plain) || settings.fields().containsValue(plain) ? 1 : 0;
            }
            long score = known * 10_000L + names.length;
            if (score > most) {
                most = score;
                best = candidate;
            }
        }
        return best;
    }

    private @Nullable RowRejection record(CsvHeader columns) {
        if (records.broken != null) {
            return syntax(records.broken);
        }
        records.split(delimiter, fields);
        if (fields.count() != columns.names.size()) {
            return syntax("the record has " + fields.count() + " fields, the header has " + columns.names.size());
        }
        if (rules.needsTree()) {
            return parser.node(tree(columns), records.number);
        }
        row.begin();
        for (int i = 0; i < columns.targets.length; i++) {
            int target = columns.targets[i];
            if (target != CsvHeader.NOWHERE) {
                cell(i, target, columns.names.get(i));
            }
        }
        return row.end(records.number) ? null : parser.rejection(records.number, payload(columns));
    }

    private void cell(int index, int target, String name) {
        boolean empty = isNull(index);
        if (target == CsvHeader.EXTRA) {
            if (!empty) {
                row.extra(name, text(index));
            }
            return;
        }
        ColumnRule rule = rules.rules.get(target);
        if (empty) {
            rule.empty(row);
        } else {
            row.mark(target);
            fields.point(field, index);
            rule.field(field, row);
        }
    }

    private boolean isNull(int index) {
        return fields.isEmpty(index)
                || (!settings.nulls().isEmpty() && settings.nulls().contains(fields.text(index)));
    }

    private JsonNode text(int index) {
        return JsonNodeFactory.instance.stringNode(fields.text(index));
    }

    private ObjectNode tree(CsvHeader columns) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.targets.length; i++) {
            int target = columns.targets[i];
            if (target == CsvHeader.NOWHERE || isNull(i)) {
                continue;
            }
            fields.point(field, i);
            if (target == CsvHeader.EXTRA) {
                tree.set(columns.names.get(i), text(i));
            } else {
                ColumnRule rule = rules.rules.get(target);
                TreePaths.set(tree, rule.leaf.path(), rule.node(field));
            }
        }
        return tree;
    }

    /** As JSON, so that a mended row can be replayed without the file's header and settings. */
    private ObjectNode payload(CsvHeader columns) {
        ObjectNode tree = tree(columns);
        if (constants != null) {
            constants.fill(tree);
        }
        return tree;
    }

    private RowRejection syntax(String problem) {
        return new RowRejection(
                records.number, List.of(new Reason("", "syntax", problem)), Texts.payload(records.text()));
    }

    @Override
    public List<Problem> warnings() {
        return header == null ? List.of() : header.warnings;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
