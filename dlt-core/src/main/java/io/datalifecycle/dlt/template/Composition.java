package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Problems;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes one self-contained template of a template, the one it extends and those it includes. Items of the extended one come first, then
 * the included ones, then the own; an own item takes the place of an extended one of its kind and key. Not thread-safe.
 */
public final class Composition {

    private static final String OWN = "this template";

    private final Template own;
    private final Optional<Template> base;
    private final List<Included> included;
    private final Problems problems = new Problems();
    private final Map<ItemName, String> origins = new LinkedHashMap<>();
    private final Map<String, String> renamedItems = new LinkedHashMap<>();
    private final Map<Ref, Map<String, String>> renamedColumns = new LinkedHashMap<>();

    private Composition(Template own, Optional<Template> base, List<Included> included) {
        this.own = own;
        this.base = base;
        this.included = included.stream()
                .map(other ->
                        new Included(Prefix.of(other.prefix(), other.template()), other.prefix(), other.pointer()))
                .toList();
    }

    /**
     * A template to be included. Immutable.
     *
     * @param template the template
     * @param prefix what stands before each of its keys, may be empty; parameters keep theirs
     * @param pointer where it is included, for problems: {@code /include/0}
     */
    public record Included(Template template, String prefix, String pointer) {

        /** The template as it is included, with its keys and all that names them changed. */
        public Template prefixed() {
            return Prefix.of(prefix, template);
        }
    }

