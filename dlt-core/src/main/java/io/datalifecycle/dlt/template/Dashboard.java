package io.datalifecycle.dlt.template;

import java.util.List;
import java.util.Optional;

/**
 * A layout of controls and panels. Immutable.
 *
 * @param key name
 * @param title heading
 * @param controls what the viewer sets, in order
 * @param panels cells, in reading order
 */
public record Dashboard(String key, Optional<String> title, List<Control> controls, List<Panel> panels) {

    public Dashboard {
        controls = List.copyOf(controls);
        panels = List.copyOf(panels);
    }

    public Ref ref() {
        return Ref.dashboard(key);
    }
}
