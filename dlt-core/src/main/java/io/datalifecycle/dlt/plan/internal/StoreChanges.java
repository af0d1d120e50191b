package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.plan.ChangeClass;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.Reshaper.Hidden;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreShape;
import io.datalifecycle.dlt.template.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which stores go, come, are renamed and stay, and has each that stays compared. */
final class StoreChanges {

    private final Draft draft;
    private final Template before;
    private final Template after;
    private final Renaming renaming;

    StoreChanges(Draft draft) {
        this.draft = draft;
        this.before = draft.question.from().template();
        this.after = draft.question.to().template();
        this.renaming = draft.question.renaming();
    }

    void find() {
        Set<Ref> left = new LinkedHashSet<>();
        before.stores().forEach(store -> left.add(store.ref()));
        for (Store store : after.stores()) {
            earlier(store).ifPresent(then -> {
                draft.paired.put(store.ref(), then.ref());
                left.remove(then.ref());
            });
        }
        left.forEach(this::gone);
        for (Store store : after.stores()) {
            Optional<Store> then =
                    Optional.ofNullable(draft.paired.get(store.ref())).flatMap(before::store);
            if (then.isPresent()) {
                renamed(then.get(), store);
                new ColumnChanges(draft, then.get(), store).find();
            } else {
                come(store);
            }
        }
    }

    /** A rename onto a name that is taken is refused; a store with another time is another store. */
    private Optional<Store> earlier(Store store) {
        Ref was = renaming.before(store.ref());
        Optional<Store> then = before.store(was);
        if (then.isPresent() && !was.equals(store.ref())) {
            Optional<Store> taken = before.store(store.ref());
            boolean stays = taken.isPresent() && renaming.after(store.ref()).equals(store.ref());
            if (stays) {
                draft.problems.add(Problem.error(
                        ProblemCode.PLAN_REFUSED,
                        "/" + store.ref().kind().label() + "s/" + store.key() + "/renamed_from",
                        store.ref() + " cannot be renamed from " + was.key() + ": there is a " + store.ref()
                                + " already",
                        "give it another key, or remove the one that is there in a version before"));
            }
        }
        return then.filter(s -> isSameTime(s, store));
    }

    private boolean isSameTime(Store then, Store now) {
        return renaming.columnBefore(now.ref(), now.time()).equals(then.time());
    }

    private void gone(Ref ref) {
        boolean replaced = after.store(ref).isPresent();
        draft.table(new TableChange.HideStore(ref, false));
        draft.removed(
                ref.toString(),
                ChangeClass.DESTRUCTIVE,
                replaced
                        ? "its rows are ordered by another time; they are hidden, a new table begins empty"
                        : "is not declared any more; its rows are hidden until they are purged");
    }

    private void come(Store store) {
        Optional<Hidden> hidden = hidden(store);
        if (hidden.isPresent()) {
            draft.table(new TableChange.RestoreStore(store.ref(), hidden.get().id()));
            draft.added(store.ref().toString(), ChangeClass.ADDITIVE, "comes back with the rows it had");
        } else {
            draft.table(new TableChange.CreateStore(store.ref()));
            draft.added(store.ref().toString(), ChangeClass.ADDITIVE, "new");
        }
        if (store instanceof Featurestore) {
            draft.recomputed.add(store.ref());
        }
    }

    /** What was hidden last counts: it is what was in use last. */
    private Optional<Hidden> hidden(Store store) {
        List<Hidden> all = draft.question.standing().hidden().stream()
                .filter(h -> h.store().equals(store.ref()) && h.column().isEmpty())
                .filter(h -> !(store instanceof Datastore) || !h.replaced())
                .filter(h -> h.shape().equals(StoreShape.of(after, store)))
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private void renamed(Store then, Store now) {
        if (!then.ref().equals(now.ref())) {
            draft.table(new TableChange.RenameStore(then.ref(), now.ref()));
            draft.renamed(now.ref().toString(), then.ref().toString(), "renamed from " + then.key());
        }
    }
}
