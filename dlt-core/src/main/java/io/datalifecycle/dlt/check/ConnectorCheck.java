package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Connector;

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
            connector
                    .map()
                    .keySet()
                    .forEach(column ->
                            findings.column(connector.into(), column, JsonPointer.child(pointer + "/map", column)));
            connector
                    .options()
                    .forEach((name, value) -> findings.placeholders(value, JsonPointer.child(pointer, name)));
        }
    }
}
