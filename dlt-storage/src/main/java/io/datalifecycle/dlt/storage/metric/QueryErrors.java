package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.IsolationException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.sql.SqlErrors;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.workspace.PhysicalName;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.sql.SQLException;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Words what a query died of: PostgreSQL's reason and the place in the author's text, without values of rows and names of others. */
final class QueryErrors {

    private static final int LONGEST = 300;

    /** From the first quotation mark to the last: a value may hold some itself. */
    private static final Pattern QUOTED = Pattern.compile("(?s)\".*\"");

    private static final Pattern PHYSICAL = Pattern.compile("_wid\\d|dlt_");

    private QueryErrors() {}

    /**
     * The exception to throw.
     *
     * @param of what ran: {@code metric mean}
     * @param place words for an offset of the text that was sent, empty for none
     */
    static DltException of(SQLException e, WorkspaceContext workspace, String of, IntFunction<String> place) {
        String what = of + " of workspace " + workspace.key();
        String state = SqlErrors.state(e);
        SQLException cause = SqlErrors.withoutValues(e);
        if (String.valueOf(e.getMessage()).contains("maxResultBuffer")) {
            return new DltException(
                    ProblemCode.QUERY_FAILED,
                    what + ": its result is larger than 64 MB; narrow its span or its columns",
                    cause);
        }
        return switch (state) {
            case "57014" ->
                new DltException(
                        ProblemCode.QUERY_TIMEOUT,
                        what + ": took too long and was ended; narrow its span or its rows",
                        cause);
            case "42501", "0A000", "25006", "25001" ->
                new IsolationException(
                        ProblemCode.QUERY_REFUSED,
                        what + ": the database refused it (" + state
                                + "): it reaches for more than its workspace's data, or writes",
                        cause);
            case "22012" ->
                new DltException(
                        ProblemCode.QUERY_FAILED, what + ": divides by zero; use nullif(…, 0)" + at(e, place), cause);
            default ->
                SqlErrors.isAway(e)
                        ? SqlErrors.of(what, e)
                        : new DltException(
                                ProblemCode.QUERY_FAILED,
                                what + ": the database answered " + state + reason(e, workspace) + at(e, place),
                                cause);
        };
    }

    private static @Nullable ServerErrorMessage said(SQLException e) {
        return e instanceof PSQLException known ? known.getServerErrorMessage() : null;
    }

    private static String reason(SQLException e, WorkspaceContext workspace) {
        ServerErrorMessage said = said(e);
        String state = SqlErrors.state(e);
        boolean isData = state.startsWith("22");
        if (said == null || !(isData || state.startsWith("42") || state.startsWith("21") || state.startsWith("54"))) {
            return "";
        }
        return worded(said.getMessage(), isData, workspace) + worded(said.getHint(), isData, workspace);
    }

    /** Errors about data quote values, others quote names. */
    private static String worded(@Nullable String text, boolean isData, WorkspaceContext workspace) {
        if (text == null || text.isBlank()) {
            return "";
        }
        String shown = isData ? QUOTED.matcher(text).replaceAll("\"…\"") : text;
        for (Store store : workspace.template().stores()) {
            shown = shown.replace(
                    PhysicalName.table(store.key(), workspace.id()), store.ref().toString());
        }
        if (PHYSICAL.matcher(shown).find()) {
            return "";
        }
        shown = shown.replaceAll("\\s+", " ").strip();
        return ": " + (shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown);
    }

    private static String at(SQLException e, IntFunction<String> place) {
        ServerErrorMessage said = said(e);
        String sent = said == null ? null : said.getInternalQuery();
        if (said == null || sent == null || said.getInternalPosition() < 1) {
            return "";
        }
        int characters = Math.min(said.getInternalPosition() - 1, sent.codePointCount(0, sent.length()));
        String words = place.apply(sent.offsetByCodePoints(0, characters));
        return words.isEmpty() ? "" : " (" + words + ")";
    }
}
