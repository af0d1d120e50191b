package io.datalifecycle.dlt.language;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plain values as YAML that people like to read: short groups on one line, long texts as blocks, quotes only where needed. */
final class YamlText {

    private static final int WIDTH = 110;
    /** What no reader takes for anything but text, within brackets or not. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_/][A-Za-z0-9_./+*<>=() -]*(:[A-Za-z0-9_][A-Za-z0-9_./-]*)?");

    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "nan", "inf");

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    static String of(Map<String, @Nullable Object> root) {
        YamlText yaml = new YamlText();
        yaml.block(root, 0);
        return yaml.text.toString();
    }

    private void block(Map<?, ?> map, int indent) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append("  ".repeat(indent))
                    .append(scalar(String.valueOf(entry.getKey())))
                    .append(':');
            value(entry.getValue(), indent, indent < 2);
        }
    }

    private void value(@Nullable Object value, int indent, boolean open) {
        String line = flow(value);
        boolean group = value instanceof Map<?, ?> map && !map.isEmpty();
        boolean list = value instanceof List<?> items && !items.isEmpty();
        boolean fits = indent * 2 + line.length() < WIDTH && !line.contains("\\n");
        if (value instanceof String string && isBlock(string)) {
            literal(string, indent + 1);
        } else if (group && (!fits || (open && indent < 1))) {
            text.append('\n');
            block((Map<?, ?>) Objects.requireNonNull(value), indent + 1);
        } else if (list && !fits) {
            text.append('\n');
            ((List<?>) Objects.requireNonNull(value)).forEach(item -> element(item, indent + 1));
        } else {
            text.append(' ').append(line).append('\n');
        }
    }

    private void element(@Nullable Object item, int indent) {
        String line = flow(item);
        boolean fits = indent * 2 + line.length() < WIDTH + 60 && !line.contains("\\n");
        text.append("  ".repeat(indent)).append('-');
        if (item instanceof Map<?, ?> map && !map.isEmpty() && !fits) {
            StringBuilder before = new StringBuilder(text);
            text.setLength(0);
            block(map, indent + 1);
            String nested = text.toString();
            text.setLength(0);
            text.append(before).append(' ').append(nested.substring((indent + 1) * 2));
        } else {
            text.append(' ').append(line).append('\n');
        }
    }

    private void literal(String string, int indent) {
        String indicator = string.startsWith(" ") ? "2" : "";
        text.append(" |")
                .append(indicator)
                .append(string.endsWith("\n") ? "" : "-")
                .append('\n');
        String body = string.endsWith("\n") ? string.substring(0, string.length() - 1) : string;
        for (String line : body.split("\n", -1)) {
            text.append(line.isEmpty() ? "" : "  ".repeat(indent)).append(line).append('\n');
        }
    }

    /** Whether a text keeps every character as a literal block. */
    private static boolean isBlock(String string) {
        return string.indexOf('\n') > 0
                && !string.endsWith("\n\n")
                && !string.startsWith("\n")
                && string.lines().noneMatch(line -> line.isBlank() && !line.isEmpty())
                && JsonText.quoted(string.replace("\n", "").replace("\"", "").replace("\\", ""))
                                .indexOf('\\')
                        < 0;
    }

    private static String flow(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> scalar(String.valueOf(e.getKey())) + ": " + flow(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof String string) {
            return scalar(string);
        }
        if (value instanceof Number number) {
            return JsonText.number(number);
        }
        return value instanceof Raw raw ? raw.text() : String.valueOf(value);
    }

    private static String scalar(String string) {
        boolean plain =
                (PLAIN.matcher(string).matches() || VERSION.matcher(string).matches())
                        && !string.endsWith(" ")
                        && !WORDS.contains(string.toLowerCase(Locale.ROOT));
        return plain ? string : JsonText.quoted(string);
    }
}
