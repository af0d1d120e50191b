package io.datalifecycle.dlt;

import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Pin;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.Overlay;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an upgrade changes beside the version. Mutable, not thread-safe. */
public final class UpgradeDraft {

    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private @Nullable Overlay overlay;

    UpgradeDraft() {}

    /** A value for a parameter, for instance one that the later version asks for; others stay as they are. */
    public UpgradeDraft param(String key, Object value) {
        parameters.put(key, value);
        return this;
    }

    /** Another overlay; {@link Overlay#NONE} takes the present one away. Without this the present one stays. */
    public UpgradeDraft overlay(Overlay overlay) {
        this.overlay = overlay;
        return this;
    }

    /** Where it leads. An overlay is noted with what it was written for, so that a later upgrade can tell what the base changed since. */
    Target target(String version, Pin pin, Template base) {
        Overlay wanted = overlay;
        Optional<String> text = wanted == null
                ? pin.overlay()
                : wanted.isEmpty()
                        ? Optional.empty()
                        : Optional.of(wanted.rebasedOn(base).yaml());
        return new Target(version, text, Lifecycle.plain(parameters));
    }
}
