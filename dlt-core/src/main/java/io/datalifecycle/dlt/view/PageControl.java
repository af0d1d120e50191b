package io.datalifecycle.dlt.view;

import java.util.List;

/**
 * A control as the page shows it. Immutable.
 *
 * @param key key of the control
 * @param title name for people
 * @param type {@code time-range}, {@code select}, {@code number}, {@code text}, {@code toggle}
 * @param options for a select: value and name; empty otherwise
 * @param value present value as text; for a time range {@code from/to} as ISO instants; empty for none
 */
public record PageControl(String key, String title, String type, List<Option> options, String value) {

    public PageControl {
        options = List.copyOf(options);
    }

    /**
     * A value to choose.
     *
     * @param value what is bound; empty for "all"
     * @param name for people
     */
    public record Option(String value, String name) {}
}
