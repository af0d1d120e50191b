package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.TemplateDiff.Difference;
import io.datalifecycle.dlt.problem.JsonPointer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the smallest values that differ between two groups of keys. Not thread-safe. */
final class Differences {

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    static List<Difference> between(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Differences differences = new Differences();
        differences.groups("", before, after);
        return differences.found;
    }

    private void groups(String pointer, Map<?, ?> before, Map<?, ?> after) {
        Set<Object> keys = new LinkedHashSet<>(after.keySet());
        keys.addAll(before.keySet());
        for (Object key : keys) {
            String child = JsonPointer.child(pointer, String.valueOf(key));
            if (before.containsKey(key) && after.containsKey(key)) {
                values(child, before.get(key), after.get(key));
            } else {
                add(child, text(before, key), text(after, key));
            }
        }
    }

    private void values(String pointer, @Nullable Object before, @Nullable Object after) {
        if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other) {
            groups(pointer, one, other);
        } else if (before instanceof List<?> one
                && after instanceof List<?> other
                && holdsGroups(one)
                && holdsGroups(other)) {
            lists(pointer, one, other);
        } else {
            String one = JsonText.canonical(before);
            String other = JsonText.canonical(after);
            if (!one.equals(other)) {
                add(pointer, Optional.of(one), Optional.of(other));
            }
        }
    }

    /** What is the same at both ends is left out; between, elements are compared by their place. */
    private void lists(String pointer, List<?> before, List<?> after) {
        int shorter = Math.min(before.size(), after.size());
        int start = 0;
        while (start < shorter && same(before.get(start), after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && same(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
            end++;
        }
        for (int i = start; i < Math.max(before.size(), after.size()) - end; i++) {
            String child = JsonPointer.child(pointer, i);
            boolean was = i < before.size() - end;
            boolean is = i < after.size() - end;
            if (was && is) {
                values(child, before.get(i), after.get(i));
            } else {
                add(
                        child,
                        was ? Optional.of(JsonText.canonical(before.get(i))) : Optional.empty(),
                        is ? Optional.of(JsonText.canonical(after.get(i))) : Optional.empty());
            }
        }
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return JsonText.canonical(one).equals(JsonText.canonical(other));
    }

    private static boolean holdsGroups(List<?> list) {
        return list.stream().allMatch(Map.class::isInstance);
    }

    private static Optional<String> text(Map<?, ?> group, Object key) {
        return group.containsKey(key) ? Optional.of(JsonText.canonical(group.get(key))) : Optional.empty();
    }

    private void add(String pointer, Optional<String> before, Optional<String> after) {
        found.add(new Difference(pointer, before.map(Differences::shortened), after.map(Differences::shortened)));
    }

    private static String shortened(String json) {
        int most = Difference.MOST_CHARACTERS;
        if (json.length() <= most) {
            return json;
        }
        int end = Character.isHighSurrogate(json.charAt(most - 2)) ? most - 2 : most - 1;
        return json.substring(0, end) + "…";
    }
}
