package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.internal.RecordMapping.Mapped;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows that a mapping makes of records. A block may end within a record that gives many rows. */
public final class MappedRowReader implements RowReader {

    private final RecordReader records;
    private final RecordMapping mapping;
    private final RecordMapping.Lexis lexis;
    private final RowBatch.Builder batch;
    private final RowParser parser;
    private final List<ColumnRule> renamed;
    private final Deque<Mapped> pending = new ArrayDeque<>();

    /** Reads nothing yet. */
    public MappedRowReader(RecordReader records, RecordMapping mapping, Setup setup) {
        this.records = records;
        this.mapping = mapping;
        this.lexis = records.lexis(setup.rules());
        this.renamed = setup.rules().isRenamed() ? setup.rules().rules : List.of();
        this.batch = RowBatch.builder(setup.rules().columns(), setup.expectedRows());
        this.parser = new RowParser(setup.rules(), batch, setup.constants(), setup.window());
    }

    @Override
    public Block read(int maxRows) {
        List<RowRejection> rejected = new ArrayList<>();
        long end = records.size() + MAX_BLOCK_BYTES;
        boolean more = true;
        Break broken = null;
        try {
            while (more && batch.size() + rejected.size() < maxRows && records.size() < end) {
                RowRejection rejection = null;
                if (!pending.isEmpty()) {
                    rejection = row(pending.remove());
                } else {
                    more = records.next();
                    rejection = more ? record() : null;
                }
                if (rejection != null) {
                    rejected.add(rejection);
                }
            }
        } catch (CharacterCodingException e) {
            more = false;
            broken = new Break(
                    records.position(), "the text is not in the charset it is read with; name its charset", e);
        } catch (IOException e) {
            more = false;
            broken = new Break(records.position(), String.valueOf(e.getMessage()), e);
        }
        return new Block(batch.build(), rejected, !more, broken);
    }

    private @Nullable RowRejection record() {
        RowRejection unreadable = records.broken();
        if (unreadable == null) {
            pending.addAll(mapping.rows(records.record(), lexis));
        }
        return unreadable;
    }

    private @Nullable RowRejection row(Mapped mapped) {
        if (mapped.reasons().isEmpty()) {
            return parser.node(placed(mapped.row()), records.position());
        }
        String payload = records.record().toString();
        return new RowRejection(records.position(), mapped.reasons(), Texts.payload(payload));
    }

    /** A mapping fills columns; the schema judges properties. */
    private ObjectNode placed(ObjectNode row) {
        for (ColumnRule rule : renamed) {
            JsonNode value = row.remove(rule.column.name());
            if (value != null) {
                TreePaths.set(row, rule.leaf.path(), value);
            }
        }
        return row;
    }

    @Override
    public List<Problem> warnings() {
        return records.warnings();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
