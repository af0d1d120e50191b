package io.datalifecycle.dlt.row.internal;

import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is to be read. Immutable.
 *
 * @param delimiter between fields; 0 to find it out from the header
 * @param decimalComma whether {@code 1,5} is one and a half
 * @param zone of times without an offset
 * @param fields name in the header by column; other columns have their own name
 * @param nulls texts that stand for no value, besides the empty one
 */
public record CsvSettings(
        char delimiter, boolean decimalComma, @Nullable ZoneId zone, Map<String, String> fields, Set<String> nulls) {

    public CsvSettings {
        fields = Map.copyOf(fields);
        nulls = Set.copyOf(nulls);
    }
}
