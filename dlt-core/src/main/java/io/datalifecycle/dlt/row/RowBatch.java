package io.datalifecycle.dlt.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A block of typed rows, stored by column: {@code long[]} for bigint, boolean, timestamp (microseconds since the epoch), date
 * (days since the epoch) and time (microseconds of the day), {@code double[]} for double, objects for the rest. Written through a
 * {@link Builder}, read-only afterwards and then safe to share between threads. Each row knows its position in its source.
 */
public final class RowBatch {

    private final RowSchema schema;
    private final int size;
    private final Object[] data;
    private final long[][] present;
    private final long[] positions;

    private RowBatch(RowSchema schema, int size, Object[] data, long[][] present, long[] positions) {
        this.schema = schema;
        this.size = size;
        this.data = data;
        this.present = present;
        this.positions = positions;
    }

    public static Builder builder(RowSchema schema, int expectedRows) {
        return new Builder(schema, expectedRows);
    }

    public RowSchema schema() {
        return schema;
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    /** 1-based line or record number of the row in its source. */
    public long position(int row) {
        return positions[row];
    }

    public boolean isNull(int row, int column) {
        return (present[column][row >> 6] >>> row & 1) == 0;
    }

    /** Raw value of a bigint, boolean (0 or 1), timestamp (µs), date (days) or time (µs) column; undefined for null. */
    public long longAt(int row, int column) {
        return ((long[]) data[column])[row];
    }

    /** Value of a double column; undefined for null. */
    public double doubleAt(int row, int column) {
        return ((double[]) data[column])[row];
    }

    /** Value of a text, json, decimal or uuid column; undefined for null. */
    public Object objectAt(int row, int column) {
        return ((Object[]) data[column])[row];
    }

    /** The value as the Java type of its {@link ColumnType}. */
    public @Nullable Object value(int row, int column) {
        if (isNull(row, column)) {
            return null;
        }
        return switch (schema.column(column).type()) {
            case DOUBLE -> doubleAt(row, column);
            case BIGINT -> longAt(row, column);
            case BOOLEAN -> longAt(row, column) != 0;
            case TIMESTAMP -> instantOf(longAt(row, column));
            case DATE -> LocalDate.ofEpochDay(longAt(row, column));
            case TIME -> LocalTime.ofNanoOfDay(longAt(row, column) * 1_000);
            case TEXT, DECIMAL, UUID, JSON -> objectAt(row, column);
        };
    }

    /** The row as a new map from column name to value, in column order; nulls included. For display and small results. */
    public Map<String, @Nullable Object> row(int row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int c = 0; c < schema.size(); c++) {
            map.put(schema.column(c).name(), value(row, c));
        }
        return map;
    }

    /** The instant of that many microseconds since the epoch. */
    public static Instant instantOf(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    /** Microseconds since the epoch, finer parts cut off downwards. */
    public static long microsOf(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    /** Fills a batch row by row; cells left unset are null. Not thread-safe. */
    public static final class Builder {

        private final RowSchema schema;
        private Object[] data;
        private long[][] present; // a bit a row
        private long[] positions;
        private int capacity;
        private int row;

        private Builder(RowSchema schema, int expectedRows) {
            this.schema = schema;
            this.capacity = Math.max(16, expectedRows);
            this.data = new Object[schema.size()];
            this.present = new long[schema.size()][words()];
            this.positions = new long[capacity];
            allocate();
        }

        private int words() {
            return (capacity + Long.SIZE - 1) / Long.SIZE;
        }

        private void allocate() {
            for (int c = 0; c < schema.size(); c++) {
                data[c] = allocate(schema.column(c).type());
            }
        }

        private void mark(int column) {
            present[column][row >> 6] |= 1L << row;
        }

        private Object allocate(ColumnType type) {
            return switch (type) {
                case DOUBLE -> new double[capacity];
                case BIGINT, BOOLEAN, TIMESTAMP, DATE, TIME -> new long[capacity];
                case TEXT, DECIMAL, UUID, JSON -> new Object[capacity];
            };
        }

        /** Sets a bigint, boolean (0 or 1), timestamp (µs), date (days) or time (µs) cell of the current row. */
        public void setLong(int column, long value) {
            ((long[]) data[column])[row] = value;
            mark(column);
        }

        /** Sets a double cell of the current row. */
        public void setDouble(int column, double value) {
            ((double[]) data[column])[row] = value;
            mark(column);
        }

        /** Sets a text, json (String), decimal ({@link BigDecimal}) or uuid ({@link UUID}) cell of the current row. */
        public void setObject(int column, Object value) {
            ((Object[]) data[column])[row] = value;
            mark(column);
        }

        /** Sets a cell from the Java type of its column type; null leaves it null. A value of another type is an error. */
        public void set(int column, @Nullable Object value) {
            if (value == null) {
                return;
            }
            switch (schema.column(column).type()) {
                case DOUBLE -> setDouble(column, ((Number) value).doubleValue());
                case BIGINT -> setLong(column, ((Number) value).longValue());
                case BOOLEAN -> setLong(column, ((Boolean) value) ? 1 : 0);
                case TIMESTAMP -> setLong(column, microsOf((Instant) value));
                case DATE -> setLong(column, ((LocalDate) value).toEpochDay());
                case TIME -> setLong(column, ((LocalTime) value).toNanoOfDay() / 1_000);
                case TEXT, JSON -> setObject(column, (String) value);
                case DECIMAL -> setObject(column, (BigDecimal) value);
                case UUID -> setObject(column, (UUID) value);
            }
        }

        /** Ends the current row. */
        public void endRow(long position) {
            positions[row] = position;
            row++;
            if (row == capacity) {
                grow();
            }
        }

        /** Forgets what was set in the current row, so that a refused row leaves nothing behind. */
        public void discardRow() {
            for (long[] bits : present) {
                bits[row >> 6] &= ~(1L << row);
            }
        }

        /** Rows ended so far. */
        public int size() {
            return row;
        }

        private void grow() {
            capacity += capacity / 2;
            positions = Arrays.copyOf(positions, capacity);
            for (int c = 0; c < data.length; c++) {
                Object old = data[c];
                if (old instanceof double[] doubles) {
                    data[c] = Arrays.copyOf(doubles, capacity);
                } else if (old instanceof long[] longs) {
                    data[c] = Arrays.copyOf(longs, capacity);
                } else {
                    data[c] = Arrays.copyOf((Object[]) old, capacity);
                }
                present[c] = Arrays.copyOf(present[c], words());
            }
        }

        /** The batch of all ended rows. The builder starts empty again and can be used for the next batch. */
        public RowBatch build() {
            RowBatch batch = new RowBatch(schema, row, data, present, positions);
            capacity = Math.max(16, row + 1);
            data = new Object[schema.size()];
            present = new long[schema.size()][words()];
            positions = new long[capacity];
            allocate();
            row = 0;
            return batch;
        }
    }
}
