package io.datalifecycle.dlt.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declares what a click carries to another dashboard. Not thread-safe. */
public final class RedirectBuilder {

    private final Place place;
    private final String to;
    private final Map<String, Binding> with = new LinkedHashMap<>();
    private @Nullable List<String> keep;

    RedirectBuilder(Place place, String to) {
        this.place = place;
        this.to = to;
    }

    /** Sets a control of the target; forms as in {@link Binding}, for instance {@code row.asset_id}. */
    public RedirectBuilder with(String control, String binding) {
        Binding value = place.binding("with", control, binding);
        place.child("with").once(control, with.putIfAbsent(control, value), value);
        return this;
    }

    /** Controls of both dashboards whose value is carried over. */
    public RedirectBuilder keep(String... controls) {
        keep = place.once("keep", keep, List.of(controls));
        return this;
    }

    Redirect build() {
        return new Redirect(place.ref("to", to, RefKind.DASHBOARD), with, keep == null ? List.of() : keep);
    }
}
