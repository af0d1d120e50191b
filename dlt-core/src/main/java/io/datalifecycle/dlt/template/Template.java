package io.datalifecycle.dlt.template;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A blueprint of a data life cycle, from which isolated workspaces are made. Immutable; items keep the order in which they were
 * declared. Made by {@code Template.define} or read by the language's reader, both of which report all problems at once.
 *
 * @param key name of the template
 * @param version semantic version, always text
 * @param title name for people
 * @param description what it is for
 * @param timezone zone that workspaces have unless they choose their own
 * @param renames what items and columns were called in the version before
 */
public record Template(
        String key,
        String version,
        Optional<String> title,
        Optional<String> description,
        ZoneId timezone,
        List<Parameter> parameters,
        List<Datastore> datastores,
        List<Connector> connectors,
        List<Featurestore> featurestores,
        List<Model> models,
        List<Inferencestore> inferencestores,
        List<Metric> metrics,
        List<Dashboard> dashboards,
        List<Alert> alerts,
        List<Report> reports,
        List<Channel> channels,
        Renames renames) {

    /** Zone of a template that names none. */
    public static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+){0,3}([-+][0-9A-Za-z.+-]+)?");

    /**
     * Declares a template in Java. Throws {@link io.datalifecycle.dlt.problem.TemplateInvalidException} with every structural problem;
     * what the items say about each other is checked when the template is published.
     */
    public static Template define(String key, String version, Consumer<TemplateBuilder> items) {
        TemplateBuilder builder = new TemplateBuilder(key, version);
        items.accept(builder);
        return builder.build();
    }

    /** What is wrong with a version text; empty when it may be used. */
    public static Optional<String> versionProblem(String version) {
        return version.length() <= 60 && VERSION.matcher(version).matches()
                ? Optional.empty()
                : Optional.of("\"" + version + "\" is no version: write 1.2.3, perhaps with -suffix");
    }

    public Template {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(timezone, "timezone");
        Objects.requireNonNull(renames, "renames");
        parameters = List.copyOf(parameters);
        datastores = List.copyOf(datastores);
        connectors = List.copyOf(connectors);
        featurestores = List.copyOf(featurestores);
        models = List.copyOf(models);
        inferencestores = List.copyOf(inferencestores);
        metrics = List.copyOf(metrics);
        dashboards = List.copyOf(dashboards);
        alerts = List.copyOf(alerts);
        reports = List.copyOf(reports);
        channels = List.copyOf(channels);
    }

    /** The keys of the items of one kind, in their order. */
    public List<String> keys(ItemKind kind) {
        return switch (kind) {
            case PARAMETER -> parameters.stream().map(Parameter::key).toList();
            case DATASTORE -> datastores.stream().map(Datastore::key).toList();
            case CONNECTOR -> connectors.stream().map(Connector::key).toList();
            case FEATURESTORE -> featurestores.stream().map(Featurestore::key).toList();
            case MODEL -> models.stream().map(Model::key).toList();
            case INFERENCESTORE ->
                inferencestores.stream().map(Inferencestore::key).toList();
            case METRIC -> metrics.stream().map(Metric::key).toList();
            case DASHBOARD -> dashboards.stream().map(Dashboard::key).toList();
            case ALERT -> alerts.stream().map(Alert::key).toList();
            case REPORT -> reports.stream().map(Report::key).toList();
            case CHANNEL -> channels.stream().map(Channel::key).toList();
        };
    }

    /** All stores: datastores, featurestores, inferencestores. */
    public List<Store> stores() {
        List<Store> all = new ArrayList<>(datastores);
        all.addAll(featurestores);
        all.addAll(inferencestores);
        return List.copyOf(all);
    }

    /** The store a reference points at; empty when there is none or the reference is to something else. */
    public Optional<Store> store(Ref ref) {
        return switch (ref.kind()) {
            case DATASTORE -> datastore(ref.key()).map(Store.class::cast);
            case FEATURESTORE -> featurestore(ref.key()).map(Store.class::cast);
            case INFERENCESTORE -> inferencestore(ref.key()).map(Store.class::cast);
            default -> Optional.empty();
        };
    }

    public Optional<Datastore> datastore(String key) {
        return datastores.stream().filter(d -> d.key().equals(key)).findFirst();
    }

    public Optional<Featurestore> featurestore(String key) {
        return featurestores.stream().filter(f -> f.key().equals(key)).findFirst();
    }

    public Optional<Inferencestore> inferencestore(String key) {
        return inferencestores.stream().filter(i -> i.key().equals(key)).findFirst();
    }

    public Optional<Model> model(String key) {
        return models.stream().filter(m -> m.key().equals(key)).findFirst();
    }

    public Optional<Metric> metric(String key) {
        return metrics.stream().filter(m -> m.key().equals(key)).findFirst();
    }

    public Optional<Dashboard> dashboard(String key) {
        return dashboards.stream().filter(d -> d.key().equals(key)).findFirst();
    }

    public Optional<Alert> alert(String key) {
        return alerts.stream().filter(a -> a.key().equals(key)).findFirst();
    }

    public Optional<Report> report(String key) {
        return reports.stream().filter(r -> r.key().equals(key)).findFirst();
    }

    public Optional<Channel> channel(String key) {
        return channels.stream().filter(c -> c.key().equals(key)).findFirst();
    }

    public Optional<Parameter> parameter(String key) {
        return parameters.stream().filter(p -> p.key().equals(key)).findFirst();
    }
}
