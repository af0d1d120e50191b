package io.datalifecycle.dlt.view;

import io.datalifecycle.dlt.time.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A dashboard resolved for one workspace: controls with their options, cells with their data. Immutable.
 *
 * @param dashboard key of the dashboard
 * @param title heading
 * @param workspace name of the workspace
 * @param generatedAt when it was resolved
 * @param zone zone in which times are shown
 * @param range span of the first time-range control, empty without one
 * @param controls in order
 * @param items the cells for the present values of the controls
 * @param variants the cells for other values of the controls; empty when none were asked for. The first item of each is never the present one
 */
public record Page(
        String dashboard,
        String title,
        String workspace,
        Instant generatedAt,
        ZoneId zone,
        Optional<TimeRange> range,
        List<PageControl> controls,
        List<PageItem> items,
        List<PageVariant> variants) {

    public Page {
        controls = List.copyOf(controls);
        items = List.copyOf(items);
        variants = List.copyOf(variants);
    }
}
