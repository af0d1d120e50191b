package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.ControlKind;
import io.datalifecycle.dlt.template.Input;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.ValueType;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Bindings of inputs: the input exists, what it draws on exists, and the two fit. */
final class BindingCheck {

    private final Findings findings;
    private final List<Control> controls;
    private final Set<String> usedControls = new HashSet<>();

    /** Without controls (alerts) a binding must not name one. */
    BindingCheck(Findings findings, List<Control> controls) {
        this.findings = findings;
        this.controls = controls;
    }

    Set<String> usedControls() {
        return usedControls;
    }

    void used(String control) {
        usedControls.add(control);
    }

    /** What feeds a metric; {@code pointer} is the group {@code with}. */
    void inputs(Metric metric, Map<String, Binding> with, String owner) {
        String pointer = owner + "/with";
        List<String> known = metric.inputs().stream().map(Input::key).toList();
        with.forEach((name, binding) -> {
            String at = JsonPointer.child(pointer, name);
            Optional<Input> input =
                    metric.inputs().stream().filter(i -> i.key().equals(name)).findFirst();
            if (input.isEmpty()) {
                findings.error(
                        ProblemCode.UNKNOWN_INPUT,
                        at,
                        metric.ref() + " has no input " + name,
                        DidYouMean.hint(name, known));
            }
            source(binding, at, false);
            input.ifPresent(i -> fits(i, binding, at));
        });
        for (Input input : metric.inputs()) {
            if (input.required() && input.defaultValue().isEmpty() && !with.containsKey(input.key())) {
                findings.error(
                        ProblemCode.MISSING_KEY,
                        owner,
                        "input " + input.key() + " of " + metric.ref() + " needs a value",
                        "bind it in with");
            }
        }
    }

    /** Where a value comes from; columns of a clicked row only where something is clicked. */
    void source(Binding binding, String pointer, boolean rowsAllowed) {
        switch (binding.source()) {
            case CONTROL -> control(binding, pointer);
            case ROW -> {
                if (!rowsAllowed) {
                    findings.error(
                            ProblemCode.BAD_VALUE,
                            pointer,
                            binding + " is only known in a redirect",
                            "use a control, param.name, now or a literal");
                }
            }
            case PARAM -> findings.parameter(binding.name(), pointer);
            case NOW -> now(binding, pointer);
            case LITERAL -> literal(binding, pointer);
        }
    }

    private void control(Binding binding, String pointer) {
        usedControls.add(binding.name());
        Optional<Control> control =
                controls.stream().filter(c -> c.key().equals(binding.name())).findFirst();
        if (control.isEmpty()) {
            List<String> known = controls.stream().map(Control::key).toList();
            findings.error(
                    ProblemCode.UNKNOWN_REFERENCE,
                    pointer,
                    "control " + binding.name() + " does not exist",
                    DidYouMean.hint(binding.name(), known));
        } else if (control.get().kind() == ControlKind.TIME_RANGE
                && !Set.of("from", "to").contains(binding.part())) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    "a time range has two parts",
                    "write " + binding.name() + ".from or " + binding.name() + ".to");
        } else if (control.get().kind() != ControlKind.TIME_RANGE
                && !binding.part().isEmpty()) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    "control " + binding.name() + " has no parts",
                    "write " + binding.name());
        }
    }

    private void now(Binding binding, String pointer) {
        String span = binding.text().substring(3);
        try {
            if (!span.isEmpty()) {
                Duration.parse(span.substring(1));
            }
        } catch (DateTimeException e) {
            findings.error(ProblemCode.BAD_VALUE, pointer, binding + " is no time", "write now, now-PT1H or now+P1D");
        }
    }

    private void literal(Binding binding, String pointer) {
        String text = binding.text();
        boolean quoted = text.startsWith("'") && text.endsWith("'") && text.length() > 1;
        if (!quoted && !text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?|true|false")) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    text + " is no literal",
                    "write 'text' in single quotes, a number, true or false");
        }
    }

    private void fits(Input input, Binding binding, String pointer) {
        boolean fits = switch (binding.source()) {
            case NOW -> input.type() == ValueType.TIMESTAMP;
            case CONTROL ->
                controls.stream()
                        .filter(c -> c.key().equals(binding.name()))
                        .allMatch(c -> fits(c.kind(), input.type()));
            case PARAM ->
                findings.template().parameter(binding.name()).stream().allMatch(p -> same(p.type(), input.type()));
            case LITERAL -> fits(binding.text(), input.type());
            case ROW -> true;
        };
        if (!fits) {
            findings.error(
                    ProblemCode.WRONG_TYPE,
                    pointer,
                    binding + " does not fit input " + input.key() + " of type "
                            + input.type().label(),
                    "");
        }
    }

    private static boolean fits(ControlKind kind, ValueType type) {
        return switch (kind) {
            case TIME_RANGE -> type == ValueType.TIMESTAMP;
            case NUMBER -> type == ValueType.NUMBER || type == ValueType.INTEGER;
            case TOGGLE -> type == ValueType.BOOLEAN;
            // the resolver converts what a viewer chose or typed
            case SELECT, TEXT -> true;
        };
    }

    private static boolean same(ValueType from, ValueType to) {
        return from == to || (from == ValueType.INTEGER && to == ValueType.NUMBER);
    }

    private static boolean fits(String literal, ValueType type) {
        if (literal.startsWith("'")) {
            return type == ValueType.STRING || type == ValueType.TIMESTAMP || type == ValueType.DATE;
        }
        return literal.equals("true") || literal.equals("false")
                ? type == ValueType.BOOLEAN
                : type == ValueType.NUMBER || (type == ValueType.INTEGER && literal.matches("-?[0-9]+"));
    }
}
