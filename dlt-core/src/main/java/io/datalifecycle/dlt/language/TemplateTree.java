package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.ItemKind;
import io.datalifecycle.dlt.template.ItemName;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Report;
import io.datalifecycle.dlt.template.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template as the group of keys that the language writes; the inverse of the reader. */
final class TemplateTree {

    private TemplateTree() {}

    static Map<String, @Nullable Object> of(Template template) {
        Tree tree = new Tree()
                .put("dlt", (long) TemplateReader.LANGUAGE_VERSION)
                .put("key", template.key())
                .put("version", template.version())
                .put("title", template.title())
                .put("description", template.description())
                .unless("timezone", template.timezone().getId(), Template.DEFAULT_ZONE.getId());
        for (ItemKind kind : ItemKind.values()) {
            tree.map(kind.section(), items(template, kind));
        }
        return tree.done();
    }

    /** The items of one kind by their keys, each as a group of keys. */
    static Map<String, Map<String, @Nullable Object>> items(Template template, ItemKind kind) {
        Map<String, Map<String, @Nullable Object>> group = new LinkedHashMap<>();
        plain(template, kind).forEach((key, item) -> group.put(key, renamed(template, new ItemName(kind, key), item)));
        return group;
    }

    private static Map<String, Map<String, @Nullable Object>> plain(Template t, ItemKind kind) {
        return switch (kind) {
            case PARAMETER -> Tree.group(t.parameters(), Parameter::key, TemplateTree::parameter);
            case DATASTORE -> Tree.group(t.datastores(), Datastore::key, StoreTree::datastore);
            case CONNECTOR -> Tree.group(t.connectors(), Connector::key, DeliveryTree::connector);
            case FEATURESTORE -> Tree.group(t.featurestores(), Featurestore::key, StoreTree::featurestore);
            case MODEL -> Tree.group(t.models(), Model::key, TemplateTree::model);
            case INFERENCESTORE -> Tree.group(t.inferencestores(), Inferencestore::key, StoreTree::inferencestore);
            case METRIC -> Tree.group(t.metrics(), Metric::key, MetricTree::metric);
            case DASHBOARD -> Tree.group(t.dashboards(), Dashboard::key, DashboardTree::dashboard);
            case ALERT -> Tree.group(t.alerts(), Alert::key, DeliveryTree::alert);
            case REPORT -> Tree.group(t.reports(), Report::key, DeliveryTree::report);
            case CHANNEL -> Tree.group(t.channels(), Channel::key, DeliveryTree::channel);
        };
    }

    /** What it was called before stands first, so that nobody overlooks it. */
    private static Map<String, @Nullable Object> renamed(
            Template template, ItemName item, Map<String, @Nullable Object> form) {
        Map<String, String> columns = RefKind.of(item.kind().label())
                .map(kind -> template.renames().columnsOf(new Ref(kind, item.key())))
                .orElse(Map.of());
        Tree tree = new Tree()
                .put(RenameReader.FROM, template.renames().itemFrom(item.toString()))
                .map(RenameReader.COLUMNS, columns);
        form.forEach(tree::putPlain);
        return tree.done();
    }

    /** Values as they are written: times as text. */
    static Object value(Object value) {
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static Map<String, @Nullable Object> parameter(Parameter parameter) {
        return new Tree()
                .put("title", parameter.title())
                .put("type", parameter.type().label())
                .put("format", parameter.format())
                .put("unit", parameter.unit())
                .unless("required", parameter.required(), false)
                .put("default", parameter.defaultValue().map(TemplateTree::value))
                .list(
                        "allowed",
                        parameter.allowed().stream().map(TemplateTree::value).toList())
                .done();
    }

    private static Map<String, @Nullable Object> model(Model model) {
        Model.Features features = model.features();
        Model.Training training = model.training();
        Model.Scoring scoring = model.scoring();
        return new Tree()
                .put("title", model.title())
                .put("kind", model.kind().label())
                .put("algorithm", model.algorithm())
                .put(
                        "features",
                        new Tree()
                                .put("from", features.from().toString())
                                .put("columns", features.columns())
                                .list("by", features.by())
                                .done())
                .put("target", model.target())
                .put(
                        "train",
                        new Tree()
                                .put("window", IsoText.of(training.window()))
                                .put("cron", training.cron())
                                .put("promote_if", training.promoteIf().map(TemplateTree::promoteIf))
                                .done())
                .put(
                        "score",
                        new Tree()
                                .put("into", scoring.into().toString())
                                .unless("after", scoring.afterRefresh() ? "refresh" : "", "")
                                .put("cron", scoring.cron())
                                .done())
                .map("options", model.options())
                .done();
    }

    private static Object promoteIf(Model.PromoteIf condition) {
        Object atLeast = condition.atLeast().equals("champion") ? "champion" : Raw.of(condition.atLeast());
        return new Tree()
                .put("metric", condition.metric())
                .put("at_least", atLeast)
                .done();
    }
}
