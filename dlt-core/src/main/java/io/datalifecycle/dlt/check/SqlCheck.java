package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.sql.SqlInput;
import io.datalifecycle.dlt.sql.SqlReference;
import io.datalifecycle.dlt.sql.SqlSyntaxException;
import io.datalifecycle.dlt.sql.SqlText;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RefKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** SQL of metrics and featurestores: one SELECT over declared stores and inputs. */
final class SqlCheck {

    private SqlCheck() {}

    /** The SQL when it is one query; problems are told either way. */
    static Optional<SqlText> check(Findings findings, String sql, Collection<String> inputs, String pointer) {
        SqlText text;
        try {
            text = SqlText.parse(sql);
        } catch (SqlSyntaxException e) {
            findings.error(
                    ProblemCode.BAD_SQL,
                    pointer,
                    "the SQL cannot be read at " + place(sql, e.offset()) + ": " + e.reason(),
                    "");
            return Optional.empty();
        }
        if (!text.isSingleStatement()) {
            boolean empty = sql.isBlank();
            findings.error(
                    ProblemCode.BAD_SQL,
                    pointer,
                    empty ? "the SQL is empty" : "the SQL is not one statement",
                    "write one SELECT");
        } else if (!text.isQuery()) {
            findings.error(
                    ProblemCode.BAD_SQL,
                    pointer,
                    "the SQL does not start with SELECT, WITH or VALUES",
                    "write one SELECT");
        } else if (text.write().isPresent()) {
            findings.error(
                    ProblemCode.BAD_SQL,
                    pointer,
                    "the SQL writes or locks at " + text.place(text.write().getAsInt()),
                    "write one SELECT that only reads");
        }
        references(findings, text, pointer);
        inputs(findings, text, inputs, pointer);
        return text.isSingleStatement() && text.isQuery() ? Optional.of(text) : Optional.empty();
    }

    private static void references(Findings findings, SqlText text, String pointer) {
        Set<String> told = new HashSet<>();
        for (SqlReference reference : text.references()) {
            if (!told.add(reference.toString())) {
                continue;
            }
            Optional<RefKind> kind = RefKind.of(reference.kind()).filter(RefKind::isStore);
            if (kind.isEmpty()) {
                findings.error(
                        ProblemCode.BAD_SQL,
                        pointer,
                        reference + " at " + text.place(reference.offset()) + " is no store",
                        "SQL reads datastore:key, featurestore:key and inferencestore:key");
            } else {
                findings.store(new Ref(kind.get(), reference.key()), pointer);
            }
        }
    }

    private static void inputs(Findings findings, SqlText text, Collection<String> inputs, String pointer) {
        Set<String> told = new HashSet<>();
        for (SqlInput use : text.inputUses()) {
            if (!inputs.contains(use.name()) && told.add(use.name())) {
                findings.error(
                        ProblemCode.UNKNOWN_INPUT,
                        pointer,
                        "input :" + use.name() + " at " + text.place(use.offset()) + " is not declared",
                        hint(findings, text, use, inputs));
            }
        }
    }

    /** {@code datastor:raw} is a slip in the word before the colon, not an input. */
    private static String hint(Findings findings, SqlText text, SqlInput use, Collection<String> inputs) {
        Optional<String> store = findings.template().stores().stream()
                .filter(s -> s.key().equals(use.name()) && use.offset() > 0)
                .filter(s -> Character.isLetter(text.toString().charAt(use.offset() - 1)))
                .map(s -> "did you mean " + s.ref() + "?")
                .findFirst();
        return store.orElseGet(() -> inputs.isEmpty() ? "declare it in inputs" : DidYouMean.hint(use.name(), inputs));
    }

    private static String place(String sql, int offset) {
        long line = sql.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return "line " + line + ", column " + (offset - sql.lastIndexOf('\n', Math.max(0, offset - 1)));
    }
}
