package io.datalifecycle.dlt.storage.sql;

import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;

/** Words database errors: what happened and what to do, never a statement, a value or an address. */
public final class SqlErrors {

    /** Classes of states that speak of connections, logins, names and room, not of values. */
    private static final Set<String> PLAIN =
            Set.of("08", "0A", "25", "28", "3D", "3F", "40", "42", "53", "55", "57", "58");

    /** What triggers of DLT's tables answer for a workspace that was erased or moved away. */
    private static final String GONE = "DLT01";

    private static final Pattern TABLE = Pattern.compile("_wid\\d+");

    private SqlErrors() {}

    /** The exception to throw for whatever came out of the driver or a library above it. */
    public static DltException of(String what, Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof DltException known) {
                return known;
            }
            if (t instanceof SQLException sql) {
                return of(what, sql);
            }
        }
        return new DltException(
                ProblemCode.STORAGE_FAILED,
                what + ": " + failure.getClass().getSimpleName(),
                // Jdbi writes the values of a statement into its messages
                failure instanceof JdbiException wrapped && wrapped.getCause() != null ? wrapped.getCause() : failure);
    }

    /**
     * The failure as the cause of one of ours, for logs print causes. What PostgreSQL says may hold values of rows, and what the driver
     * says of a batch holds its statements; then only state and stack are kept. The server's own log has the rest.
     */
    public static SQLException withoutValues(SQLException failure) {
        if (!(failure instanceof BatchUpdateException)
                && (failure.getSQLState() == null || PLAIN.stream().anyMatch(failure.getSQLState()::startsWith))) {
            return failure;
        }
        SQLException bare = new SQLException(
                "the database answered " + state(failure) + "; its own log says more, which may hold values of rows",
                state(failure));
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }

    private static DltException of(String what, SQLException said) {
        SQLException failure = withoutValues(said);
        String state = String.valueOf(said.getSQLState());
        if (isGone(said)) {
            return new ConflictException(
                    ProblemCode.WORKSPACE_CHANGED,
                    what
                            + ": the workspace was deleted, moved or changed meanwhile, nothing was stored; ask for it again");
        }
        if (isAway(said)) {
            return new StoreUnavailableException(
                    ProblemCode.DATABASE_UNREACHABLE,
                    what + ": the database cannot be reached; check that it runs, its address, login and password",
                    true,
                    failure);
        }
        if (state.startsWith("28") || state.equals("3D000")) {
            return new StoreUnavailableException(
                    ProblemCode.DATABASE_UNREACHABLE,
                    what + ": the database refuses the login; check database name, user and password",
                    false,
                    failure);
        }
        if (state.startsWith("40") || state.equals("55P03") || state.equals("57014")) {
            return new StoreUnavailableException(
                    ProblemCode.STORAGE_FAILED,
                    what + ": the database gave up waiting or ended the statement (" + state + "); try again",
                    true,
                    failure);
        }
        if (state.startsWith("53")) {
            return new StoreUnavailableException(
                    ProblemCode.STORAGE_FAILED,
                    what + ": the database has no room left (" + state + "): disk, memory or connections",
                    true,
                    failure);
        }
        if (state.equals("42501")) {
            return new DltException(
                    ProblemCode.GRANT_MISSING,
                    what + ": the database user lacks a right: " + firstLine(failure)
                            + "; docs/operations.md lists what is needed",
                    failure);
        }
        return new DltException(ProblemCode.STORAGE_FAILED, what + ": the database answered " + state, failure);
    }

    /** Whether a trigger said that the workspace is no longer there, or its table is not. */
    private static boolean isGone(SQLException failure) {
        return state(failure).equals(GONE)
                || (state(failure).equals("42P01")
                        && TABLE.matcher(String.valueOf(failure.getMessage())).find());
    }

    /** Whether the connection, not the statement, is the trouble. */
    public static boolean isAway(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08")
                || state.startsWith("57P")
                || failure instanceof SQLTransientException
                || (failure.getSQLState() == null && failure.getCause() instanceof java.io.IOException);
    }

    /** Whether a row found no partition. It comes with the state of a broken check, but names none. */
    public static boolean isMissingPartition(SQLException failure) {
        return state(failure).equals("23514")
                && !(failure instanceof PSQLException known
                        && known.getServerErrorMessage() != null
                        && known.getServerErrorMessage().getConstraint() != null);
    }

    /** Whether two transactions stood in each other's way and this one was ended: done again it may go through. */
    public static boolean isLostRace(SQLException failure) {
        return state(failure).equals("40P01") || state(failure).equals("40001");
    }

    /** SQL state somewhere in the chain; empty when there is none. */
    public static String state(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
