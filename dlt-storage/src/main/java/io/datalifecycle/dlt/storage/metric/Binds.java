package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.template.Input;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.ValueType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a text as the cage takes them: texts that the query casts in {@code $1}, instants in {@code $2}, each in the order of their
 * declaration. Immutable.
 */
record Binds(List<Bind> all) {

    /** What a refresh binds: the edges of an interval. */
    static final Binds INTERVAL =
            new Binds(List.of(new Bind("from", ValueType.TIMESTAMP), new Bind("to", ValueType.TIMESTAMP)));

    Binds {
        all = List.copyOf(all);
    }

    /** An input. */
    record Bind(String name, ValueType type) {

        private boolean isInstant() {
            return type == ValueType.TIMESTAMP;
        }
    }

    static Binds of(Metric metric) {
        return new Binds(metric.inputs().stream().map(Binds::bind).toList());
    }

    private static Bind bind(Input input) {
        return new Bind(input.key(), input.type());
    }

    /** What stands for {@code :name} in the text that is sent. */
    String expression(String name) {
        for (boolean instants : new boolean[] {false, true}) {
            List<Bind> kind = of(instants);
            for (int i = 0; i < kind.size(); i++) {
                if (kind.get(i).name().equals(name)) {
                    return instants
                            ? "(($2)[" + (i + 1) + "])"
                            : "(($1)[" + (i + 1) + "]::"
                                    + SqlTypes.of(kind.get(i).type()) + ")";
                }
            }
        }
        return "(NULL::text)"; // the checker and the analysis refuse undeclared inputs before it comes to this
    }

    /** What stands for it while the text is analysed. */
    String nothing(String name) {
        String type = all.stream()
                .filter(bind -> bind.name().equals(name))
                .map(bind -> SqlTypes.of(bind.type()))
                .findFirst()
                .orElse("text");
        return "CAST(NULL AS " + type + ")";
    }

    /** Values of the inputs that are instants, or of all others. */
    @Nullable
    String[] values(Map<String, ? extends @Nullable Object> inputs, boolean instants) {
        List<Bind> kind = of(instants);
        @Nullable String[] values = new String[kind.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = inputs.get(kind.get(i).name());
            values[i] = value == null ? null : value.toString();
        }
        return values;
    }

    private List<Bind> of(boolean instants) {
        return all.stream().filter(bind -> bind.isInstant() == instants).toList();
    }
}
