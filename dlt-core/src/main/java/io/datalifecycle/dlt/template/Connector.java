package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A source that rows are fetched from. Immutable.
 *
 * @param key name
 * @param type the plug-in that fetches: {@code file}, {@code http}, {@code jdbc}, {@code kafka}, …
 * @param into the datastore the rows go to
 * @param map column of the store to where its value comes from: the name of a field, a JSON pointer ({@code /meta/site}, within an
 *     exploded element {@code ./value}), or an expression behind an equals sign ({@code = raw * 0.1}). A column that is not named takes
 *     the field of its own name
 * @param units column to the unit the source gives it in, converted to the unit that the store's schema names
 * @param constants column to a value for rows that lack it; texts may hold <code>${param.key}</code>
 * @param explode JSON pointer of an array within a record, each element of which is a row; empty when a record is a row
 * @param every time between two looks at the source
 * @param options everything else the plug-in needs; texts may hold <code>${param.key}</code>
 */
public record Connector(
        String key,
        String type,
        Ref into,
        Map<String, String> map,
        Map<String, String> units,
        Map<String, Object> constants,
        Optional<String> explode,
        Duration every,
        Map<String, Object> options) {

    /** The type of connectors whose rows the host hands over; nothing fetches for them. */
    public static final String PUSH = "push";

    /** Time between two looks when a template names none. */
    public static final Duration DEFAULT_EVERY = Duration.ofSeconds(10);

    public Connector {
        map = Values.copy(map);
        units = Values.copy(units);
        constants = Values.options(constants);
        options = Values.options(options);
    }

    /**
     * A connector that is in no template, for a run that the host starts.
     *
     * @throws io.datalifecycle.dlt.problem.TemplateInvalidException with all that is wrong with it
     */
    public static Connector define(String key, Consumer<ConnectorBuilder> nested) {
        Problems problems = new Problems();
        ConnectorBuilder builder = new ConnectorBuilder(new Place("/connectors/" + key, problems));
        nested.accept(builder);
        Connector connector = builder.build(key);
        problems.throwIfErrors("connector " + key);
        return connector;
    }
}
