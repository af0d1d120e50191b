package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters of workspaces as they are given on a command line. */
final class ParameterValues {

    private ParameterValues() {}

    /** Values as the template declares them; those it does not know stay texts. {@code @file} stands for what is in the file. */
    static Map<String, Object> of(Map<String, String> given, Optional<Template> known) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> parameter : given.entrySet()) {
            String text = parameter.getValue();
            String value = text.startsWith("@")
                    ? Files.readString(Path.of(text.substring(1))).strip()
                    : text;
            Optional<Parameter> declared = known.flatMap(t -> t.parameter(parameter.getKey()));
            values.put(parameter.getKey(), declared.map(d -> typed(d, value)).orElse(value));
        }
        return values;
    }

    /** As the template wants it; what is no number stays a text and is refused by name. */
    private static Object typed(Parameter parameter, String text) {
        return switch (parameter.type()) {
            case NUMBER, INTEGER -> number(text, parameter.type() == ValueType.INTEGER);
            case BOOLEAN -> text.equals("true") ? (Object) true : text.equals("false") ? (Object) false : text;
            default -> text;
        };
    }

    private static Object number(String text, boolean whole) {
        try {
            return whole ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
