package io.datalifecycle.dlt.expression;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlScript;
import org.jspecify.annotations.Nullable;

/**
 * A condition or formula over plain values: {@code value > 0.9 * param.limit and fn:abs(row.drift) < 2}. Numbers, texts, truth values
 * and times in, one of them out; arithmetic, comparison, {@code and or not}, {@code a ? b : c} and the functions of {@code fn}.
 * Immutable, thread-safe; parsed once and cached.
 *
 * <p><b>Values that are not there.</b> Null and NaN are the same: no value. Whatever is computed from or compared with no value has no
 * value, so the whole expression has none: {@link #evaluate} gives null, {@link #test} gives false. Division by zero and a result
 * beyond the range of a double have no value either. {@code fn:coalesce(x, 0)} and {@code fn:present(x)} look at it without harm.
 */
public final class Expression {

    private static final int MOST_CACHED = 2_000;
    private static final Map<String, Expression> CACHE = new ConcurrentHashMap<>();
    private static final JexlEngine ENGINE = engine();

    private final String text;
    private final JexlScript script;
    private final Set<String> variables;

    private Expression(String text, JexlScript script) {
        this.text = text;
        this.script = script;
        Set<String> names = new TreeSet<>();
        script.getVariables().forEach(parts -> names.add(String.join(".", parts)));
        this.variables = Collections.unmodifiableSet(names);
    }

    /** Throws {@link ExpressionException} that says what is wrong with the text. */
    public static Expression parse(String text) {
        Expression known = CACHE.get(text);
        if (known != null) {
            return known;
        }
        Expression expression = new Expression(text, script(text));
        if (CACHE.size() >= MOST_CACHED) {
            CACHE.clear();
        }
        CACHE.put(text, expression);
        return expression;
    }

    /** Names it reads, dotted as written: {@code value}, {@code param.limit}. Sorted. */
    public Set<String> variables() {
        return variables;
    }

    /**
     * The result: {@code Long}, {@code Double}, {@code String}, {@code Boolean}, a time, or null for no value. Dotted names are looked
     * up whole ({@code "param.limit"}) or in a nested map ({@code "param"}). Throws {@link ExpressionException} where a name is unknown
     * or a value has the wrong type.
     */
    public @Nullable Object evaluate(Map<String, ?> values) {
        try {
            Object result = Scope.plain(script.execute(new Scope(values)));
            return result == NoValue.INSTANCE ? null : result;
        } catch (NoValue.Met e) {
            return null;
        } catch (JexlException e) {
            return failed(e);
        } catch (ArithmeticException e) {
            throw new ExpressionException(ProblemCode.EXPRESSION_FAILED, text + ": " + e.getMessage());
        }
    }

    /** Whether it is true; false when it has no value. A result that is no truth value is an {@link ExpressionException}. */
    public boolean test(Map<String, ?> values) {
        Object result = evaluate(values);
        if (result == null) {
            return false;
        }
        if (result instanceof Boolean truth) {
            return truth;
        }
        throw new ExpressionException(
                ProblemCode.EXPRESSION_FAILED, text + ": gives no truth value, compare it with something");
    }

    /** The text as written. */
    @Override
    public String toString() {
        return text;
    }

    private @Nullable Object failed(JexlException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoValue.Met) {
                return null;
            }
            if (cause instanceof ExpressionException known) {
                throw known;
            }
            if (cause instanceof ArithmeticException arithmetic) {
                throw new ExpressionException(ProblemCode.EXPRESSION_FAILED, text + ": " + arithmetic.getMessage());
            }
        }
        String reason = e instanceof JexlException.Variable variable
                ? variable.getVariable() + " is not known"
                : e instanceof JexlException.Method method
                        ? "fn:" + method.getMethod() + " is not known with these arguments"
                        : "cannot be computed";
        throw new ExpressionException(ProblemCode.EXPRESSION_FAILED, text + ": " + reason);
    }

    private static JexlScript script(String text) {
        String refused = SourceCheck.reason(text);
        if (refused != null) {
            throw new ExpressionException(ProblemCode.BAD_EXPRESSION, refused);
        }
        try {
            return ENGINE.createScript(text);
        } catch (JexlException e) {
            throw new ExpressionException(ProblemCode.BAD_EXPRESSION, reason(e));
        } catch (StackOverflowError e) {
            throw new ExpressionException(ProblemCode.BAD_EXPRESSION, "is nested too deep");
        }
    }

    private static String reason(JexlException e) {
        if (e instanceof JexlException.Feature) {
            return "uses what is not allowed; use arithmetic, comparisons, and, or, not, and functions such as fn:abs(x)";
        }
        return "cannot be read"
                + (e.getInfo() == null ? "" : " at character " + e.getInfo().getColumn());
    }

    private static JexlEngine engine() {
        JexlFeatures features = JexlFeatures.createNone().comparatorNames(true).namespaceTest("fn"::equals);
        return new JexlBuilder()
                .permissions(new OnlyFunctions())
                .features(features)
                .arithmetic(new Arithmetic())
                .namespaces(Map.of("fn", new Functions()))
                .strict(true)
                .safe(false)
                .silent(false)
                .antish(true)
                .cancellable(false)
                .cache(0)
                .create();
    }
}
