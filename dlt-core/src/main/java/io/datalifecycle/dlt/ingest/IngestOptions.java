package io.datalifecycle.dlt.ingest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How rows are ingested. Immutable.
 *
 * @param source where the rows come from, for people; empty for the name of the {@link Rows}; cut at 200 characters
 * @param batchId identity of what is sent: sending the same again under the same id changes nothing, with or without a natural
 *     key; empty for none
 * @param constants values for columns that rows lack; a row's own value wins
 * @param batchRows most rows written in one transaction, 1 to 1,000,000. The same batch id must come with the same number
 */
public record IngestOptions(
        Optional<String> source, Optional<String> batchId, Map<String, Object> constants, int batchRows) {

    /** Rows in one transaction when nothing else is said. */
    public static final int DEFAULT_BATCH_ROWS = 50_000;

    /** Longest batch id. */
    public static final int MAX_BATCH_ID = 150;

    private static final int MAX_SOURCE = 200;

    public IngestOptions {
        source = source.map(IngestOptions::cut);
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        if (batchRows < 1 || batchRows > 1_000_000) {
            throw new IllegalArgumentException("batchRows: " + batchRows + " is not between 1 and 1,000,000");
        }
        batchId.ifPresent(id -> {
            if (id.isBlank() || id.length() > MAX_BATCH_ID) {
                throw new IllegalArgumentException("batchId: 1 to " + MAX_BATCH_ID + " characters are expected");
            }
        });
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= MAX_SOURCE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_SOURCE));
    }

    /** No source, no batch id, no constants. */
    public static IngestOptions ofDefaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {

        private Optional<String> source = Optional.empty();
        private Optional<String> batchId = Optional.empty();
        private final Map<String, Object> constants = new LinkedHashMap<>();
        private int batchRows = DEFAULT_BATCH_ROWS;

        private Builder() {}

        /** Where the rows come from, for people. */
        public Builder source(String text) {
            this.source = Optional.of(text);
            return this;
        }

        /** Identity of what is sent, for instance name and checksum of a file. */
        public Builder batchId(String id) {
            this.batchId = Optional.of(id);
            return this;
        }

        /** The same value in all rows that lack the column. */
        public Builder constant(String column, Object value) {
            constants.put(Objects.requireNonNull(column, "column"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Most rows written in one transaction. */
        public Builder batchRows(int rows) {
            this.batchRows = rows;
            return this;
        }

        public IngestOptions build() {
            return new IngestOptions(source, batchId, constants, batchRows);
        }
    }
}
