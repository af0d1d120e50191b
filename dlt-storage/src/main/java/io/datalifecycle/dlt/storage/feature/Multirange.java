package io.datalifecycle.dlt.storage.feature;

import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.storage.sql.InstantText;
import io.datalifecycle.dlt.time.TimeRange;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Intervals as PostgreSQL's {@code tstzmultirange}, in and out. */
final class Multirange {

    private Multirange() {}

    /** As a text to bind and to cast. */
    static String text(List<TimeRange> intervals) {
        return intervals.stream()
                .map(interval -> "[" + InstantText.of(interval.from()) + "," + InstantText.of(interval.to()) + ")")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Select list of two columns, the starts and the ends in microseconds since the epoch. */
    static String columns(String multirange) {
        return edges("lower", multirange) + ", " + edges("upper", multirange);
    }

    private static String edges(String edge, String multirange) {
        return "ARRAY(SELECT (extract(epoch FROM " + edge + "(r)) * 1000000)::bigint FROM unnest(" + multirange
                + ") AS r ORDER BY r)";
    }

    /** The intervals of {@link #columns}, ascending. */
    static List<TimeRange> read(ResultSet row, int column) throws SQLException {
        Long[] starts = longs(row.getArray(column));
        Long[] ends = longs(row.getArray(column + 1));
        List<TimeRange> intervals = new ArrayList<>(starts.length);
        for (int i = 0; i < starts.length; i++) {
            intervals.add(TimeRange.of(RowBatch.instantOf(starts[i]), RowBatch.instantOf(ends[i])));
        }
        return intervals;
    }

    private static Long[] longs(Array array) throws SQLException {
        return (Long[]) array.getArray();
    }
}
