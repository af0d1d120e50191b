package io.datalifecycle.dlt.template;

import java.util.Objects;

/**
 * Where the value of a metric input or of a redirect's control comes from, as text. Immutable. Forms:
 * {@code asset} (a control), {@code range.from} (part of a control), {@code row.asset_id} (column of the row or point that was
 * clicked), {@code param.vibration_limit} (workspace parameter), {@code now}, {@code now-PT1H} (an instant relative to the
 * evaluation), {@code 'text'}, {@code 42}, {@code true} (literals).
 *
 * @param text the binding as written
 */
public record Binding(String text) {

    /** What a binding draws on. */
    public enum Source {
        CONTROL,
        ROW,
        PARAM,
        NOW,
        LITERAL
    }

    public Binding {
        Objects.requireNonNull(text, "text");
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "binding: is empty; use a control, row.column, param.name, now or a literal");
        }
    }

    public static Binding of(String text) {
        return new Binding(text);
    }

    /** Which of the forms it has. */
    public Source source() {
        if (text.startsWith("row.")) {
            return Source.ROW;
        }
        if (text.startsWith("param.")) {
            return Source.PARAM;
        }
        if (text.equals("now") || text.startsWith("now-") || text.startsWith("now+")) {
            return Source.NOW;
        }
        char first = text.charAt(0);
        if (first == '\'' || first == '-' || Character.isDigit(first) || text.equals("true") || text.equals("false")) {
            return Source.LITERAL;
        }
        return Source.CONTROL;
    }

    /** The control, column or parameter it names; the whole text for {@link Source#NOW} and {@link Source#LITERAL}. */
    public String name() {
        return switch (source()) {
            case ROW -> text.substring(4);
            case PARAM -> text.substring(6);
            case NOW, LITERAL -> text;
            case CONTROL -> text.indexOf('.') < 0 ? text : text.substring(0, text.indexOf('.'));
        };
    }

    /** {@code from} of {@code range.from}; {@code ""} when there is no part. */
    public String part() {
        return source() == Source.CONTROL && text.indexOf('.') >= 0 ? text.substring(text.indexOf('.') + 1) : "";
    }

    @Override
    public String toString() {
        return text;
    }
}
