package io.datalifecycle.dlt.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A version of a template, ordered as Semantic Versioning 2 says: numbers first ({@code 1.10.0} is after {@code 1.9.0}, missing ones are
 * 0), then {@code 2.0.0-beta} before {@code 2.0.0}; what follows a {@code +} says nothing about order. Two texts of the same rank
 * ({@code 1.0} and {@code 1.0.0}) are ordered by their text, so that the order agrees with {@code equals}. Immutable.
 *
 * @param text as written, at most 60 characters
 */
public record Version(String text) implements Comparable<Version> {

    /** Throws {@link IllegalArgumentException} for a text that is no version. */
    public Version {
        Optional<String> wrong = Template.versionProblem(text);
        if (wrong.isPresent()) {
            throw new IllegalArgumentException(wrong.get());
        }
    }

    /** Whether it comes before another by rank; neither of two versions of the same rank does. */
    public boolean isBefore(Version other) {
        return rank(other) < 0;
    }

    /** Whether it is an early form of the version it names: {@code 2.0.0-beta}. */
    public boolean isPreRelease() {
        return !preRelease().isEmpty();
    }

    @Override
    public int compareTo(Version other) {
        int rank = rank(other);
        return rank != 0 ? rank : text.compareTo(other.text);
    }

    private int rank(Version other) {
        List<String> mine = numbers();
        List<String> theirs = other.numbers();
        for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
            int order = number(i < mine.size() ? mine.get(i) : "0", i < theirs.size() ? theirs.get(i) : "0");
            if (order != 0) {
                return order;
            }
        }
        List<String> early = preRelease();
        List<String> otherEarly = other.preRelease();
        if (early.isEmpty() || otherEarly.isEmpty()) {
            return Boolean.compare(early.isEmpty(), otherEarly.isEmpty());
        }
        for (int i = 0; i < Math.min(early.size(), otherEarly.size()); i++) {
            int order = word(early.get(i), otherEarly.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(early.size(), otherEarly.size());
    }

    private List<String> numbers() {
        return split(text.split("[-+]", 2)[0]);
    }

    private List<String> preRelease() {
        String beforeBuild = text.split("\\+", 2)[0];
        int dash = beforeBuild.indexOf('-');
        return dash < 0 ? List.of() : split(beforeBuild.substring(dash + 1));
    }

    private static List<String> split(String parts) {
        return Arrays.asList(parts.split("\\.", -1));
    }

    /** Numbers before words, numbers by value, words by character. */
    private static int word(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        return number ? number(one, other) : Integer.signum(one.compareTo(other));
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** By value, of any length. */
    private static int number(String one, String other) {
        String a = one.replaceFirst("^0+(?=.)", "");
        String b = other.replaceFirst("^0+(?=.)", "");
        int length = Integer.compare(a.length(), b.length());
        return length != 0 ? length : Integer.signum(a.compareTo(b));
    }

    @Override
    public String toString() {
        return text;
    }
}
