package io.datalifecycle.dlt.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * SQL of a template, cut into tokens so that references ({@code datastore:key}) and inputs ({@code :name}) are told from strings,
 * quoted names, comments, dollar quotes and casts. Immutable, thread-safe.
 *
 * <p>It finds what is meant; whether the SQL is allowed is decided by PostgreSQL, not here.
 */
public final class SqlText {

    private static final Set<String> QUERY_WORDS = Set.of("SELECT", "WITH", "VALUES");
    private static final Set<String> WRITE_WORDS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    private final String sql;
    private final List<Token> tokens;
    private final List<Token> solid;

    private SqlText(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = List.copyOf(tokens);
        this.solid = tokens.stream().filter(t -> !t.isBlank()).toList();
    }

    /** Throws {@link SqlSyntaxException} where a string, comment or bracket never ends or a character is not allowed. */
    public static SqlText parse(String sql) {
        return new SqlText(sql, new Lexer(sql).tokens());
    }

    /** References in the order of the text, each occurrence. */
    public List<SqlReference> references() {
        List<SqlReference> found = new ArrayList<>();
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.REFERENCE) {
                found.add(reference(token));
            }
        }
        return List.copyOf(found);
    }

    /** Names of the inputs used, in the order of their first use. */
    public Set<String> inputs() {
        Set<String> names = new LinkedHashSet<>();
        inputUses().forEach(use -> names.add(use.name()));
        return Collections.unmodifiableSet(names);
    }

    /** Uses of inputs in the order of the text, each occurrence. */
    public List<SqlInput> inputUses() {
        List<SqlInput> uses = new ArrayList<>();
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.INPUT) {
                uses.add(new SqlInput(sql.substring(token.start() + 1, token.end()), token.start()));
            }
        }
        return List.copyOf(uses);
    }

    /** Whether there is exactly one statement; a semicolon may end it, with nothing but space and comments after it. */
    public boolean isSingleStatement() {
        int count = statementTokens().size();
        return count > 0 && solid.stream().limit(count).noneMatch(t -> is(t, ";"));
    }

    /** Whether the first word, behind any opening parentheses, is SELECT, WITH or VALUES. */
    public boolean isQuery() {
        return solid.stream()
                .filter(t -> !is(t, "("))
                .findFirst()
                .filter(t -> QUERY_WORDS.contains(upper(t)))
                .isPresent();
    }

    /**
     * Where it would write, if the tokens show it: {@code INSERT}, {@code UPDATE}, {@code DELETE} or {@code MERGE} at the start of a
     * statement or parenthesis, {@code INTO}, or a locking {@code FOR UPDATE}/{@code FOR SHARE}. Empty proves nothing.
     */
    public OptionalInt write() {
        for (int i = 0; i < solid.size(); i++) {
            Token token = solid.get(i);
            if (token.kind() != Token.Kind.WORD) {
                continue;
            }
            String word = upper(token);
            String before = i == 0 ? ";" : upper(solid.get(i - 1));
            boolean starts = before.equals(";") || before.equals("(");
            boolean locks = before.equals("FOR")
                    && Set.of("UPDATE", "SHARE", "NO", "KEY").contains(word);
            if ((starts && WRITE_WORDS.contains(word)) || locks || (word.equals("INTO") && !before.equals("."))) {
                return OptionalInt.of(token.start());
            }
        }
        return OptionalInt.empty();
    }

    /**
     * The statement with every reference and input replaced, without a closing semicolon and without comments behind the last
     * token, so that a caller can put it into parentheses.
     */
    public String render(Function<SqlReference, String> reference, Function<String, String> input) {
        StringBuilder text = new StringBuilder(sql.length() + 32);
        List<Token> statement = statementTokens();
        int end = statement.isEmpty() ? 0 : statement.get(statement.size() - 1).end();
        for (Token token : tokens) {
            if (token.start() >= end) {
                break;
            }
            text.append(rendered(token, reference, input));
        }
        return text.toString();
    }

    private String rendered(Token token, Function<SqlReference, String> reference, Function<String, String> input) {
        return switch (token.kind()) {
            case REFERENCE -> reference.apply(reference(token));
            case INPUT -> input.apply(sql.substring(token.start() + 1, token.end()));
            default -> sql.substring(token.start(), token.end());
        };
    }

    /** Where an offset into what {@link #render} gives with the same functions comes from; what was put in comes from what it replaces. */
    public int origin(int offset, Function<SqlReference, String> reference, Function<String, String> input) {
        int at = 0;
        for (Token token : tokens) {
            int length = rendered(token, reference, input).length();
            if (offset < at + length) {
                boolean replaced = token.kind() == Token.Kind.REFERENCE || token.kind() == Token.Kind.INPUT;
                return token.start() + (replaced ? 0 : offset - at);
            }
            at += length;
        }
        return sql.length();
    }

    /** Line and column of an offset, both from 1: {@code line 2, column 7}. */
    public String place(int offset) {
        return place(sql, offset);
    }

    /** The text as written. */
    @Override
    public String toString() {
        return sql;
    }

    static String place(String sql, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(offset, sql.length()); i++) {
            if (sql.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return "line " + line + ", column " + (offset - lineStart + 1);
    }

    /** Tokens of the statement without blanks and without closing semicolons. */
    private List<Token> statementTokens() {
        int end = solid.size();
        while (end > 0 && is(solid.get(end - 1), ";")) {
            end--;
        }
        return solid.subList(0, end);
    }

    private SqlReference reference(Token token) {
        String text = sql.substring(token.start(), token.end());
        int colon = text.indexOf(':');
        return new SqlReference(text.substring(0, colon), text.substring(colon + 1), token.start());
    }

    private boolean is(Token token, String text) {
        return token.kind() == Token.Kind.SYMBOL && sql.startsWith(text, token.start());
    }

    private String upper(Token token) {
        return sql.substring(token.start(), token.end()).toUpperCase(Locale.ROOT);
    }
}
