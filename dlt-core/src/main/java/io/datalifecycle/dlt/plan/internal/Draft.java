package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.plan.Change;
import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.plan.ChangeKind;
import io.datalifecycle.dlt.plan.Impact;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.template.Ref;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plan as it grows. Not thread-safe. */
final class Draft {

    final Question question;
    final Impact before;
    final List<Change> changes = new ArrayList<>();
    final List<Problem> problems = new ArrayList<>();
    final Set<Ref> same = new LinkedHashSet<>();
    /** Featurestores with other rows than before, whether or not their table is another one. */
    final Set<Ref> recomputed = new LinkedHashSet<>();
    /** Featurestores whose rows mean something else, so that they get another table. */
    final Set<Ref> rebuilt = new LinkedHashSet<>();
    /** Stores of the later version that have an earlier one. */
    final Map<Ref, Ref> paired = new LinkedHashMap<>();

    private final Map<TableChange.Kind, List<TableChange>> tables = new EnumMap<>(TableChange.Kind.class);

    Draft(Question question) {
        this.question = question;
        this.before = Impact.of(question.from());
        problems.addAll(question.problems());
    }

    void table(TableChange change) {
        tables.computeIfAbsent(change.kind(), k -> new ArrayList<>()).add(change);
    }

    /** Takes a change of a table back. */
    void withdraw(TableChange change) {
        tables.getOrDefault(change.kind(), new ArrayList<>()).remove(change);
    }

    /** Changes of tables of some kinds. */
    List<TableChange> tables(TableChange.Kind... kinds) {
        List<TableChange> found = new ArrayList<>();
        for (TableChange.Kind kind : kinds) {
            found.addAll(tables.getOrDefault(kind, List.of()));
        }
        return found;
    }

    /** All changes of tables in the order of doing, which is that of their kinds. */
    List<TableChange> tables() {
        List<TableChange> all = new ArrayList<>();
        tables.values().forEach(all::addAll);
        all.sort(Comparator.comparing(TableChange::kind));
        return all;
    }

    void added(String item, ChangeClass changeClass, String reason) {
        changes.add(new Change(ChangeKind.ADDED, item, Optional.empty(), changeClass, false, reason, List.of()));
    }

    void removed(String item, ChangeClass changeClass, String reason) {
        changes.add(new Change(ChangeKind.REMOVED, item, Optional.empty(), changeClass, true, reason, before.of(item)));
    }

    void renamed(String item, String was, String reason) {
        changes.add(new Change(
                ChangeKind.RENAMED, item, Optional.of(was), ChangeClass.ADDITIVE, false, reason, before.of(was)));
    }

    void changed(String item, ChangeClass changeClass, String reason) {
        changed(item, changeClass, changeClass == ChangeClass.DESTRUCTIVE, reason);
    }

    void changed(String item, ChangeClass changeClass, boolean breaking, String reason) {
        changes.add(new Change(
                ChangeKind.CHANGED, item, Optional.empty(), changeClass, breaking, reason, before.of(earlier(item))));
    }

    /** What an item or column was called. */
    private String earlier(String item) {
        int hash = item.indexOf('#');
        if (hash < 0) {
            return question.renaming().before(item);
        }
        String store = item.substring(0, hash);
        String column = item.substring(hash + 1);
        return question.renaming().before(store) + "#"
                + Ref.parse(store)
                        .map(ref -> question.renaming().columnBefore(ref, column))
                        .orElse(column);
    }
}
