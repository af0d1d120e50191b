package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.ValueType;

/** Parameters by themselves; whether anybody uses them is known only at the end, see {@link ChannelCheck}. */
final class ParameterCheck {

    private ParameterCheck() {}

    static void check(Findings findings) {
        for (Parameter parameter : findings.template().parameters()) {
            String pointer = JsonPointer.child("/parameters", parameter.key());
            if (parameter.required() && parameter.defaultValue().isPresent()) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/default",
                        "a required parameter has no default",
                        "leave out required or default");
            }
            if (parameter.format().isPresent() && parameter.type() != ValueType.STRING) {
                findings.error(
                        ProblemCode.BAD_VALUE, pointer + "/format", "only a string has a format", "leave it out");
            }
            boolean outside = !parameter.allowed().isEmpty()
                    && parameter
                            .defaultValue()
                            .filter(value -> !parameter.allowed().contains(value))
                            .isPresent();
            if (outside) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/default",
                        "the default is not one of the allowed values",
                        "");
            }
        }
    }

    /** Called when everything that can use a parameter was checked. */
    static void unused(Findings findings) {
        for (Parameter parameter : findings.template().parameters()) {
            if (!findings.usedParameters().contains(parameter.key())) {
                findings.warning(
                        ProblemCode.UNUSED,
                        JsonPointer.child("/parameters", parameter.key()),
                        "nothing uses parameter " + parameter.key(),
                        "");
            }
        }
    }
}
