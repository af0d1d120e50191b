package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.CheckKind;
import io.datalifecycle.dlt.template.OnFail;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the checks of a featurestore. */
final class CheckReader {

    private static final List<String> KINDS = CheckKind.labels();

    private CheckReader() {}

    static List<Check> all(Fields fields) {
        List<Check> checks = new ArrayList<>();
        fields.group("checks").ifPresent(group -> group.each((key, check) -> checks.add(check(key, check))));
        return checks;
    }

    private static Check check(String key, Fields fields) {
        List<String> given = KINDS.stream().filter(fields::has).toList();
        KINDS.forEach(fields::node);
        Check check = new Check.NotNull(key, "", OnFail.WARN);
        if (given.size() == 1) {
            check = check(key, given.get(0), fields);
        } else {
            String message = given.isEmpty()
                    ? "it has none of " + String.join(", ", KINDS)
                    : String.join(" and ", given) + " cannot be combined";
            fields.error(ProblemCode.MISSING_KEY, "", message, "a check has exactly one of them");
        }
        bounds(fields, given);
        Optional<OnFail> onFail = fields.oneOf(
                "on_fail",
                OnFail::of,
                Arrays.stream(OnFail.values()).map(OnFail::label).toList());
        if (check instanceof Check.Freshness
                && onFail.filter(OnFail.BLOCK::equals).isPresent()) {
            fields.badValue("on_fail", Check.Freshness.NO_BLOCK, "leave on_fail out");
        }
        fields.close();
        return check.with(onFail.orElse(OnFail.WARN));
    }

    private static Check check(String key, String kind, Fields fields) {
        return switch (kind) {
            case "not_null" -> new Check.NotNull(key, fields.needText(kind), OnFail.WARN);
            case "range" ->
                new Check.Range(key, fields.needText(kind), fields.number("min"), fields.number("max"), OnFail.WARN);
            case "unique" -> new Check.Unique(key, fields.texts(kind), OnFail.WARN);
            case "freshness" -> new Check.Freshness(key, fields.duration(kind).orElse(Duration.ofHours(1)));
            case "rows" -> rows(key, fields.needGroup(kind));
            default -> new Check.Sql(key, fields.needText(kind), OnFail.WARN);
        };
    }

    private static Check rows(String key, Fields fields) {
        Check rows = new Check.RowCount(key, whole(fields, "min"), whole(fields, "max"), OnFail.WARN);
        fields.close();
        return rows;
    }

    private static Optional<Long> whole(Fields fields, String key) {
        Optional<BigDecimal> number = fields.number(key);
        try {
            return number.map(BigDecimal::longValueExact);
        } catch (ArithmeticException e) {
            fields.badValue(key, key + ": " + number.get() + " is no whole number of rows", "");
            return Optional.empty();
        }
    }

    /** The bounds of a range stand beside it; beside another kind they would say nothing. */
    private static void bounds(Fields fields, List<String> given) {
        for (String bound : List.of("min", "max")) {
            if (fields.node(bound).isPresent() && given.size() == 1 && !given.contains(CheckKind.RANGE.label())) {
                fields.error(
                        ProblemCode.UNKNOWN_KEY,
                        bound,
                        bound + " says nothing beside " + given.get(0),
                        given.contains(CheckKind.ROWS.label())
                                ? "write rows: {" + bound + ": …}"
                                : "it belongs to range");
            }
        }
    }
}
