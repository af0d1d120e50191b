package io.datalifecycle.dlt.expression;

import io.datalifecycle.dlt.problem.DidYouMean;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses, before the parser sees it, text that is too long, too deep or made of what an expression never needs. */
final class SourceCheck {

    static final int MOST_CHARACTERS = 2_000;
    static final int MOST_NESTING = 32;

    private static final List<String> REFUSED = List.of(
            "=~", "!~", "=^", "!^", "=$", "!$", "===", "!==", "~", "^", "`", "->", "=>", "..", "<<", ">>", "++", "--",
            "+=", "-=", "*=", "/=", "@", "#", "\\u", ";", "{", "}", "[", "]", "?.", "?:", "??");
    /** A single one works on bits, which nobody means. */
    private static final Pattern SINGLE = Pattern.compile("(?<!&)&(?!&)|(?<!\\|)\\|(?!\\|)");

    private static final Pattern CALL =
            Pattern.compile("(?:(?<space>[A-Za-z_$][\\w$]*):)?(?<name>[A-Za-z_$][\\w$.]*)\\s*\\(");
    private static final Set<String> OPERATOR_WORDS =
            Set.of("and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "div", "mod");
    private static final Set<String> REFUSED_WORDS = Set.of(
            "new",
            "var",
            "let",
            "const",
            "if",
            "else",
            "for",
            "while",
            "do",
            "switch",
            "case",
            "return",
            "break",
            "continue",
            "function",
            "try",
            "catch",
            "finally",
            "throw",
            "size",
            "empty",
            "instanceof",
            "pragma");
    private static final Pattern WORD = Pattern.compile("(?<![.\\w$])[A-Za-z_$][\\w$]*");

    private SourceCheck() {}

    /** Why the text is refused; null when it may be parsed. */
    static @Nullable String reason(String text) {
        if (text.isBlank()) {
            return "is empty";
        }
        if (text.length() > MOST_CHARACTERS) {
            return "has " + text.length() + " characters, at most " + MOST_CHARACTERS + " are allowed";
        }
        String code = withoutStrings(text);
        for (String token : REFUSED) {
            if (code.contains(token)) {
                return "\"" + token + "\" is not allowed in an expression";
            }
        }
        Matcher single = SINGLE.matcher(code);
        if (single.find()) {
            return "\"" + single.group() + "\" is not allowed in an expression, write and, or";
        }
        String unknown = unknownFunction(code);
        if (unknown != null) {
            return unknown;
        }
        Matcher word = WORD.matcher(code);
        while (word.find()) {
            if (REFUSED_WORDS.contains(word.group())) {
                return "\"" + word.group() + "\" is not allowed in an expression";
            }
        }
        if (nesting(code.replaceAll("\\bnot\\b", "!")) > MOST_NESTING) {
            return "is nested more than " + MOST_NESTING + " deep";
        }
        return null;
    }

    private static @Nullable String unknownFunction(String code) {
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            String name = call.group("name");
            boolean ours = "fn".equals(call.group("space")) && Functions.NAMES.contains(name);
            if (!ours && !(call.group("space") == null && OPERATOR_WORDS.contains(name))) {
                String hint = DidYouMean.nearest(name, Functions.NAMES)
                        .map(known -> "did you mean fn:" + known + "?")
                        .orElse("there are fn:abs, fn:max and others");
                return "calls " + call.group().replaceAll("\\s*\\($", "") + ", which is not known; " + hint;
            }
        }
        return null;
    }

    /** Strings become empty ones, so that what is quoted is not taken for code. */
    private static String withoutStrings(String text) {
        StringBuilder code = new StringBuilder(text.length());
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0) {
                code.append(c);
                quote = c == '\'' || c == '"' ? c : 0;
            } else if (c == '\\') {
                i++;
            } else if (c == quote) {
                code.append(c);
                quote = 0;
            }
        }
        return code.toString();
    }

    /** Brackets within brackets, conditionals behind conditionals and chains of signs all make the parser recurse. */
    private static int nesting(String code) {
        int depth = 0;
        int deepest = 0;
        int conditionals = 0;
        int signs = 0;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == '?') {
                conditionals++;
            }
            if (!Character.isWhitespace(c)) {
                signs = c == '!' || c == '-' || c == '+' ? signs + 1 : 0;
            }
            deepest = Math.max(deepest, Math.max(depth, signs));
        }
        return Math.max(deepest, conditionals);
    }
}
