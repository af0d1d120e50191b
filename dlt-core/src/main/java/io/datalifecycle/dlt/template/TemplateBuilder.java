package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Problems;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a template; made by {@link Template#define}. Not thread-safe. */
public final class TemplateBuilder {

    private final Problems problems = new Problems();
    private final Place place = new Place("", problems);
    private final String key;
    private final String version;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Datastore> datastores = new LinkedHashMap<>();
    private final Map<String, Connector> connectors = new LinkedHashMap<>();
    private final Map<String, Featurestore> featurestores = new LinkedHashMap<>();
    private final Map<String, Model> models = new LinkedHashMap<>();
    private final Map<String, Inferencestore> inferencestores = new LinkedHashMap<>();
    private final Map<String, Metric> metrics = new LinkedHashMap<>();
    private final Map<String, Dashboard> dashboards = new LinkedHashMap<>();
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Report> reports = new LinkedHashMap<>();
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, String> renamedItems = new LinkedHashMap<>();
    private final Map<Ref, Map<String, String>> renamedColumns = new LinkedHashMap<>();
    private @Nullable String title;
    private @Nullable String description;
    private @Nullable ZoneId timezone;
    private @Nullable Template base;
    private final List<Composition.Included> included = new ArrayList<>();

    TemplateBuilder(String key, String version) {
        this.key = key;
        this.version = version;
        KeyRule.problem(key).ifPresent(wrong -> place.error(ProblemCode.BAD_KEY, "key", wrong, ""));
        Template.versionProblem(version).ifPresent(wrong -> place.error(ProblemCode.BAD_VALUE, "version", wrong, ""));
    }

    /** Name for people. */
    public TemplateBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** What it is for. */
    public TemplateBuilder description(String value) {
        description = place.once("description", description, value);
        return this;
    }

    /** Zone that workspaces have unless they choose their own, for instance {@code Europe/Berlin}. */
    public TemplateBuilder timezone(String zone) {
        timezone = place.once("timezone", timezone, zone(place, zone));
        return this;
    }

    /**
     * Starts from another template: its items come first, and items declared here take the place of those that have their kind and key.
     * What comes out is self-contained.
     */
    public TemplateBuilder extending(Template other) {
        if (base != null) {
            place.error(
                    ProblemCode.DUPLICATE_KEY,
                    "extends",
                    "extends was already set to " + base.key() + ":" + base.version(),
                    "set it once");
            return this;
        }
        base = other;
        return this;
    }

    /** Adds all items of another template; {@link #include(Template, String)} without a prefix. */
    public Template include(Template other) {
        return include(other, "");
    }

    /**
     * Adds all items of another template with a prefix before their keys; everything that names them follows. Parameters keep their
     * keys: those of one key must say the same. Gives the other template back with its new keys, so that later items can name its items.
     */
    public Template include(Template other, String prefix) {
        Composition.Included part = new Composition.Included(other, prefix, "/include/" + included.size());
        included.add(part);
        return part.prefixed();
    }

    /** Declares a parameter of workspaces and gives it back. */
    public Parameter parameter(String key, Field field) {
        Place at = item("parameters", key);
        Renaming renaming = new Renaming(at);
        field.oldName().ifPresent(renaming::from);
        note(ItemKind.PARAMETER, key, renaming);
        return add(parameters, "parameters", key, FieldUse.parameter(at, key, field));
    }

    /** Declares a datastore and gives it back, so that later items can name it. */
    public Datastore datastore(String key, Consumer<DatastoreBuilder> nested) {
        DatastoreBuilder builder = new DatastoreBuilder(item("datastores", key));
        nested.accept(builder);
        note(ItemKind.DATASTORE, key, builder.renaming());
        return add(datastores, "datastores", key, builder.build(key));
    }

    /** Declares a connector and gives it back, so that later items can name it. */
    public Connector connector(String key, Consumer<ConnectorBuilder> nested) {
        ConnectorBuilder builder = new ConnectorBuilder(item("connectors", key));
        nested.accept(builder);
        note(ItemKind.CONNECTOR, key, builder.renaming());
        return add(connectors, "connectors", key, builder.build(key));
    }

    /** Declares a featurestore and gives it back, so that later items can name it. */
    public Featurestore featurestore(String key, Consumer<FeaturestoreBuilder> nested) {
        FeaturestoreBuilder builder = new FeaturestoreBuilder(item("featurestores", key));
        nested.accept(builder);
        note(ItemKind.FEATURESTORE, key, builder.renaming());
        return add(featurestores, "featurestores", key, builder.build(key));
    }

    /** Declares a model and gives it back, so that later items can name it. */
    public Model model(String key, Consumer<ModelBuilder> nested) {
        ModelBuilder builder = new ModelBuilder(item("models", key));
        nested.accept(builder);
        note(ItemKind.MODEL, key, builder.renaming());
        return add(models, "models", key, builder.build(key));
    }

    /** Declares an inferencestore and gives it back, so that later items can name it. */
    public Inferencestore inferencestore(String key, Consumer<InferencestoreBuilder> nested) {
        InferencestoreBuilder builder = new InferencestoreBuilder(item("inferencestores", key));
        nested.accept(builder);
        note(ItemKind.INFERENCESTORE, key, builder.renaming());
        return add(inferencestores, "inferencestores", key, builder.build(key));
    }

    /** Declares a metric and gives it back, so that later items can name it. */
    public Metric metric(String key, Consumer<MetricBuilder> nested) {
        MetricBuilder builder = new MetricBuilder(item("metrics", key));
        nested.accept(builder);
        note(ItemKind.METRIC, key, builder.renaming());
        return add(metrics, "metrics", key, builder.build(key));
    }

    /** Declares a dashboard and gives it back, so that later items can name it. */
    public Dashboard dashboard(String key, Consumer<DashboardBuilder> nested) {
        DashboardBuilder builder = new DashboardBuilder(item("dashboards", key));
        nested.accept(builder);
        note(ItemKind.DASHBOARD, key, builder.renaming());
        return add(dashboards, "dashboards", key, builder.build(key));
    }

    /** Declares an alert and gives it back, so that later items can name it. */
    public Alert alert(String key, Consumer<AlertBuilder> nested) {
        AlertBuilder builder = new AlertBuilder(item("alerts", key));
        nested.accept(builder);
        note(ItemKind.ALERT, key, builder.renaming());
        return add(alerts, "alerts", key, builder.build(key));
    }

    /** Declares a report and gives it back, so that later items can name it. */
    public Report report(String key, Consumer<ReportBuilder> nested) {
        ReportBuilder builder = new ReportBuilder(item("reports", key));
        nested.accept(builder);
        note(ItemKind.REPORT, key, builder.renaming());
        return add(reports, "reports", key, builder.build(key));
    }

    /** Declares a channel and gives it back, so that later items can name it. */
    public Channel channel(String key, Consumer<ChannelBuilder> nested) {
        ChannelBuilder builder = new ChannelBuilder(item("channels", key));
        nested.accept(builder);
        note(ItemKind.CHANNEL, key, builder.renaming());
        return add(channels, "channels", key, builder.build(key));
    }

    Template build() {
        Template template = new Template(
                key,
                version,
                Optional.ofNullable(title),
                Optional.ofNullable(description),
                timezone == null ? Template.DEFAULT_ZONE : timezone,
                List.copyOf(parameters.values()),
                List.copyOf(datastores.values()),
                List.copyOf(connectors.values()),
                List.copyOf(featurestores.values()),
                List.copyOf(models.values()),
                List.copyOf(inferencestores.values()),
                List.copyOf(metrics.values()),
                List.copyOf(dashboards.values()),
                List.copyOf(alerts.values()),
                List.copyOf(reports.values()),
                List.copyOf(channels.values()),
                new Renames(renamedItems, renamedColumns));
        Template whole = composed(template);
        problems.throwIfErrors("template " + key);
        return whole;
    }

    private Template composed(Template own) {
        if (base == null && included.isEmpty()) {
            return own;
        }
        Composition.Result result =
                Composition.of(own, Optional.ofNullable(timezone), Optional.ofNullable(base), included);
        problems.addAll(result.problems());
        return result.template();
    }

    static ZoneId zone(Place place, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            place.error(
                    ProblemCode.BAD_VALUE,
                    "timezone",
                    "timezone: \"" + text + "\" is not known",
                    "use a name such as Europe/Berlin");
            return Template.DEFAULT_ZONE;
        }
    }

    private Place item(String kind, String itemKey) {
        Place at = place.child(kind).child(itemKey);
        KeyRule.problem(itemKey).ifPresent(wrong -> at.error(ProblemCode.BAD_KEY, "", wrong, ""));
        return at;
    }

    private void note(ItemKind kind, String itemKey, Renaming renaming) {
        renaming.into(new ItemName(kind, itemKey), renamedItems, renamedColumns);
    }

    private <T> T add(Map<String, T> items, String kind, String itemKey, T item) {
        if (items.putIfAbsent(itemKey, item) != null) {
            place.child(kind)
                    .error(ProblemCode.DUPLICATE_KEY, itemKey, itemKey + " was already declared", "keys are unique");
        }
        return item;
    }
}
