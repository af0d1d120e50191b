package io.datalifecycle.dlt.template;

import java.util.List;
import java.util.Map;

/**
 * A link from a row or point of a panel to another dashboard. Immutable.
 *
 * @param to the dashboard
 * @param with control of the target to what it is set to
 * @param keep controls of both dashboards whose value is carried over
 */
public record Redirect(Ref to, Map<String, Binding> with, List<String> keep) {

    public Redirect {
        with = Values.copy(with);
        keep = List.copyOf(keep);
    }
}
