package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.problem.Problem;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of a connector of type {@code push}: {@code csv}, how CSV is written that the host hands over. */
public final class PushOptions {

    private static final String CSV = "csv";

    private PushOptions() {}

    /** What is wrong with the options; pointers are relative to the connector. */
    public static List<Problem> check(Map<String, Object> options) {
        OptionReader reader = new OptionReader(options);
        CsvOptions.read(reader, ZoneOffset.UTC);
        return reader.problems();
    }

    /**
     * How CSV is written; empty when the options do not say. Throws {@link io.datalifecycle.dlt.problem.DltException} with
     * {@code CONNECTOR_OPTION} for options that are wrong.
     *
     * @param connector its key, for messages
     * @param zone of times without an offset when the options name none
     */
    public static Optional<CsvFormat> csv(String connector, Map<String, Object> options, ZoneId zone) {
        if (!options.containsKey(CSV)) {
            return Optional.empty();
        }
        OptionReader reader = new OptionReader(options);
        CsvFormat format = CsvOptions.read(reader, zone);
        reader.throwIfWrong(connector);
        return Optional.of(format);
    }
}
