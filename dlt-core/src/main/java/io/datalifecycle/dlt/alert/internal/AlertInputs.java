package io.datalifecycle.dlt.alert.internal;

import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills the inputs of an alert's metric: parameters, instants relative to the evaluation, literals. */
final class AlertInputs {

    private AlertInputs() {}

    static Map<String, @Nullable Object> of(WorkspaceContext workspace, Alert alert, Instant now) {
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        alert.with().forEach((input, binding) -> inputs.put(input, value(workspace, binding, now)));
        return inputs;
    }

    private static @Nullable Object value(WorkspaceContext workspace, Binding binding, Instant now) {
        String text = binding.text();
        return switch (binding.source()) {
            case PARAM -> workspace.parameters().get(binding.name());
            case NOW ->
                text.length() == 3
                        ? now
                        : text.charAt(3) == '-'
                                ? now.minus(Duration.parse(text.substring(4)))
                                : now.plus(Duration.parse(text.substring(4)));
            case LITERAL ->
                text.startsWith("'") ? text.substring(1, text.length() - 1).replace("''", "'") : text;
            case CONTROL, ROW -> throw new IllegalStateException("the checker refuses " + text + " in an alert");
        };
    }
}
