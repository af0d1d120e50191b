package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Panel;
import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.Report;
import io.datalifecycle.dlt.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Compares what has no table: parameters, connectors, models, metrics, dashboards, alerts, reports, channels. */
final class ItemChanges {

    private final Draft draft;
    private final Template before;
    private final Template after;
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final List<String> removedAlerts = new ArrayList<>();
    private final List<String> retrain = new ArrayList<>();

    ItemChanges(Draft draft) {
        this.draft = draft;
        this.before = draft.question.from().template();
        this.after = draft.question.to().template();
    }

    /** Earlier by later names of models, alerts and connectors, whose states move along. */
    Map<String, String> renamed() {
        return renamed;
    }

    /** Alerts that are no more. */
    List<String> removedAlerts() {
        return removedAlerts;
    }

    /** Models that have to be trained again. */
    List<String> retrain() {
        return retrain;
    }

    void find() {
        compare("parameter", before.parameters(), after.parameters(), Parameter::key, (a, b) -> {});
        compare("connector", before.connectors(), after.connectors(), Connector::key, (a, b) -> {});
        compare("model", before.models(), after.models(), Model::key, this::model);
        compare("metric", before.metrics(), after.metrics(), Metric::key, (a, b) -> {});
        compare("dashboard", before.dashboards(), after.dashboards(), Dashboard::key, this::panels);
        compare("alert", before.alerts(), after.alerts(), Alert::key, (a, b) -> {});
        compare("report", before.reports(), after.reports(), Report::key, (a, b) -> {});
        compare("channel", before.channels(), after.channels(), Channel::key, (a, b) -> {});
        for (Model model : after.models()) {
            boolean inputs = draft.rebuilt.contains(model.features().from()) && !retrain.contains(model.key());
            if (inputs) {
                retrain.add(model.key());
                draft.changed(
                        "model:" + model.key(),
                        ChangeClass.REBUILD_DERIVED,
                        "its inputs are derived in another way; it is trained again");
            }
        }
    }

    private <T> void compare(
            String kind, List<T> then, List<T> now, Function<T, String> key, BiConsumer<T, T> further) {
        Map<String, T> left = new LinkedHashMap<>();
        then.forEach(item -> left.put(kind + ":" + key.apply(item), item));
        Set<String> taken = Set.copyOf(left.keySet());
        for (T item : now) {
            String name = kind + ":" + key.apply(item);
            String was = draft.question.renaming().before(name);
            Optional<T> earlier = Optional.ofNullable(left.remove(was));
            if (earlier.isEmpty()) {
                draft.added(name, ChangeClass.ADDITIVE, "new");
                continue;
            }
            if (!was.equals(name)) {
                renamed(name, was, taken.contains(name) && left.containsKey(name));
            } else if (!earlier.get().equals(item)) {
                int told = draft.changes.size();
                further.accept(earlier.get(), item);
                if (draft.changes.size() == told) {
                    draft.changed(name, ChangeClass.NONE, "is declared in another way");
                }
            }
        }
        left.keySet().forEach(this::gone);
    }

    private void renamed(String name, String was, boolean stays) {
        if (stays) {
            draft.problems.add(Problem.error(
                    ProblemCode.PLAN_REFUSED,
                    "/" + name.replaceFirst(":", "s/") + "/renamed_from",
                    name + " cannot be renamed from " + was + ": there is a " + name + " already",
                    "give it another key, or remove the one that is there in a version before"));
        }
        renamed.put(name, was);
        draft.renamed(name, was, "renamed from " + was.substring(was.indexOf(':') + 1));
    }

    private void gone(String name) {
        if (name.startsWith("alert:")) {
            removedAlerts.add(name);
        }
        draft.removed(name, ChangeClass.NONE, "is not declared any more");
    }

    private void model(Model then, Model now) {
        boolean other = !then.features().equals(now.features())
                || then.kind() != now.kind()
                || !then.algorithm().equals(now.algorithm())
                || !then.target().equals(now.target())
                || !then.options().equals(now.options());
        if (other) {
            retrain.add(now.key());
            draft.changed(
                    "model:" + now.key(),
                    ChangeClass.REBUILD_DERIVED,
                    "reads or learns in another way; it is trained again, until then it does not score");
        }
    }

    /** Panels are told by their titles. */
    private void panels(Dashboard then, Dashboard now) {
        Map<String, Panel> left = byTitle(then);
        Map<String, Panel> there = byTitle(now);
        Set<String> titles = new LinkedHashSet<>(there.keySet());
        titles.addAll(left.keySet());
        for (String title : titles) {
            String name = "panel:" + now.key() + "/" + title;
            Panel was = left.get(title);
            Panel is = there.get(title);
            if (was == null) {
                draft.added(name, ChangeClass.ADDITIVE, "new");
            } else if (is == null) {
                draft.removed(name, ChangeClass.NONE, "is not shown any more");
            } else if (!was.equals(is)) {
                draft.changed(name, ChangeClass.NONE, "is drawn in another way");
            }
        }
    }

    private static Map<String, Panel> byTitle(Dashboard dashboard) {
        Map<String, Panel> panels = new LinkedHashMap<>();
        for (Panel panel : dashboard.panels()) {
            String title = panel.frame().title();
            String name = title.isEmpty() ? panel.kind().label() : title;
            for (int n = 2; panels.containsKey(name); n++) {
                name = (title.isEmpty() ? panel.kind().label() : title) + " " + n;
            }
            panels.put(name, panel);
        }
        return panels;
    }
}
