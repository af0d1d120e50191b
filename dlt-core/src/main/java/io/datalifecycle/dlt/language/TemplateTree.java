package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.Report;
import io.datalifecycle.dlt.template.Template;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template as the group of keys that the language writes; the inverse of the reader. */
final class TemplateTree {

    private TemplateTree() {}

    static Map<String, @Nullable Object> of(Template template) {
        return new Tree()
                .put("dlt", (long) TemplateReader.LANGUAGE_VERSION)
                .put("key", template.key())
                .put("version", template.version())
                .put("title", template.title())
                .put("description", template.description())
                .unless("timezone", template.timezone().getId(), Template.DEFAULT_ZONE.getId())
                .items("parameters", template.parameters(), Parameter::key, TemplateTree::parameter)
                .items("datastores", template.datastores(), Datastore::key, StoreTree::datastore)
                .items("connectors", template.connectors(), Connector::key, DeliveryTree::connector)
                .items("featurestores", template.featurestores(), Featurestore::key, StoreTree::featurestore)
                .items("models", template.models(), Model::key, TemplateTree::model)
                .items("inferencestores", template.inferencestores(), Inferencestore::key, StoreTree::inferencestore)
                .items("metrics", template.metrics(), Metric::key, MetricTree::metric)
                .items("dashboards", template.dashboards(), Dashboard::key, DashboardTree::dashboard)
                .items("alerts", template.alerts(), Alert::key, DeliveryTree::alert)
                .items("reports", template.reports(), Report::key, DeliveryTree::report)
                .items("channels", template.channels(), Channel::key, DeliveryTree::channel)
                .done();
    }

    /** Values as they are written: times as text. */
    static Object value(Object value) {
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static Object parameter(Parameter parameter) {
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

    private static Object model(Model model) {
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
