package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Records of NDJSON or of a JSON array. */
public final class JsonRecords implements RecordReader {

    private final Slices slices;
    private JsonNode record = NullNode.getInstance();
    private @Nullable RowRejection broken;

    private JsonRecords(Slices slices) {
        this.slices = slices;
    }

    /** A record a line. */
    public static JsonRecords lines(InputStream in) {
        return new JsonRecords(new LineSlices(in));
    }

    /** A list of records, or one. */
    public static JsonRecords array(InputStream in) {
        return new JsonRecords(new ArraySlices(in));
    }

    @Override
    public boolean next() throws IOException {
        broken = null;
        if (!slices.next()) {
            return false;
        }
        if (slices.tooLong) {
            broken = refused(new Reason("", "syntax", "the record is longer than " + (Json.MAX_ROW >> 20) + " MiB"));
            return true;
        }
        try {
            record = Json.MAPPER.readTree(slices.buffer, slices.from, slices.to - slices.from);
        } catch (JacksonException e) {
            broken = refused(RowParser.syntax(e));
        } catch (NumberFormatException | ArithmeticException e) { // a number no decimal holds
            broken = refused(
                    new Reason("", "syntax", "the record holds a number that cannot be read; ±1e308 is the limit"));
        }
        return true;
    }

    private RowRejection refused(Reason reason) {
        int shown = Math.min(slices.to - slices.from, 512 * 1024);
        String payload = new String(slices.buffer, slices.from, shown, StandardCharsets.UTF_8);
        return new RowRejection(slices.number, List.of(reason), Texts.payload(payload));
    }

    @Override
    public long position() {
        return slices.number;
    }

    @Override
    public long size() {
        return slices.bytes;
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
    public void close() throws IOException {
        slices.close();
    }
}