    /**
     * What came of it. Immutable.
     *
     * @param template the whole, self-contained
     * @param origins the items that come from other templates, each with that template as {@code key:version}
     * @param problems keys that two templates claim or that are none, with pointers into the own template
     */
    public record Result(Template template, Map<ItemName, String> origins, List<Problem> problems) {
        public Result {
            origins = Map.copyOf(origins);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Puts them together.
     *
     * @param own what the template says itself; where it names no zone, the extended one's holds, as for title and description
     * @param ownZone the zone it names; empty when it names none
     */
    public static Result of(Template own, Optional<ZoneId> ownZone, Optional<Template> base, List<Included> included) {
        Composition composition = new Composition(own, base, included);
        ZoneId zone = ownZone.or(() -> base.map(Template::timezone)).orElse(own.timezone());
        return new Result(composition.template(zone), composition.origins, composition.problems.list());
    }

    private Template template(ZoneId zone) {
        included.forEach(this::keys);
        return new Template(
                own.key(),
                own.version(),
                own.title().or(() -> base.flatMap(Template::title)),
                own.description().or(() -> base.flatMap(Template::description)),
                zone,
                items(ItemKind.PARAMETER, Template::parameters, Parameter::key),
                items(ItemKind.DATASTORE, Template::datastores, Datastore::key),
                items(ItemKind.CONNECTOR, Template::connectors, Connector::key),
                items(ItemKind.FEATURESTORE, Template::featurestores, Featurestore::key),
                items(ItemKind.MODEL, Template::models, Model::key),
                items(ItemKind.INFERENCESTORE, Template::inferencestores, Inferencestore::key),
                items(ItemKind.METRIC, Template::metrics, Metric::key),
                items(ItemKind.DASHBOARD, Template::dashboards, Dashboard::key),
                items(ItemKind.ALERT, Template::alerts, Alert::key),
                items(ItemKind.REPORT, Template::reports, Report::key),
                items(ItemKind.CHANNEL, Template::channels, Channel::key),
                new Renames(renamedItems, renamedColumns));
    }

    private void keys(Included other) {
        for (ItemKind kind : ItemKind.values()) {
            for (String key : other.template().keys(kind)) {
                KeyRule.problem(key)
                        .filter(wrong -> !other.prefix().isEmpty() && kind != ItemKind.PARAMETER)
                        .ifPresent(wrong -> problems.error(
                                ProblemCode.BAD_KEY,
                                other.pointer() + "/prefix",
                                wrong + " (" + kind.label() + " of " + name(other.template()) + ")",
                                "choose another prefix"));
            }
        }
    }

    private <T> List<T> items(ItemKind kind, Function<Template, List<T>> of, Function<T, String> key) {
        Map<String, T> items = new LinkedHashMap<>();
        base.ifPresent(template -> of.apply(template).forEach(item -> {
            items.put(key.apply(item), item);
            note(new ItemName(kind, key.apply(item)), template, name(template));
        }));
        for (Included other : included) {
            of.apply(other.template()).forEach(item -> include(kind, other, key.apply(item), item, items));
        }
        List<T> twice = new ArrayList<>();
        for (T item : of.apply(own)) {
            own(new ItemName(kind, key.apply(item)), item, items, twice);
        }
        List<T> all = new ArrayList<>(items.values());
        all.addAll(twice); // the reader of the text, or the builder, tells about them
        return all;
    }

    private <T> void include(ItemKind kind, Included other, String key, T item, Map<String, T> items) {
        ItemName name = new ItemName(kind, key);
        T there = items.get(key);
        String origin = name(other.template());
        if (there == null) {
            items.put(key, item);
            note(name, other.template(), origin);
        } else if (!isShared(there, item)) {
            claimed(other.pointer(), name, origin, Objects.requireNonNullElse(origins.get(name), OWN));
        }
    }

    private <T> void own(ItemName name, T item, Map<String, T> items, List<T> twice) {
        String origin = origins.get(name);
        if (origin == null && items.containsKey(name.key())) {
            twice.add(item);
            return;
        }
        Optional<Included> other = origin == null ? Optional.empty() : includedFrom(name);
        if (other.isPresent() && !isShared(Objects.requireNonNull(items.get(name.key())), item)) {
            claimed(other.get().pointer(), name, name(other.get().template()), OWN);
        }
        items.put(name.key(), item);
        origins.remove(name);
        renamedItems.remove(name.toString());
        refOf(name).ifPresent(renamedColumns::remove);
        note(name, own, null);
    }

    private Optional<Included> includedFrom(ItemName name) {
        boolean extended = base.filter(template -> template.keys(name.kind()).contains(name.key()))
                .isPresent();
        return extended
                ? Optional.empty()
                : included.stream()
                        .filter(other -> other.template().keys(name.kind()).contains(name.key()))
                        .findFirst();
    }

    /** Parameters are the workspace's: templates that say the same of one share it. */
    private static boolean isShared(Object there, Object item) {
        return there instanceof Parameter one
                && item instanceof Parameter other
                && plain(one).equals(plain(other));
    }

    private static Parameter plain(Parameter p) {
        return new Parameter(
                p.key(), p.type(), p.format(), p.required(), p.defaultValue(), p.allowed(), p.unit(), Optional.empty());
    }

    private void claimed(String pointer, ItemName item, String origin, String other) {
        boolean parameter = item.kind() == ItemKind.PARAMETER;
        problems.error(
                ProblemCode.INCLUDE_FAILED,
                pointer,
                parameter
                        ? item + " of " + origin + " is not what " + other + " says of it"
                        : item + " of " + origin + " is in " + other + " too",
                parameter ? "parameters are shared: let both say the same" : "include it with another prefix");
    }

    /** Remembers where an item comes from, and what it was called there. */
    private void note(ItemName item, Template template, @Nullable String origin) {
        if (origin != null) {
            origins.put(item, origin);
        }
        template.renames().itemFrom(item.toString()).ifPresent(from -> renamedItems.put(item.toString(), from));
        refOf(item)
                .ifPresent(store -> renamedColumns.put(store, template.renames().columnsOf(store)));
    }

    private static Optional<Ref> refOf(ItemName item) {
        return RefKind.of(item.kind().label()).map(kind -> new Ref(kind, item.key()));
    }

    private static String name(Template template) {
        return template.key() + ":" + template.version();
    }
}
