package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.ingest.CsvFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** How a CSV file is written that does not say so: decimal commas, words for no value. */
final class CsvHabits {

    private static final Set<String> NONE =
            Set.of("NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "null", "NULL", "None", "-", "--", "?");
    private static final Pattern COMMA = Pattern.compile("[+-]?\\d+(,\\d+)?([eE][+-]?\\d{1,3})?");
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})*");

    private CsvHabits() {}

    static Sample.Csv of(List<JsonNode> records, Collection<String> names, char delimiter, CsvFormat given) {
        Set<String> nulls = new TreeSet<>(given.nulls());
        boolean comma = given.hasDecimalComma();
        for (String name : names) {
            List<String> values = new ArrayList<>();
            Set<String> none = new TreeSet<>();
            for (JsonNode item : records) {
                JsonNode value = item.get(name);
                if (value != null) {
                    String text = value.stringValue();
                    if (text.isBlank() || NONE.contains(text)) {
                        none.add(text);
                    } else {
                        values.add(text);
                    }
                }
            }
            boolean commas = isComma(values);
            comma |= commas;
            if (!none.isEmpty() && !values.isEmpty() && (commas || isTyped(values))) {
                nulls.addAll(none);
            }
        }
        nulls.remove("");
        return new Sample.Csv(delimiter == 0 ? ',' : delimiter, comma, nulls);
    }

    /** Whether all are numbers with commas and one is so beyond doubt, for {@code 1,234} may be a thousand. */
    private static boolean isComma(List<String> values) {
        boolean certain = false;
        for (String value : values) {
            String text = value.strip();
            if (!COMMA.matcher(text).matches()) {
                return false;
            }
            certain |= text.indexOf(',') >= 0 && !THOUSANDS.matcher(text).matches();
        }
        return certain;
    }

    /** Whether a word between such values can only mean that there is none. */
    private static boolean isTyped(List<String> values) {
        return values.stream().allMatch(text -> Values.isNumber(text, false))
                || values.stream().allMatch(text -> Values.isDate(text) || Values.isDateTime(text, true));
    }
}
