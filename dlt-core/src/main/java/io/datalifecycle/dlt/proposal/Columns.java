package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.row.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Gives columns a name and a type. Not thread-safe. */
final class Columns {

    private final Sample sample;
    private final TimeFinder.Found time;
    private final TimeFinder times;
    private final ProposalOptions options;
    private final Reasons reasons;
    private final Set<String> taken = new LinkedHashSet<>();

    Columns(Sample sample, TimeFinder.Found time, TimeFinder times, ProposalOptions options, Reasons reasons) {
        this.sample = sample;
        this.time = time;
        this.times = times;
        this.options = options;
        this.reasons = reasons;
    }

    /** The time column, then the others in their order; those without a value are left out. */
    List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        Heading heading = Heading.of(time.source().label());
        String name = unique(heading.name().isEmpty() ? "ts" : heading.name());
        findings.add(new Finding(
                time.source(), name, heading, ColumnType.TIMESTAMP, distinct(time.source()), 0, mapping(time)));
        int number = 0;
        for (Sample.Source source : sample.sources()) {
            number++;
            if (source == time.source()) {
                continue;
            }
            if (source.present().isEmpty()) {
                reasons.add(
                        "",
                        "\"" + source.label()
                                + "\" has no value in the sample and is left out; add it when you know what"
                                + " it holds");
                continue;
            }
            findings.add(finding(source, number));
        }
        return findings;
    }

    private Finding finding(Sample.Source source, int number) {
        Heading heading = Heading.of(source.label());
        String column = unique(heading.name().isEmpty() ? "column_" + number : heading.name());
        ColumnType type = type(source);
        Optional<String> mapping = Optional.empty();
        if (type == ColumnType.TEXT && source.present().get(0).isString()) {
            Optional<TimeFinder.Found> written =
                    times.find(source).filter(found -> found.format().hasClock());
            type = written.isPresent() ? ColumnType.TIMESTAMP : type;
            mapping = written.flatMap(this::mapping);
        }
        int longest = type == ColumnType.TEXT ? longest(source) : 0;
        Finding finding = new Finding(source, column, heading, type, distinct(source), longest, mapping);
        tell(finding);
        return finding;
    }

    private Optional<String> mapping(TimeFinder.Found found) {
        boolean plain = found.format().kind() == TimeFormat.Kind.DIRECT
                || found.format().kind() == TimeFormat.Kind.LOCAL;
        return plain ? Optional.empty() : Optional.of(found.format().mapping(found.source(), options.zone()));
    }

    private void tell(Finding finding) {
        long none = finding.source().values().stream()
                .filter(value -> value == null)
                .count();
        String header = finding.heading()
                        .unit()
                        .filter(unit -> finding.type().isNumeric())
                        .isPresent()
                ? "; the unit stands in the header"
                : "";
        reasons.add(
                Reasons.STORE + "/schema/properties/" + finding.column(),
                "\"" + finding.source().label() + "\": " + words(finding.type()) + " in every row that has a value"
                        + (none == 0 ? "" : "; " + none + " rows have none")
                        + (finding.isConstant() ? "; always the same" : "")
                        + header);
    }

    private static String words(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case BIGINT -> "a whole number";
            case DOUBLE, DECIMAL -> "a number";
            case TIMESTAMP -> "a time";
            case DATE -> "a date";
            case UUID -> "a UUID";
            case JSON -> "objects, lists or several types, kept as JSON,";
            case TEXT, TIME -> "a text";
        };
    }

    private ColumnType type(Sample.Source source) {
        List<JsonNode> values = source.present();
        if (values.stream().allMatch(JsonNode::isBoolean)) {
            return ColumnType.BOOLEAN;
        }
        if (values.stream().allMatch(JsonNode::isNumber)) {
            return number(values);
        }
        if (!values.stream().allMatch(JsonNode::isString)) {
            return ColumnType.JSON;
        }
        return sample.isText() ? csvType(values) : textType(values, false);
    }

    private static ColumnType number(List<JsonNode> values) {
        if (values.stream().allMatch(value -> value.isIntegralNumber() && value.canConvertToLong())) {
            return ColumnType.BIGINT;
        }
        return values.stream().map(value -> new BigDecimal(value.toString())).allMatch(Values::isStorable)
                ? ColumnType.DOUBLE
                : ColumnType.JSON;
    }

    private ColumnType csvType(List<JsonNode> values) {
        boolean comma = sample.csv() != null && sample.csv().decimalComma();
        if (all(values, Values::isBoolean)) {
            return ColumnType.BOOLEAN;
        }
        if (all(values, text -> Values.isNumber(text, comma))) {
            if (values.stream().anyMatch(value -> Values.isPadded(value.stringValue()))) {
                return ColumnType.TEXT;
            }
            return all(values, Values::isWhole) ? ColumnType.BIGINT : ColumnType.DOUBLE;
        }
        return textType(values, true);
    }

    private static ColumnType textType(List<JsonNode> values, boolean csv) {
        if (all(values, Values::isUuid)) {
            return ColumnType.UUID;
        }
        if (all(values, Values::isDate)) {
            return ColumnType.DATE;
        }
        return all(values, text -> Values.isDateTime(text, csv)) ? ColumnType.TIMESTAMP : ColumnType.TEXT;
    }

    private static boolean all(List<JsonNode> values, Predicate<String> is) {
        return values.stream().allMatch(value -> is.test(value.stringValue()));
    }

    private static int distinct(Sample.Source source) {
        return new HashSet<>(source.present()).size();
    }

    private static int longest(Sample.Source source) {
        return source.present().stream()
                .mapToInt(value -> value.stringValue().length())
                .max()
                .orElse(0);
    }

    private String unique(String name) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
