package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.ingest.RowsFormat;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.internal.CsvSettings;
import io.datalifecycle.dlt.row.internal.CsvTextRecords;
import io.datalifecycle.dlt.row.internal.JavaObjects;
import io.datalifecycle.dlt.row.internal.JsonRecords;
import io.datalifecycle.dlt.row.internal.MapRecords;
import io.datalifecycle.dlt.row.internal.RecordReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the beginning of a source into columns. Not thread-safe. */
final class SampleReader {

    private static final int MOST_CELLS = 3_000_000;
    private static final int MOST_INNER = 20;
    private static final int MOST_COLUMNS = 400;

    private final List<JsonNode> records = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();
    private long broken;
    private boolean more;

    private SampleReader() {}

    static Sample read(Rows rows, Reasons reasons) {
        SampleReader reader = new SampleReader();
        Sample.@Nullable Csv csv;
        try (RecordReader source = open(rows)) {
            reader.take(source);
            csv = source instanceof CsvTextRecords text ? reader.csv(text, rows.csvFormat()) : null;
        } catch (IOException | UncheckedIOException e) {
            throw new DltException(
                    ProblemCode.SOURCE_UNREADABLE, rows.name() + " cannot be read as a sample: " + e.getMessage(), e);
        }
        reader.tell(rows, reasons);
        return reader.sample(rows.name(), csv);
    }

    private static RecordReader open(Rows rows) {
        return switch (rows.format()) {
            case NDJSON -> JsonRecords.lines(rows.open());
            case JSON -> JsonRecords.array(rows.open());
            case CSV -> csv(rows);
            case MAPS -> new MapRecords(rows.values().iterator(), JavaObjects::map);
            case OBJECTS -> new MapRecords(rows.values().iterator(), JavaObjects.reader());
        };
    }

    private static RecordReader csv(Rows rows) {
        CsvFormat format = rows.csvFormat();
        CsvSettings settings = new CsvSettings(
                format.delimiter().orElse((char) 0), format.hasDecimalComma(), null, Map.of(), format.nulls());
        return new CsvTextRecords(
                new InputStreamReader(rows.open(), format.charset().newDecoder()), settings, rows.name(), Set.of());
    }

    private void take(RecordReader source) throws IOException {
        while (source.next()) {
            if (records.size() >= TemplateProposal.MOST_ROWS || records.size() * (long) names.size() > MOST_CELLS) {
                more = true;
                return;
            }
            if (source.broken() != null || !source.record().isObject()) {
                broken++;
                continue;
            }
            records.add(source.record());
            source.record().properties().forEach(member -> names.add(member.getKey()));
        }
    }

    private Sample.Csv csv(CsvTextRecords text, CsvFormat given) {
        names.clear();
        names.addAll(text.names());
        return CsvHabits.of(records, names, text.delimiter(), given);
    }

    private void tell(Rows rows, Reasons reasons) {
        if (records.isEmpty()) {
            throw new InvalidInputException(
                    ProblemCode.SAMPLE_UNUSABLE,
                    rows.name() + ": there is no row to learn from"
                            + (broken == 0 ? "" : " (" + broken + " records cannot be read)")
                            + "; give a sample with "
                            + (rows.format() == RowsFormat.CSV
                                    ? "a header and rows of as many fields"
                                    : "JSON objects"));
        }
        reasons.add("", "from " + records.size() + " rows of " + rows.name());
        if (more) {
            reasons.add(
                    "", "rows after the first " + records.size() + " were not looked at; what they hold may not fit");
        }
        if (broken > 0) {
            reasons.add("", broken + " records could not be read and were left out");
        }
    }

    private Sample sample(String name, Sample.@Nullable Csv csv) {
        List<Sample.Source> sources = new ArrayList<>();
        for (String member : names) {
            if (member.isBlank()) {
                continue; // nothing can be mapped from it
            }
            Set<String> inner = csv == null ? inner(member) : Set.of();
            if (inner.isEmpty()) {
                sources.add(new Sample.Source(member, member, null, values(member, null, csv)));
            }
            for (String child : inner) {
                sources.add(new Sample.Source(member + " " + child, member, child, values(member, child, csv)));
            }
        }
        if (sources.size() > MOST_COLUMNS) {
            throw new InvalidInputException(
                    ProblemCode.SAMPLE_UNUSABLE,
                    name + ": has " + sources.size() + " columns, a proposal takes at most " + MOST_COLUMNS
                            + "; keep those that matter");
        }
        return new Sample(name, records.size(), sources, csv);
    }

    /** Names within an object whose members are plain values and few; empty when the object is kept as JSON. */
    private Set<String> inner(String member) {
        Set<String> inner = new LinkedHashSet<>();
        for (JsonNode item : records) {
            JsonNode value = item.get(member);
            if (value == null || value.isNull()) {
                continue;
            }
            if (!value.isObject() || value.isEmpty()) {
                return Set.of();
            }
            for (Map.Entry<String, JsonNode> child : value.properties()) {
                if (child.getValue().isContainer() || child.getKey().isEmpty()) {
                    return Set.of();
                }
                inner.add(child.getKey());
            }
            if (inner.size() > MOST_INNER) {
                return Set.of();
            }
        }
        return inner;
    }

    private List<@Nullable JsonNode> values(String member, @Nullable String inner, Sample.@Nullable Csv csv) {
        List<@Nullable JsonNode> values = new ArrayList<>(records.size());
        for (JsonNode item : records) {
            JsonNode value = item.get(member);
            JsonNode leaf = inner == null || value == null ? value : value.get(inner);
            boolean none = leaf == null || leaf.isNull() || (csv != null && csv.isNone(leaf.stringValue()));
            values.add(none ? null : leaf);
        }
        return values;
    }
}
