package io.datalifecycle.dlt.workspace;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a workspace: what was given, checked and typed, with the template's defaults filled in. Immutable.
 *
 * @param values by parameter key; parameters without value and default are left out
 * @param problems everything that is wrong with what was given, with pointers like {@code /ops_email}
 */
public record ParameterValues(Map<String, Object> values, List<Problem> problems) {

    public ParameterValues {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        problems = List.copyOf(problems);
    }

    /** Checks and types the given values; nothing is thrown, all problems are in the answer. */
    public static ParameterValues resolve(Template template, Map<String, ?> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        List<String> known = template.parameters().stream().map(Parameter::key).toList();
        given.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.add(Problem.error(
                        ProblemCode.PARAMETER_INVALID,
                        "/" + key,
                        "template " + template.key() + " has no parameter " + key,
                        DidYouMean.hint(key, known))));
        for (Parameter parameter : template.parameters()) {
            Object raw = given.get(parameter.key());
            if (raw != null) {
                typed(parameter, raw, problems).ifPresent(value -> values.put(parameter.key(), value));
            } else if (parameter.defaultValue().isPresent()) {
                values.put(parameter.key(), parameter.defaultValue().get());
            } else if (parameter.required()) {
                problems.add(Problem.error(
                        ProblemCode.PARAMETER_MISSING,
                        "/" + parameter.key(),
                        "parameter " + parameter.key() + " is required and was not given",
                        "give a " + parameter.type().label()
                                + parameter.format().map(f -> " (" + f + ")").orElse("")));
            }
        }
        return new ParameterValues(values, problems);
    }

    private static Optional<Object> typed(Parameter parameter, Object raw, List<Problem> problems) {
        Optional<Object> value = parameter.type().convert(raw);
        if (value.isEmpty()) {
            problems.add(Problem.error(
                    ProblemCode.PARAMETER_INVALID,
                    "/" + parameter.key(),
                    "parameter " + parameter.key() + " is no "
                            + parameter.type().label(),
                    "give a " + parameter.type().label()));
            return value;
        }
        if (!parameter.allowed().isEmpty() && !parameter.allowed().contains(value.get())) {
            problems.add(Problem.error(
                    ProblemCode.PARAMETER_INVALID,
                    "/" + parameter.key(),
                    "parameter " + parameter.key() + " has a value that is not allowed",
                    "allowed: " + parameter.allowed()));
            return Optional.empty();
        }
        boolean badEmail = parameter.type() == ValueType.STRING
                && parameter.format().filter("email"::equals).isPresent()
                && !isEmail((String) value.get());
        if (badEmail) {
            problems.add(Problem.error(
                    ProblemCode.PARAMETER_INVALID,
                    "/" + parameter.key(),
                    "parameter " + parameter.key() + " is no e-mail address",
                    "write it like ops@example.org"));
            return Optional.empty();
        }
        return value;
    }

    /** A rough check only; the notifier refuses what is not exactly one mailbox. */
    private static boolean isEmail(String text) {
        int at = text.indexOf('@');
        return at > 0
                && at == text.lastIndexOf('@')
                && at < text.length() - 1
                && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c) || c == ',');
    }
}
