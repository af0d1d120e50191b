package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.metric.internal.MetricEvaluator;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.spi.AlertStore;
import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.template.Control;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Panel;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageControl;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.PageVariant;
import io.datalifecycle.dlt.workspace.Placeholders;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resolves a dashboard to a page: each distinct question is asked once, a panel that fails says so in its place. Thread-safe. */
public final class DashboardResolver {

    private final MetricEvaluator metrics;
    private final AlertStore alerts;
    private final InstantSource clock;

    public DashboardResolver(MetricEvaluator metrics, AlertStore alerts, InstantSource clock) {
        this.metrics = metrics;
        this.alerts = alerts;
        this.clock = clock;
    }

    /**
     * Resolves a dashboard now.
     *
     * @param controls control to text: for a time range {@code from/to} as ISO instants or a duration, for others the value; controls
     *     not named have their defaults
     * @param variants whether the page also carries what it shows for the other options of its selects
     */
    public Page resolve(
            WorkspaceContext workspace, Dashboard dashboard, Map<String, String> controls, boolean variants) {
        Instant now = clock.instant();
        ControlValues values = ControlValues.of(dashboard, controls, now);
        Map<Question, Answer> asked = new LinkedHashMap<>();
        Map<String, List<PageControl.Option>> options = new LinkedHashMap<>();
        dashboard.controls().stream()
                .filter(Control.Select.class::isInstance)
                .forEach(c -> options.put(c.key(), SelectOptions.of(workspace, (Control.Select) c, metrics)));
        List<PageItem> items = items(workspace, dashboard, values, now, asked);
        List<PageVariant> others = new ArrayList<>();
        if (variants) {
            for (Map<String, String> setting : VariantSettings.of(dashboard, options, values)) {
                others.add(new PageVariant(setting, items(workspace, dashboard, values.with(setting), now, asked)));
            }
        }
        String title = Placeholders.fill(dashboard.title().orElse(dashboard.key()), workspace);
        return new Page(
                dashboard.key(),
                title,
                workspace.key(),
                now,
                workspace.zone(),
                values.firstRange(),
                pageControls(dashboard, options, values),
                items,
                others);
    }

    private record Question(String metric, Map<String, @Nullable Object> inputs) {}

    private record Answer(Optional<MetricResult> result, String failure) {}

    private List<PageItem> items(
            WorkspaceContext workspace,
            Dashboard dashboard,
            ControlValues values,
            Instant now,
            Map<Question, Answer> asked) {
        BindingValues bindings = new BindingValues(workspace, values, now);
        PanelItems maker = new PanelItems(workspace, bindings);
        List<PageItem> items = new ArrayList<>();
        for (int i = 0; i < dashboard.panels().size(); i++) {
            items.add(item("p" + i, workspace, dashboard.panels().get(i), maker, bindings, asked));
        }
        return items;
    }

    private PageItem item(
            String id,
            WorkspaceContext workspace,
            Panel panel,
            PanelItems maker,
            BindingValues bindings,
            Map<Question, Answer> asked) {
        String title = maker.title(panel);
        if (panel instanceof Panel.AlertList list) {
            return new PageItem.AlertItem(
                    id, title, PanelItems.area(panel), AlertViews.of(workspace, alerts, list.alerts()));
        }
        if (panel instanceof Panel.Text text) {
            return new PageItem.TextItem(id, title, PanelItems.area(panel), Placeholders.fill(text.text(), workspace));
        }
        Panel.Query query = panel.query().orElseThrow();
        Metric metric = workspace.template().metric(query.metric().key()).orElseThrow();
        try {
            Answer answer = ask(workspace, metric, inputs(query, bindings), asked);
            return answer.result().isPresent()
                    ? maker.item(id, panel, metric, answer.result().get())
                    : new PageItem.FailedItem(id, title, PanelItems.area(panel), answer.failure());
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (DltException failed) {
            return new PageItem.FailedItem(id, title, PanelItems.area(panel), String.valueOf(failed.getMessage()));
        }
    }

    private Answer ask(
            WorkspaceContext workspace,
            Metric metric,
            Map<String, @Nullable Object> inputs,
            Map<Question, Answer> asked) {
        Question question = new Question(metric.key(), inputs);
        Answer known = asked.get(question);
        if (known != null) {
            return known;
        }
        Answer answer;
        try {
            answer = new Answer(Optional.of(metrics.evaluate(workspace, metric, inputs)), "");
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (DltException failed) {
            answer = new Answer(Optional.empty(), String.valueOf(failed.getMessage()));
        }
        asked.put(question, answer);
        return answer;
    }

    private static Map<String, @Nullable Object> inputs(Panel.Query query, BindingValues bindings) {
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        query.with()
                .forEach((input, binding) ->
                        inputs.put(input, bindings.of(binding, Map.<String, @Nullable Object>of())));
        return inputs;
    }

    private static List<PageControl> pageControls(
            Dashboard dashboard, Map<String, List<PageControl.Option>> options, ControlValues values) {
        return dashboard.controls().stream()
                .map(control -> new PageControl(
                        control.key(),
                        control.title().orElse(control.key()),
                        control.kind().label(),
                        options.getOrDefault(control.key(), List.of()),
                        values.text(control.key())))
                .toList();
    }

    /** Whether a panel's data follow a control. */
    static boolean uses(Panel panel, String control) {
        return panel.query().stream()
                .flatMap(query -> query.with().values().stream())
                .anyMatch(binding -> binding.source() == Binding.Source.CONTROL
                        && binding.name().equals(control));
    }
}
