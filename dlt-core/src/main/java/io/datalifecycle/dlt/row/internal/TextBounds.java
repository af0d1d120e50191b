package io.datalifecycle.dlt.row.internal;

import com.google.re2j.Pattern;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import io.datalifecycle.dlt.problem.DidYouMean;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON Schema that bound a text. Immutable. */
final class TextBounds {

    /** No bounds at all. */
    static final TextBounds NONE = new TextBounds(Map.of(), null);

    private final int minLength;
    private final int maxLength;
    private final @Nullable Pattern pattern;
    private final String patternText;
    private final @Nullable Set<String> allowed;
    private final @Nullable Format format;

    TextBounds(Map<?, ?> schema, @Nullable Format format) {
        minLength = length(schema.get("minLength"), 0);
        maxLength = length(schema.get("maxLength"), Integer.MAX_VALUE);
        patternText = String.valueOf(schema.get("pattern"));
        pattern = schema.get("pattern") instanceof String regex ? Regex.compile(regex) : null;
        allowed = allowed(schema);
        this.format = format;
    }

    private static int length(@Nullable Object value, int none) {
        return value instanceof BigDecimal number
                ? number.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue()
                : none;
    }

    private static @Nullable Set<String> allowed(Map<?, ?> schema) {
        Set<String> values = null;
        if (schema.get("enum") instanceof List<?> list) {
            values = texts(list);
        }
        if (schema.containsKey("const")) {
            Object only = schema.get("const");
            Set<String> one = only instanceof String text ? Set.of(text) : Set.of();
            if (values == null) {
                values = new LinkedHashSet<>(one);
            } else {
                values.retainAll(one);
            }
        }
        return values;
    }

    private static Set<String> texts(List<?> list) {
        Set<String> texts = new LinkedHashSet<>();
        for (Object value : list) {
            if (value instanceof String text) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The first keyword that the text breaks, null when it breaks none. */
    @Nullable
    String broken(String text) {
        if (allowed != null) {
            return allowed.contains(text) ? others(text) : "enum";
        }
        return others(text);
    }

    private @Nullable String others(String text) {
        if (text.length() > maxLength && text.codePointCount(0, text.length()) > maxLength) {
            return "maxLength";
        }
        if (minLength > 0 && text.codePointCount(0, text.length()) < minLength) {
            return "minLength";
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            return "pattern";
        }
        if (format != null && !format.matches(new ExecutionContext(), text)) {
            return "format";
        }
        return null;
    }

    /** What would be right for a keyword that {@link #broken} gave. */
    String expected(String keyword, String text) {
        return switch (keyword) {
            case "maxLength" ->
                "at most " + maxLength + " characters are expected, it has " + text.codePointCount(0, text.length());
            case "minLength" -> "at least " + minLength + " characters are expected";
            case "pattern" -> "a text that matches " + patternText + " is expected";
            case "format" -> "a text of format " + (format == null ? "" : format.getName()) + " is expected";
            default -> allowed == null ? "" : DidYouMean.hint(text, allowed);
        };
    }
}
