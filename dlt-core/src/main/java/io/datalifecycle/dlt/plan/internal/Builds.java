package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.lineage.Lineage;
import io.datalifecycle.dlt.spi.Reshaper.Hidden;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.StoreShape;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.template.Transform;
import io.datalifecycle.dlt.template.TransformKind;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides for each featurestore that gets another table where that comes from: built beside while the one in use is shown, brought back from
 * where it was hidden, or, where neither can be, made empty and filled after the change.
 */
final class Builds {

    private static final String SUFFIX = "_n";
    private static final int MOST_OF_KEY = 40;

    private final Draft draft;
    private final Template before;
    private final Template after;
    private final Map<Ref, Featurestore> built = new LinkedHashMap<>();

    Builds(Draft draft) {
        this.draft = draft;
        this.before = draft.question.from().template();
        this.after = draft.question.to().template();
    }

    Planned.Building plan() {
        for (Featurestore store : Lineage.of(after).refreshOrder()) {
            if (draft.rebuilt.contains(store.ref())) {
                decide(store);
            }
        }
        List<TableChange> first = built.isEmpty()
                ? List.of()
                : draft.tables(
                        TableChange.Kind.CREATE_STORE, TableChange.Kind.RESTORE_COLUMN, TableChange.Kind.ADD_COLUMN);
        List<TableChange> adding = first.stream()
                .filter(change -> change instanceof TableChange.AddColumn
                        || change instanceof TableChange.CreateStore create && isNew(create.store()))
                .toList();
        return new Planned.Building(building(), List.copyOf(built.values()), adding);
    }

    /** Tables of new names do not stand in the way of those in use. */
    private boolean isNew(Ref store) {
        return before.stores().stream().noneMatch(s -> s.key().equals(store.key()));
    }

    private void decide(Featurestore store) {
        Ref ref = store.ref();
        Optional<Hidden> hidden = draft.question.standing().hidden().stream()
                .filter(h -> h.store().equals(ref) && h.column().isEmpty())
                .filter(h -> h.shape().equals(StoreShape.of(after, store)))
                .reduce((first, last) -> last);
        boolean back = draft.question.back() && hidden.isPresent();
        if (!back && isBuildable(store)) {
            String key = free(store.key());
            built.put(ref, withKey(store, key));
            draft.table(new TableChange.SwapStore(ref, key));
            return;
        }
        draft.table(new TableChange.HideStore(draft.paired.getOrDefault(ref, ref), true));
        draft.tables(TableChange.Kind.RENAME_STORE).stream()
                .filter(change -> change.store().equals(ref))
                .findFirst()
                .ifPresent(draft::withdraw);
        if (back) {
            draft.table(new TableChange.RestoreStore(ref, hidden.get().id()));
        } else {
            draft.table(new TableChange.CreateStore(ref));
        }
    }

    /** Whether all it reads is there before the change, under the names and types that it will have. */
    private boolean isBuildable(Featurestore store) {
        boolean ownName = draft.paired.getOrDefault(store.ref(), store.ref()).equals(store.ref());
        return ownName && store.transform().sources().stream().allMatch(source -> isReady(store, source));
    }

    private boolean isReady(Featurestore store, Ref source) {
        if (built.containsKey(source)) {
            return store.transform().kind() != TransformKind.SQL;
        }
        if (draft.rebuilt.contains(source)) {
            return false;
        }
        if (!draft.paired.containsKey(source)) {
            return isNew(source);
        }
        boolean moved = !draft.paired.get(source).equals(source)
                || draft
                        .tables(
                                TableChange.Kind.HIDE_COLUMN,
                                TableChange.Kind.RENAME_COLUMN,
                                TableChange.Kind.RESTORE_COLUMN,
                                TableChange.Kind.CONVERT_COLUMN)
                        .stream()
                        .anyMatch(change -> change.store().equals(source) && concerns(change));
        return !moved;
    }

    /** Hiding a column that the later definition cannot name does not concern it. */
    private boolean concerns(TableChange change) {
        if (change instanceof TableChange.HideColumn hide) {
            return StoreShape.columns(after, after.store(change.store()).orElseThrow()).stream()
                    .anyMatch(c -> c.name().equals(hide.column()));
        }
        return true;
    }

    private String free(String key) {
        String stem = key.length() + SUFFIX.length() + 2 > MOST_OF_KEY
                ? key.substring(0, MOST_OF_KEY - SUFFIX.length() - 2)
                : key;
        String found = stem + SUFFIX;
        for (int n = 2; isTaken(found); n++) {
            found = stem + SUFFIX + n;
        }
        return found;
    }

    private boolean isTaken(String key) {
        return before.stores().stream().anyMatch(s -> s.key().equals(key))
                || after.stores().stream().anyMatch(s -> s.key().equals(key))
                || built.values().stream().anyMatch(s -> s.key().equals(key));
    }

    private Featurestore withKey(Featurestore store, String key) {
        return new Featurestore(
                key,
                store.title(),
                onBuilt(store.transform()),
                store.refresh(),
                store.chunk(),
                store.retention(),
                store.realtime(),
                store.history(),
                List.of());
    }

    private Ref place(Ref source) {
        Featurestore store = built.get(source);
        return store == null ? source : store.ref();
    }

    private Transform onBuilt(Transform transform) {
        if (transform instanceof Rollup r) {
            return new Rollup(place(r.from()), r.every(), r.by(), r.columns(), r.where(), r.hold(), r.timezone());
        }
        if (transform instanceof AsOfJoin join) {
            return new AsOfJoin(
                    place(join.from()),
                    join.time(),
                    join.by(),
                    join.columns(),
                    join.joins().stream()
                            .map(j -> new AsOfJoin.Joined(place(j.from()), j.columns(), j.prefix(), j.within()))
                            .toList());
        }
        if (transform instanceof Formula f) {
            return new Formula(place(f.from()), f.time(), f.by(), f.columns(), f.computed());
        }
        return transform;
    }

    /** The later template with the featurestores to build instead of those in use, and nothing that is not needed for them. */
    private WorkspaceContext building() {
        List<Featurestore> stores = new ArrayList<>(built.values());
        after.featurestores().stream()
                .filter(store -> !built.containsKey(store.ref()))
                .filter(store -> before.featurestore(store.key()).isPresent() || isNew(store.ref()))
                .map(store -> withKey(store, store.key())) // who merges what is built asks for its hidden columns
                .forEach(stores::add);
        Template template = new Template(
                after.key(),
                after.version(),
                after.title(),
                after.description(),
                after.timezone(),
                after.parameters(),
                after.datastores(),
                List.of(),
                stores,
                List.of(),
                after.inferencestores(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                after.renames());
        TemplateId id = draft.question.to().templateId();
        WorkspaceContext from = draft.question.from();
        return new WorkspaceContext(
                from.id(),
                from.key(),
                new TemplateId(id.key(), id.version(), id.hash() + "~building"),
                template,
                draft.question.to().parameters(),
                from.zone(),
                from.placement(),
                from.revision(),
                from.veiled());
    }
}
