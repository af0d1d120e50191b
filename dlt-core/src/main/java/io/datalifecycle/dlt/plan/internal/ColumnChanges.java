package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.spi.Reshaper.Hidden;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreShape;
import io.datalifecycle.dlt.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a store that stays, column by column, and decides whether its table can be changed or another one is needed. */
final class ColumnChanges {

    private static final String HIDDEN_MARK = "~";

    private final Draft draft;
    private final Template before;
    private final Template after;
    private final Store then;
    private final Store now;
    private final Renaming renaming;
    private final Map<String, Column> old = new LinkedHashMap<>();

    ColumnChanges(Draft draft, Store then, Store now) {
        this.draft = draft;
        this.before = draft.question.from().template();
        this.after = draft.question.to().template();
        this.renaming = draft.question.renaming();
        this.then = then;
        this.now = now;
        StoreShape.columns(before, then).forEach(column -> old.put(column.name(), column));
    }

    void find() {
        if (now instanceof Featurestore feature && isRebuilt((Featurestore) then, feature)) {
            new StoreSettings(draft, then, now).find();
            return;
        }
        columns();
        key();
        new StoreSettings(draft, then, now).find();
    }

    /** Whether the rows of a featurestore mean something else, so that they are computed into a table of their own. */
    private boolean isRebuilt(Featurestore earlier, Featurestore later) {
        Meaning.Comparison comparison = new Meaning(renaming).compare(earlier, later);
        boolean fits = StoreShape.columns(after, later).stream().allMatch(this::fits) && isSameKey();
        if (comparison == Meaning.Comparison.OTHER || !fits) {
            draft.rebuilt.add(later.ref());
            draft.recomputed.add(later.ref());
            draft.changed(
                    later.ref().toString(),
                    ChangeClass.REBUILD_DERIVED,
                    fits
                            ? "its rows are derived in another way; they are computed anew"
                            : "its rows have other types or another key; they are computed anew");
            return true;
        }
        if (comparison == Meaning.Comparison.SAME && isSameState(later)) {
            draft.same.add(later.ref());
        } else if (hasNew(later)) {
            draft.recomputed.add(later.ref());
        } else {
            draft.same.add(later.ref());
        }
        return false;
    }

    private boolean fits(Column column) {
        Column was = old.get(earlier(column.name()));
        return was == null
                || was.type() == column.type()
                || Conversions.widens(was.type(), column.type())
                || (draft.question.back() && Conversions.narrows(was.type(), column.type()));
    }

    private boolean isSameState(Featurestore later) {
        return StoreShape.columns(after, later).stream()
                .filter(c -> c.name().startsWith(HIDDEN_MARK))
                .allMatch(c -> old.containsKey(earlier(c.name())));
    }

    private boolean hasNew(Featurestore later) {
        return StoreShape.columns(after, later).stream().anyMatch(c -> !old.containsKey(earlier(c.name())));
    }

    /** State columns are named after their column. */
    private String earlier(String name) {
        if (name.startsWith(HIDDEN_MARK)) {
            int end = name.indexOf(HIDDEN_MARK, 1);
            return HIDDEN_MARK + renaming.columnBefore(now.ref(), name.substring(1, end)) + name.substring(end);
        }
        return renaming.columnBefore(now.ref(), name);
    }

    private void columns() {
        Map<String, Column> left = new LinkedHashMap<>(old);
        for (Column column : StoreShape.columns(after, now)) {
            String name = earlier(column.name());
            Column was = left.remove(name);
            if (was == null) {
                come(column);
            } else if (was.type() != column.type() && !fits(column)) {
                replaced(was, column);
            } else {
                kept(was, column);
            }
        }
        left.values()
                .forEach(column ->
                        gone(column, "is not declared any more; its values are hidden until they are purged"));
    }

