package io.datalifecycle.dlt.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts SQL into tokens as PostgreSQL's scanner does with {@code standard_conforming_strings} on, and adds two of our own: inputs and
 * references. Within square brackets a colon after a value cuts a slice ({@code x[a:b]}); a colon that starts an element is an input.
 */
final class Lexer {

    private static final Set<String> KINDS =
            Set.of("datastore", "featurestore", "inferencestore", "metric", "dashboard");
    private static final String OPERATOR_CHARS = "+-*/<>=~!@#%^&|`?.";

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private int at;
    private @Nullable Token lastSolid;

    Lexer(String sql) {
        this.sql = sql;
    }

    List<Token> tokens() {
        while (at < sql.length()) {
            Token token = new Token(kindAt(), at, at);
            token = new Token(token.kind(), token.start(), end(token.kind()));
            if (token.kind() == Token.Kind.WORD && isReference(token)) {
                token = new Token(Token.Kind.REFERENCE, token.start(), wordEnd(token.end() + 1));
            }
            tokens.add(token);
            at = token.end();
            if (!token.isBlank()) {
                track(token);
                lastSolid = token;
            }
        }
        if (!open.isEmpty()) {
            throw fail(open.peek(), "'" + sql.charAt(open.peek()) + "' is never closed");
        }
        return tokens;
    }

    private Token.Kind kindAt() {
        char c = sql.charAt(at);
        if (c == 0) {
            throw fail(at, "a NUL character is not allowed");
        }
        if (Character.isWhitespace(c)) {
            return Token.Kind.SPACE;
        }
        if (startsWith("--") || startsWith("/*")) {
            return Token.Kind.COMMENT;
        }
        if (c == '\'' || startsEscapeString() || startsDollarQuote()) {
            return Token.Kind.STRING;
        }
        if (c == '"') {
            return Token.Kind.QUOTED;
        }
        if (isWordStart(c)) {
            return Token.Kind.WORD;
        }
        if (isDigit(c) || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)) && !afterOperand())) {
            return Token.Kind.NUMBER;
        }
        if (c == ':') {
            return colonKind();
        }
        if (c == '$') {
            throw fail(at, "a positional parameter is not allowed; name an input, as in :from");
        }
        return OPERATOR_CHARS.indexOf(c) >= 0 ? Token.Kind.OPERATOR : Token.Kind.SYMBOL;
    }

    private Token.Kind colonKind() {
        if (startsWith("::") || startsWith(":=")) {
            return Token.Kind.OPERATOR;
        }
        boolean named = at + 1 < sql.length() && isWordStart(sql.charAt(at + 1));
        boolean inBrackets = !open.isEmpty() && sql.charAt(open.peek()) == '[';
        return named && !(inBrackets && afterOperand()) ? Token.Kind.INPUT : Token.Kind.SYMBOL;
    }

    private boolean afterOperand() {
        return lastSolid != null && lastSolid.endsOperand(sql);
    }

    private int end(Token.Kind kind) {
        return switch (kind) {
            case SPACE -> spaceEnd();
            case COMMENT -> startsWith("--") ? lineEnd() : blockCommentEnd();
            case STRING -> stringEnd();
            case QUOTED -> quotedEnd(at, '"', false);
            case WORD -> wordEnd(at);
            case NUMBER -> numberEnd();
            case INPUT -> wordEnd(at + 1);
            case OPERATOR -> operatorEnd();
            case SYMBOL, REFERENCE -> at + 1;
        };
    }

    /** A reference is one of our kinds, a colon and a word without a space between; in brackets it would be a slice. */
    private boolean isReference(Token word) {
        int colon = word.end();
        boolean inBrackets = !open.isEmpty() && sql.charAt(open.peek()) == '[';
        return !inBrackets
                && colon + 1 < sql.length()
                && sql.charAt(colon) == ':'
                && isWordStart(sql.charAt(colon + 1))
                && KINDS.contains(sql.substring(word.start(), word.end()));
    }

    private void track(Token token) {
        if (token.kind() != Token.Kind.SYMBOL) {
            return;
        }
        char c = sql.charAt(token.start());
        if (c == '(' || c == '[') {
            open.push(token.start());
        } else if (c == ')' || c == ']') {
            if (open.isEmpty() || sql.charAt(open.peek()) != (c == ')' ? '(' : '[')) {
                throw fail(token.start(), "'" + c + "' closes nothing");
            }
            open.pop();
        }
    }

    private int spaceEnd() {
        int end = at;
        while (end < sql.length() && Character.isWhitespace(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private int lineEnd() {
        int end = at;
        while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Block comments nest in PostgreSQL. */
    private int blockCommentEnd() {
        int depth = 0;
        int end = at;
        while (end < sql.length()) {
            if (sql.startsWith("/*", end)) {
                depth++;
                end += 2;
            } else if (sql.startsWith("*/", end)) {
                depth--;
                end += 2;
                if (depth == 0) {
                    return end;
                }
            } else {
                end++;
            }
        }
        throw fail(at, "this comment never ends; close it with */");
    }

    private int stringEnd() {
        char c = sql.charAt(at);
        if (c == '$') {
            String tag = sql.substring(at, sql.indexOf('$', at + 1) + 1);
            int close = sql.indexOf(tag, at + tag.length());
            if (close < 0) {
                throw fail(at, "this string never ends; close it with " + tag);
            }
            return close + tag.length();
        }
        return c == '\'' ? quotedEnd(at, '\'', false) : quotedEnd(at + 1, '\'', true);
    }

    private int quotedEnd(int start, char quote, boolean backslashes) {
        int end = start + 1;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            if (backslashes && c == '\\') {
                end += 2;
            } else if (c != quote) {
                end++;
            } else if (end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
                end += 2;
            } else {
                return end + 1;
            }
        }
        throw fail(
                at,
                quote == '"'
                        ? "this quoted name never ends; close it with \""
                        : "this string never ends; close it with '");
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private int numberEnd() {
        int end = at;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            boolean exponentSign =
                    (c == '+' || c == '-') && end > at && (sql.charAt(end - 1) | 0x20) == 'e' && isDecimal(end);
            if (!isDigit(c) && !Character.isLetter(c) && c != '_' && c != '.' && !exponentSign) {
                break;
            }
            end++;
        }
        return end;
    }

    /** Whether the number read so far is not hexadecimal, where {@code e} is a digit and a sign an operator. */
    private boolean isDecimal(int end) {
        return !sql.substring(at, end).startsWith("0x")
                && !sql.substring(at, end).startsWith("0X");
    }

    /** One operator character at a time is enough, but for those that hold a colon: nobody asks for whole operators. */
    private int operatorEnd() {
        return at + (sql.charAt(at) == ':' ? 2 : 1);
    }

    private boolean startsEscapeString() {
        return (sql.charAt(at) == 'E' || sql.charAt(at) == 'e') && at + 1 < sql.length() && sql.charAt(at + 1) == '\'';
    }

    private boolean startsDollarQuote() {
        if (sql.charAt(at) != '$') {
            return false;
        }
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != '$') {
            char c = sql.charAt(end);
            if (!(end == at + 1 ? isWordStart(c) : isWordPart(c))) {
                return false;
            }
            end++;
        }
        return end < sql.length();
    }

    private boolean startsWith(String text) {
        return sql.startsWith(text, at);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** PostgreSQL takes every byte above 127 as a letter. */
    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }

    private SqlSyntaxException fail(int offset, String reason) {
        return new SqlSyntaxException(sql, offset, reason);
    }
}
