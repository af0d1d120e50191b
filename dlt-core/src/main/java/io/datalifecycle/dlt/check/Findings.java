package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.expression.Expression;
import io.datalifecycle.dlt.expression.ExpressionException;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.Problems;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.time.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The template under check, what was found, and the questions that several checkers ask. Not thread-safe. */
final class Findings {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]{0,100})}");
    private static final String PARAM = "param.";
    /** Any instant does: a pattern that has no run after this one has none at all. */
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private final Template template;
    private final Set<String> replaced;
    private final Problems problems = new Problems();
    private final Set<String> usedParameters = new HashSet<>();
    private final Map<Ref, Optional<RowSchema>> columns = new HashMap<>();
    private final Set<Ref> doubtful = new HashSet<>();

    Findings(Template template, Set<String> replaced) {
        this.template = template;
        this.replaced = replaced;
    }

    Template template() {
        return template;
    }

    List<Problem> list() {
        return problems.list();
    }

    /** What is said about a stand-in of the reader is left out: the reader has told why it stands there. */
    void error(ProblemCode code, String pointer, String message, String hint) {
        if (!isReplaced(pointer)) {
            problems.error(code, pointer, message, hint);
        }
    }

    void warning(ProblemCode code, String pointer, String message, String hint) {
        if (!isReplaced(pointer)) {
            problems.warning(code, pointer, message, hint);
        }
    }

    private boolean isReplaced(String pointer) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            if (replaced.contains(at)) {
                return true;
            }
        }
        return replaced.contains("");
    }

    /** Whether anything at or below a pointer is a stand-in. */
    boolean holdsReplaced(String pointer) {
        return isReplaced(pointer) || replaced.stream().anyMatch(r -> r.startsWith(pointer + "/"));
    }

    /** The store a reference points at; a problem where there is none. */
    Optional<Store> store(Ref ref, String pointer) {
        Optional<Store> store = template.store(ref);
        if (store.isEmpty()) {
            List<String> known =
                    template.stores().stream().map(s -> s.ref().toString()).toList();
            error(
                    ProblemCode.UNKNOWN_REFERENCE,
                    pointer,
                    ref + " does not exist",
                    DidYouMean.hint(ref.toString(), known));
        }
        return store;
    }

    /** Tells when a key is not among those declared. */
    boolean known(String what, String key, Collection<String> known, String pointer) {
        if (!known.contains(key)) {
            error(
                    ProblemCode.UNKNOWN_REFERENCE,
                    pointer,
                    what + " " + key + " does not exist",
                    DidYouMean.hint(key, known));
            return false;
        }
        return true;
    }

    /** The columns of a store; empty when the store is unknown or rests on something that is itself in doubt. */
    Optional<RowSchema> columns(Ref ref) {
        Optional<RowSchema> known = columns.get(ref);
        if (known == null) {
            known = reliable(ref, new HashSet<>())
                    ? template.store(ref).map(store -> StoreColumns.of(template, store))
                    : Optional.empty();
            columns.put(ref, known);
        }
        return known;
    }

    /** The columns of a store cannot be known because its schema is broken. */
    void doubt(Ref store) {
        doubtful.add(store);
    }

    private boolean reliable(Ref ref, Set<Ref> visited) {
        Optional<Store> store = template.store(ref);
        String section = "/" + ref.kind().label() + "s/" + ref.key();
        if (store.isEmpty() || doubtful.contains(ref) || !visited.add(ref) || holdsReplaced(section)) {
            return false;
        }
        if (ref.kind() == RefKind.FEATURESTORE) {
            return template.featurestore(ref.key()).orElseThrow().transform().sources().stream()
                    .allMatch(source -> reliable(source, new HashSet<>(visited)));
        }
        return true;
    }

    /** The column of a store, where both are certain; a problem where the column does not exist. */
    Optional<Column> column(Ref store, String name, String pointer) {
        Optional<RowSchema> schema = columns(store);
        if (schema.isEmpty()) {
            return Optional.empty();
        }
        Optional<Column> column = schema.get().find(name);
        if (column.isEmpty()) {
            error(
                    ProblemCode.UNKNOWN_COLUMN,
                    pointer,
                    store + " has no column " + name,
                    DidYouMean.hint(name, names(schema.get())));
        }
        return column;
    }

    static List<String> names(RowSchema schema) {
        return schema.columns().stream().map(Column::name).toList();
    }

    void cron(String text, ZoneId zone, String pointer) {
        try {
            if (CronSchedule.parse(text, zone).next(LONG_AGO).isEmpty()) {
                error(ProblemCode.BAD_CRON, pointer, "\"" + text + "\" never comes", "check day and month");
            }
        } catch (IllegalArgumentException e) {
            error(
                    ProblemCode.BAD_CRON,
                    pointer,
                    String.valueOf(e.getMessage()),
                    "write five fields, for instance 0 3 * * *");
        }
    }

    /** A parsed expression; a problem where it cannot be read. */
    Optional<Expression> expression(String text, String pointer) {
        try {
            return Optional.of(Expression.parse(text));
        } catch (ExpressionException e) {
            error(ProblemCode.BAD_EXPRESSION, pointer, "the expression " + e.reason(), "");
            return Optional.empty();
        }
    }

    /** Marks a parameter as used; a problem where there is none of that name. */
    boolean parameter(String key, String pointer) {
        usedParameters.add(key);
        List<String> known = template.parameters().stream().map(Parameter::key).toList();
        if (known.contains(key)) {
            return true;
        }
        error(
                ProblemCode.UNKNOWN_PARAMETER,
                pointer,
                "parameter " + key + " does not exist",
                DidYouMean.hint(key, known));
        return false;
    }

    /** Takes {@code param.x} of an expression; true when the name was one. */
    boolean parameterVariable(String variable, String pointer) {
        if (!variable.startsWith(PARAM)) {
            return false;
        }
        parameter(variable.substring(PARAM.length()), pointer);
        return true;
    }

    /** Checks <code>${param.x}</code> in a text, or in every text below a list or group. */
    void placeholders(Object value, String pointer) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> placeholders(item, pointer + "/" + key));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                placeholders(list.get(i), pointer + "/" + i);
            }
        } else if (value instanceof String text) {
            Matcher placeholder = PLACEHOLDER.matcher(text);
            while (placeholder.find()) {
                String name = placeholder.group(1);
                if (!parameterVariable(name, pointer)) {
                    error(ProblemCode.BAD_VALUE, pointer, "${" + name + "} cannot be filled", "only ${param.key} can");
                }
            }
        }
    }

    Set<String> usedParameters() {
        return usedParameters;
    }
}
