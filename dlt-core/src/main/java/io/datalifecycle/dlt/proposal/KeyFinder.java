package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.row.ColumnType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the columns that say what a row is about: few values that come again and again, one row of each at a time. */
final class KeyFinder {

    private static final Pattern NAMED = Pattern.compile(
            "(^|_)(id|asset|device|sensor|station|machine|site|meter|pump|tag|unit|node|source|symbol|series|name|key)(_|$)|_?id$");
    private static final Set<ColumnType> TYPES =
            Set.of(ColumnType.TEXT, ColumnType.BIGINT, ColumnType.UUID, ColumnType.BOOLEAN);
    private static final int MOST_CANDIDATES = 8;
    private static final int MOST_KEY_TEXT = 200;
    private static final int MOST_SUBJECTS = 20_000;

    private final List<Finding> findings;
    private final List<Instant> instants;
    private final Reasons reasons;
    private final BitSet repeats;

    KeyFinder(List<Finding> findings, List<Instant> instants, Reasons reasons) {
        this.findings = findings;
        this.instants = instants;
        this.reasons = reasons;
        this.repeats = repeats(findings, instants);
    }

    private static BitSet repeats(List<Finding> findings, List<Instant> instants) {
        BitSet repeats = new BitSet();
        Set<List<@Nullable Object>> seen = new HashSet<>();
        for (int row = 0; row < instants.size(); row++) {
            List<@Nullable Object> whole = new ArrayList<>(findings.size());
            whole.add(instants.get(row));
            for (Finding finding : findings.subList(1, findings.size())) {
                whole.add(finding.source().values().get(row));
            }
            repeats.set(row, !seen.add(whole));
        }
        return repeats;
    }

    /**
     * What identifies rows.
     *
     * @param by columns that say what a row is about
     * @param unique whether these and the time make every row of the sample unique
     */
    record Key(List<Finding> by, boolean unique) {
        Key {
            by = List.copyOf(by);
        }
    }

    Key find() {
        List<Finding> candidates = candidates();
        Key key = search(candidates);
        String at = Reasons.STORE + "/natural_key";
        if (!key.unique()) {
            reasons.add(
                    at,
                    "none: no column that repeats makes rows of the same time different, so rows are kept as they come");
        } else if (key.by().isEmpty()) {
            reasons.add(at, "no two rows have the same time");
        } else {
            reasons.add(at, "no two rows have the same time and " + names(key.by()));
        }
        if (key.unique() && !repeats.isEmpty()) {
            reasons.add(
                    at, repeats.cardinality() + " rows are the same as another in everything; they count as duplicate");
        }
        return key;
    }

    private Key search(List<Finding> candidates) {
        Finding named =
                candidates.stream().filter(KeyFinder::isNamed).findFirst().orElse(null);
        if (isUnique(List.of())) {
            boolean subject =
                    named != null && named.type() != ColumnType.BOOLEAN && named.distinct() * 3 <= instants.size();
            return new Key(subject ? List.of(named) : List.of(), true);
        }
        for (List<Finding> set : sets(candidates)) {
            if (isUnique(set)) {
                return new Key(set, true);
            }
        }
        return new Key(named == null ? List.of() : List.of(named), false);
    }

    private static List<List<Finding>> sets(List<Finding> candidates) {
        List<List<Finding>> sets = new ArrayList<>();
        candidates.forEach(one -> sets.add(List.of(one)));
        for (int a = 0; a < candidates.size(); a++) {
            for (int b = a + 1; b < candidates.size(); b++) {
                sets.add(List.of(candidates.get(a), candidates.get(b)));
            }
        }
        for (int a = 0; a < candidates.size(); a++) {
            for (int b = a + 1; b < candidates.size(); b++) {
                for (int c = b + 1; c < candidates.size(); c++) {
                    sets.add(List.of(candidates.get(a), candidates.get(b), candidates.get(c)));
                }
            }
        }
        return sets;
    }

    /** Those that could say what a row is about, the likeliest first. */
    private List<Finding> candidates() {
        return findings.stream()
                .skip(1)
                .filter(finding -> TYPES.contains(finding.type()))
                .filter(finding -> finding.isComplete() && finding.longest() <= MOST_KEY_TEXT)
                .filter(finding -> finding.distinct() <= MOST_SUBJECTS && isRepeating(finding))
                .filter(finding -> !finding.isConstant() || (isNamed(finding) && finding.type() == ColumnType.TEXT))
                .sorted(Comparator.comparing((Finding finding) -> !isNamed(finding))
                        .thenComparing(
                                finding -> finding.type() == ColumnType.BIGINT || finding.type() == ColumnType.BOOLEAN)
                        .thenComparing(Finding::distinct, Comparator.reverseOrder()))
                .limit(MOST_CANDIDATES)
                .toList();
    }

    /** A value comes again, or the sample is one look at everything: all rows of one time. */
    private boolean isRepeating(Finding finding) {
        boolean oneLook = new HashSet<>(instants).size() == 1;
        return oneLook || finding.distinct() * 2 <= instants.size() || finding.isConstant();
    }

    private static boolean isNamed(Finding finding) {
        return NAMED.matcher(finding.column().toLowerCase(Locale.ROOT)).find();
    }

    /** Rows that are the same in everything count once: to send them again changes nothing. */
    private boolean isUnique(List<Finding> by) {
        Set<List<@Nullable Object>> seen = new HashSet<>();
        for (int row = 0; row < instants.size(); row++) {
            if (!repeats.get(row) && !seen.add(subject(by, row))) {
                return false;
            }
        }
        return true;
    }

    private List<@Nullable Object> subject(List<Finding> by, int row) {
        List<@Nullable Object> subject = new ArrayList<>(by.size() + 1);
        subject.add(instants.get(row));
        for (Finding finding : by) {
            JsonNode value = finding.source().values().get(row);
            subject.add(value == null ? null : canonical(finding, value.asString()));
        }
        return subject;
    }

    private static String canonical(Finding finding, String text) {
        return finding.type() == ColumnType.TEXT ? text : text.strip().toLowerCase(Locale.ROOT);
    }

    static String names(List<Finding> by) {
        return String.join(", ", by.stream().map(Finding::column).toList());
    }
}
