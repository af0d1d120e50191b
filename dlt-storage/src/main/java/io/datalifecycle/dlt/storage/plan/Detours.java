package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.template.Ref;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Leads renames whose target is still taken by what is renamed itself through a name of their own: a to b while b goes to a. */
final class Detours {

    private static final String ON_THE_WAY = "moving";

    private Detours() {}

    static List<TableChange> around(List<TableChange> changes) {
        Set<String> taken = new HashSet<>();
        for (TableChange change : changes) {
            if (change instanceof TableChange.RenameStore rename) {
                taken.add(rename.from().toString());
            } else if (change instanceof TableChange.RenameColumn rename) {
                taken.add(rename.store() + "#" + rename.from());
            }
        }
        List<TableChange> first = new ArrayList<>();
        List<TableChange> second = new ArrayList<>();
        List<TableChange> all = new ArrayList<>();
        for (TableChange change : changes) {
            if (change instanceof TableChange.RenameStore rename
                    && taken.contains(rename.store().toString())) {
                Ref between = new Ref(rename.store().kind(), ON_THE_WAY + second.size());
                first.add(new TableChange.RenameStore(rename.from(), between));
                second.add(new TableChange.RenameStore(between, rename.store()));
            } else if (change instanceof TableChange.RenameColumn rename
                    && taken.contains(rename.store() + "#" + rename.column())) {
                String between = "~" + ON_THE_WAY + second.size();
                first.add(new TableChange.RenameColumn(rename.store(), rename.from(), between));
                second.add(new TableChange.RenameColumn(rename.store(), between, rename.column()));
            } else {
                all.add(change);
            }
        }
        return join(first, second, all);
    }

    /** Those that wait for nobody keep their places; detours go right before and after the renames of their kind. */
    private static List<TableChange> join(List<TableChange> first, List<TableChange> second, List<TableChange> all) {
        List<TableChange> joined = new ArrayList<>();
        for (TableChange.Kind kind : TableChange.Kind.values()) {
            first.stream().filter(c -> c.kind() == kind).forEach(joined::add);
            all.stream().filter(c -> c.kind() == kind).forEach(joined::add);
            second.stream().filter(c -> c.kind() == kind).forEach(joined::add);
        }
        return joined;
    }
}
