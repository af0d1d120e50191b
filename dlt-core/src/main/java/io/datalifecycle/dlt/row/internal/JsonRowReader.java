package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of NDJSON or of a JSON array. */
public final class JsonRowReader implements RowReader {

    private final Slices slices;
    private final RowBatch.Builder batch;
    private final RowParser parser;

    private JsonRowReader(Slices slices, Setup setup) {
        this.slices = slices;
        this.batch = RowBatch.builder(setup.rules().columns(), setup.expectedRows());
        this.parser = new RowParser(setup.rules(), batch, setup.constants(), setup.window());
    }

    /** A row a line. */
    public static JsonRowReader lines(InputStream in, Setup setup) {
        return new JsonRowReader(new LineSlices(in), setup);
    }

    /** A list of rows, or one row. */
    public static JsonRowReader array(InputStream in, Setup setup) {
        return new JsonRowReader(new ArraySlices(in), setup);
    }

    @Override
    public Block read(int maxRows) {
        List<RowRejection> rejected = new ArrayList<>();
        long end = slices.bytes + MAX_BLOCK_BYTES;
        Break broken = null;
        boolean more = true;
        long last = slices.number;
        try {
            while (batch.size() + rejected.size() < maxRows && slices.bytes < end) {
                more = slices.next();
                if (!more) {
                    break;
                }
                last = slices.number;
                RowRejection rejection = slices.tooLong ? tooLong() : parse();
                if (rejection != null) {
                    rejected.add(rejection);
                }
            }
        } catch (IOException e) {
            more = false;
            broken = new Break(last, String.valueOf(e.getMessage()), e);
        }
        return new Block(batch.build(), rejected, !more, broken);
    }

    private @Nullable RowRejection parse() {
        return parser.bytes(slices.buffer, slices.from, slices.to - slices.from, slices.number);
    }

    private RowRejection tooLong() {
        Reason reason = new Reason("", "syntax", "the row is longer than " + (Json.MAX_ROW >> 20) + " MiB");
        String payload = new String(slices.buffer, slices.from, slices.to - slices.from, StandardCharsets.UTF_8);
        return new RowRejection(slices.number, List.of(reason), Texts.payload(payload));
    }

    @Override
    public void close() throws IOException {
        slices.close();
    }
}