    private void kept(Column was, Column column) {
        if (!was.name().equals(column.name())) {
            draft.table(new TableChange.RenameColumn(now.ref(), was.name(), column.name()));
            if (isVisible(column)) {
                draft.renamed(
                        place(now.ref(), column.name()), place(then.ref(), was.name()), "renamed from " + was.name());
            }
        }
        if (was.type() != column.type()) {
            draft.table(new TableChange.ConvertColumn(now.ref(), column.name(), was.type(), column.type()));
            draft.changed(
                    place(now.ref(), column.name()),
                    ChangeClass.WIDENING,
                    "from " + was.type().label() + " to " + column.type().label()
                            + "; writers wait while the table is written anew");
        }
        if (was.required() && !column.required() && !column.name().equals(now.time())) {
            draft.table(new TableChange.RelaxColumn(now.ref(), column.name()));
            if (isVisible(column)) {
                draft.changed(place(now.ref(), column.name()), ChangeClass.WIDENING, "may be missing");
            }
        }
        if (isVisible(column) && !was.unit().equals(column.unit())) {
            draft.changed(
                    place(now.ref(), column.name()),
                    ChangeClass.NONE,
                    "unit " + was.unit().orElse("none") + " is now called "
                            + column.unit().orElse("none") + "; values stay as they are");
        }
    }

    /** A type that cannot hold what is there: the values are hidden, a new column of the same name begins empty. */
    private void replaced(Column was, Column column) {
        gone(
                was,
                "from " + was.type().label() + " to " + column.type().label()
                        + ", which does not hold its values; they are hidden, the new column begins empty");
        come(column);
    }

    private void gone(Column column, String reason) {
        draft.table(new TableChange.HideColumn(now.ref(), column.name()));
        if (isVisible(column)) {
            boolean derived = now instanceof Featurestore;
            draft.removed(
                    place(then.ref(), column.name()),
                    ChangeClass.DESTRUCTIVE,
                    derived ? reason.replace("values are", "values, which could be derived again, are") : reason);
        }
    }

    private void come(Column column) {
        Optional<Hidden> hidden = hidden(column);
        if (hidden.isPresent()) {
            draft.table(new TableChange.RestoreColumn(
                    now.ref(), column, hidden.get().id()));
            ColumnType type = hidden.get().type().orElse(column.type());
            if (type != column.type()) {
                draft.table(new TableChange.ConvertColumn(now.ref(), column.name(), type, column.type()));
            }
        } else {
            draft.table(new TableChange.AddColumn(now.ref(), column));
        }
        if (isVisible(column)) {
            draft.added(
                    place(now.ref(), column.name()),
                    ChangeClass.ADDITIVE,
                    hidden.isPresent()
                            ? "comes back with the values it had"
                            : now instanceof Datastore ? "new; rows that are there have none" : "new");
        }
    }

    private Optional<Hidden> hidden(Column column) {
        List<Hidden> all = draft.question.standing().hidden().stream()
                .filter(h -> h.store().equals(then.ref())
                        && h.column().filter(column.name()::equals).isPresent()
                        && h.type()
                                .filter(t -> t == column.type() || Conversions.widens(t, column.type()))
                                .isPresent())
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private boolean isSameKey() {
        List<String> key =
                StoreShape.keyColumns(now).stream().map(this::earlier).toList();
        return key.equals(StoreShape.keyColumns(then));
    }

    private void key() {
        boolean isSameNullness = StoreShape.nullableKey(after, now).stream()
                .map(this::earlier)
                .toList()
                .equals(StoreShape.nullableKey(before, then));
        if (!isSameKey() || !isSameNullness) {
            draft.table(new TableChange.Rekey(now.ref()));
            draft.changed(
                    now.ref().toString(),
                    ChangeClass.WIDENING,
                    "natural key " + StoreShape.keyColumns(now) + ", was " + StoreShape.keyColumns(then)
                            + "; writers wait while the index is built, rows that would be equal by it refuse the upgrade");
        }
    }

    private static boolean isVisible(Column column) {
        return !column.name().startsWith(HIDDEN_MARK);
    }

    private static String place(Ref store, String column) {
        return store + "#" + column;
    }
}
