package io.datalifecycle.dlt.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody meant among those that are known. */
public final class DidYouMean {

    private static final int MOST_LISTED = 12;

    private DidYouMean() {}

    /** The nearest known word, when it is near enough to be a slip. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String best = null;
        int least = Math.max(1, Math.min(3, word.length() / 3)) + 1;
        for (String candidate : known) {
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code did you mean x?}, or else the list of what is known, or else the empty string. */
    public static String hint(String word, Collection<String> known) {
        Optional<String> nearest = nearest(word, known);
        if (nearest.isPresent()) {
            return "did you mean " + nearest.get() + "?";
        }
        if (known.isEmpty()) {
            return "";
        }
        String list = String.join(", ", known.stream().limit(MOST_LISTED).toList());
        return "known: " + list + (known.size() > MOST_LISTED ? ", …" : "");
    }

    /** Edits between two words; swapped neighbours count as one. Long words are cut, they are no slips. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 3 || a.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cell(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cell(int[][] d, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
