package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.UnitConversion;
import io.datalifecycle.dlt.template.Connector;
import java.time.Duration;
import java.util.Optional;

/** Connectors: target, mapped columns, parameters in options. Which options a plug-in knows, it says itself. */
final class ConnectorCheck {

    private ConnectorCheck() {}

    static void check(Findings findings) {
        for (Connector connector : findings.template().connectors()) {
            String pointer = JsonPointer.child("/connectors", connector.key());
            if (connector.type().isBlank()) {
                findings.error(ProblemCode.MISSING_KEY, pointer, "type is missing", "");
            }
            findings.store(connector.into(), pointer + "/into");
            connector.map().forEach((column, text) -> {
                String at = JsonPointer.child(pointer + "/map", column);
                findings.column(connector.into(), column, at);
                source(findings, text, at);
            });
            connector.units().forEach((column, unit) -> unit(findings, connector, column, unit, pointer));
            connector.constants().forEach((column, value) -> {
                String at = JsonPointer.child(pointer + "/constants", column);
                findings.column(connector.into(), column, at);
                findings.placeholders(value, at);
            });
            connector
                    .explode()
                    .filter(text -> !text.startsWith("/"))
                    .ifPresent(text -> findings.error(
                            ProblemCode.BAD_VALUE,
                            pointer + "/explode",
                            "explode: \"" + text + "\" is no JSON pointer",
                            "write /" + text));
            if (connector.every().compareTo(Duration.ofSeconds(1)) < 0) {
                findings.error(
                        ProblemCode.BAD_VALUE,
                        pointer + "/every",
                        "every: " + connector.every() + " is too short",
                        "PT1S is the least");
            }
            connector
                    .options()
                    .forEach((name, value) -> findings.placeholders(value, JsonPointer.child(pointer, name)));
        }
    }

    private static void source(Findings findings, String text, String pointer) {
        if (text.startsWith("=")) {
            findings.expression(text.substring(1).strip(), pointer)
                    .ifPresent(expression ->
                            expression.variables().forEach(name -> findings.parameterVariable(name, pointer)));
        } else if (text.isBlank()) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    pointer,
                    "the field is empty",
                    "name a field, write a JSON pointer such as /meta/site, or = and an expression");
        }
    }

    private static void unit(Findings findings, Connector connector, String column, String from, String pointer) {
        String at = JsonPointer.child(pointer + "/units", column);
        Optional<Column> known = findings.column(connector.into(), column, at);
        if (known.isEmpty()) {
            return;
        }
        Optional<String> to = known.get().unit();
        if (to.isEmpty()) {
            findings.error(
                    ProblemCode.BAD_VALUE,
                    at,
                    column + " has no unit in the schema of " + connector.into()
                            + ", so nothing can be converted to it",
                    "add unit to the property");
        } else if (UnitConversion.between(from, to.get()).isEmpty()) {
            findings.error(
                    ProblemCode.BAD_VALUE, at, "units: " + UnitConversion.problem(from, to.get()), "correct the unit");
        }
    }
}
