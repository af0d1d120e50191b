package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.view.PageControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which other settings of the selects a page carries: every combination where they are few, else one select at a time. */
final class VariantSettings {

    private static final int MOST = 60;

    private VariantSettings() {}

    static List<Map<String, String>> of(
            Dashboard dashboard, Map<String, List<PageControl.Option>> options, ControlValues values) {
        List<String> selects = options.keySet().stream()
                .filter(key -> dashboard.panels().stream().anyMatch(panel -> DashboardResolver.uses(panel, key)))
                .toList();
        long combinations = selects.stream()
                .mapToLong(key -> options.getOrDefault(key, List.of()).size())
                .reduce(1, Math::multiplyExact);
        List<Map<String, String>> settings =
                combinations <= MOST + 1 ? combinations(selects, options) : oneAtATime(selects, options, values);
        Map<String, String> present = new LinkedHashMap<>();
        selects.forEach(key -> present.put(key, values.text(key)));
        return settings.stream()
                .filter(setting -> !setting.equals(present))
                .limit(MOST)
                .toList();
    }

    private static List<Map<String, String>> combinations(
            List<String> selects, Map<String, List<PageControl.Option>> options) {
        List<Map<String, String>> all = new ArrayList<>();
        all.add(new LinkedHashMap<>());
        for (String key : selects) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> setting : all) {
                for (PageControl.Option option : options.getOrDefault(key, List.of())) {
                    Map<String, String> next = new LinkedHashMap<>(setting);
                    next.put(key, option.value());
                    longer.add(next);
                }
            }
            all = longer;
        }
        return selects.isEmpty() ? List.of() : all;
    }

    private static List<Map<String, String>> oneAtATime(
            List<String> selects, Map<String, List<PageControl.Option>> options, ControlValues values) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String key : selects) {
            for (PageControl.Option option : options.getOrDefault(key, List.of())) {
                Map<String, String> setting = new LinkedHashMap<>();
                selects.forEach(other -> setting.put(other, values.text(other)));
                setting.put(key, option.value());
                all.add(setting);
            }
        }
        return all;
    }
}
