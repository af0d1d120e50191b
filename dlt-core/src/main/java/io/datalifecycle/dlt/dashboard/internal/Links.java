package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.template.Redirect;
import io.datalifecycle.dlt.view.Link;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links of a panel's rows, points and series. */
record Links(Optional<Redirect> redirect, BindingValues bindings) {

    boolean isEmpty() {
        return redirect.isEmpty();
    }

    Link of(Map<String, ? extends @Nullable Object> row) {
        if (redirect.isEmpty()) {
            return Link.NONE;
        }
        Map<String, String> values = new LinkedHashMap<>();
        redirect.get().with().forEach((control, binding) -> {
            Object value = bindings.of(binding, row);
            if (value != null) {
                values.put(control, value.toString());
            }
        });
        return new Link(redirect.get().to().key(), values, redirect.get().keep());
    }
}
