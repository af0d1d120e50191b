package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something the viewer of a dashboard sets. Bindings name it by its key. */
public sealed interface Control
        permits Control.TimeRange, Control.Select, Control.Number, Control.Text, Control.Toggle {

    String key();

    Optional<String> title();

    ControlKind kind();

    /** Binds to its value; a time range has parts instead. */
    default Binding binding() {
        return Binding.of(key());
    }

    /**
     * A span of time that ends now; its parts are {@code from} and {@code to}.
     *
     * @param length the span at first
     */
    record TimeRange(String key, Optional<String> title, Duration length) implements Control {
        /** Binds to the start of the span. */
        public Binding from() {
            return Binding.of(key + ".from");
        }

        /** Binds to the end of the span. */
        public Binding to() {
            return Binding.of(key + ".to");
        }

        @Override
        public ControlKind kind() {
            return ControlKind.TIME_RANGE;
        }
    }

    /**
     * One of several values, or none, which means all.
     *
     * @param options metric whose first column gives the values and whose second, if any, the names for people
     * @param values fixed values, when there is no metric
     * @param defaultValue the value at first; empty for none
     */
    record Select(
            String key,
            Optional<String> title,
            Optional<Ref> options,
            List<String> values,
            Optional<String> defaultValue)
            implements Control {
        public Select {
            values = List.copyOf(values);
        }

        @Override
        public ControlKind kind() {
            return ControlKind.SELECT;
        }
    }

    /**
     * A number.
     *
     * @param defaultValue the value at first
     * @param min smallest allowed
     * @param max largest allowed
     */
    record Number(String key, Optional<String> title, double defaultValue, Optional<Double> min, Optional<Double> max)
            implements Control {
        @Override
        public ControlKind kind() {
            return ControlKind.NUMBER;
        }
    }

    /**
     * A text.
     *
     * @param defaultValue the text at first; empty for none
     */
    record Text(String key, Optional<String> title, Optional<String> defaultValue) implements Control {
        @Override
        public ControlKind kind() {
            return ControlKind.TEXT;
        }
    }

    /**
     * On or off.
     *
     * @param defaultValue the state at first
     */
    record Toggle(String key, Optional<String> title, boolean defaultValue) implements Control {
        @Override
        public ControlKind kind() {
            return ControlKind.TOGGLE;
        }
    }
}
