package io.datalifecycle.dlt.ingest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is written. Immutable. Quotes are {@code "}, doubled inside of quotes; the first line that is not empty is the
 * header. An empty field is no value, {@code ""} is the empty text.
 *
 * <pre>{@code
 * CsvFormat.builder().delimiter(';').decimalComma().zone(ZoneId.of("Europe/Berlin"))
 *     .column("ts", "datetime").constant("asset_id", "P-101").build();
 * }</pre>
 */
public final class CsvFormat {

    private static final CsvFormat DEFAULTS = builder().build();

    private final Builder settings;

    private CsvFormat(Builder settings) {
        this.settings = settings;
    }

    /** UTF-8, delimiter found in the header, decimal point, times with an offset. */
    public static CsvFormat ofDefaults() {
        return DEFAULTS;
    }

    /** Starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts with these settings. */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /** Between fields; empty to find out of comma, semicolon, tab and bar which the header uses. */
    public Optional<Character> delimiter() {
        return Optional.ofNullable(settings.delimiter);
    }

    /** Whether {@code 1,5} is one and a half. */
    public boolean hasDecimalComma() {
        return settings.decimalComma;
    }

    /** Charset of the file; text that is not in it breaks the source rather than being replaced. */
    public Charset charset() {
        return settings.charset;
    }

    /** Zone of times without an offset; empty when such times are wrong. */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(settings.zone);
    }

    /** Name in the header by column of the store; a column that is not here goes by its own name. */
    public Map<String, String> columns() {
        return Collections.unmodifiableMap(settings.columns);
    }

    /** Values for columns the file does not have. */
    public Map<String, Object> constants() {
        return Collections.unmodifiableMap(settings.constants);
    }

    /** Texts that stand for no value, besides the empty field. */
    public Set<String> nulls() {
        return Collections.unmodifiableSet(settings.nulls);
    }

    /** Collects settings. Not thread-safe; can be used again after {@link #build()}. */
    public static final class Builder {

        private @Nullable Character delimiter;
        private boolean decimalComma;
        private Charset charset = StandardCharsets.UTF_8;
        private @Nullable ZoneId zone;
        private final Map<String, String> columns = new LinkedHashMap<>();
        private final Map<String, Object> constants = new LinkedHashMap<>();
        private final Set<String> nulls = new LinkedHashSet<>();

        private Builder() {}

        private Builder(Builder other) {
            delimiter = other.delimiter;
            decimalComma = other.decimalComma;
            charset = other.charset;
            zone = other.zone;
            columns.putAll(other.columns);
            constants.putAll(other.constants);
            nulls.addAll(other.nulls);
        }

        /** Between fields; not a quote, not a line end. */
        public Builder delimiter(char character) {
            if (character == '"' || character == '\n' || character == '\r' || character == 0) {
                throw new IllegalArgumentException("delimiter: a quote, a line end or U+0000 cannot separate fields");
            }
            this.delimiter = character;
            return this;
        }

        /** {@code 1,5} is one and a half. */
        public Builder decimalComma() {
            this.decimalComma = true;
            return this;
        }

        /** Charset of the file, UTF-8 by default. */
        public Builder charset(Charset value) {
            this.charset = Objects.requireNonNull(value, "charset");
            return this;
        }

        /**
         * Zone of times without an offset, for instance {@code 2020-03-09 10:14:33}. A time in the gap of a spring-forward day
         * moves forward by the gap; of a repeated hour the first is meant.
         */
        public Builder zone(ZoneId value) {
            this.zone = Objects.requireNonNull(value, "zone");
            return this;
        }

        /** A column of the store is the field of that name in the header. */
        public Builder column(String column, String field) {
            Objects.requireNonNull(column, "column");
            String before =
                    columns.put(column, Objects.requireNonNull(field, "field").strip());
            if (before != null) {
                throw new IllegalArgumentException("column: " + column + " is mapped to " + before + " already");
            }
            return this;
        }

        /** The same value in all rows that lack the column. */
        public Builder constant(String column, Object value) {
            constants.put(Objects.requireNonNull(column, "column"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** A text that stands for no value, for instance {@code NA}. */
        public Builder nullText(String text) {
            nulls.add(Objects.requireNonNull(text, "text"));
            return this;
        }

        public CsvFormat build() {
            return new CsvFormat(new Builder(this));
        }
    }
}
