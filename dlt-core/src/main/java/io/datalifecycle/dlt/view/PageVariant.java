package io.datalifecycle.dlt.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The items of a page for one setting of its controls, so that a page without a server can still follow them. Immutable.
 *
 * @param controls control to value as text, for the controls that vary
 * @param items the cells
 */
public record PageVariant(Map<String, String> controls, List<PageItem> items) {

    public PageVariant {
        controls = Collections.unmodifiableMap(new LinkedHashMap<>(controls));
        items = List.copyOf(items);
    }
}
