package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.lineage.Lineage;
import io.datalifecycle.dlt.plan.Change;
import io.datalifecycle.dlt.plan.Impact;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.plan.PlanStep;
import io.datalifecycle.dlt.plan.StepKind;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.spi.UpgradeJournal.Items;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Works out what has to be done so that a workspace follows another template. Pure: it reads nothing and changes nothing. */
public final class Planner {

    private final Question question;
    private final Draft draft;
    private final Estimates estimates;

    private Planner(Question question) {
        this.question = question;
        this.draft = new Draft(question);
        this.estimates = new Estimates(question.standing());
    }

    /** The plan. */
    public static Planned plan(Question question) {
        return new Planner(question).plan();
    }

    private Planned plan() {
        new StoreChanges(draft).find();
        ItemChanges items = new ItemChanges(draft);
        items.find();
        Builds builds = new Builds(draft);
        Planned.Building building = builds.plan();
        List<Featurestore> backfills = backfills();
        List<TableChange> tables = draft.tables();
        Plan plan = new Plan(
                question.from().key(),
                question.from().templateId(),
                question.to().templateId(),
                question.target(),
                changes(),
                steps(tables, backfills, items.retrain()),
                draft.problems,
                draft.before.orElse(Impact.of(question.to())));
        return new Planned(
                plan,
                question.from(),
                question.to(),
                tables,
                building,
                draft.same,
                new Items(items.renamed(), items.removedAlerts()),
                backfills,
                items.retrain());
    }

    /** Found pairs of one item are told together. */
    private List<Change> changes() {
        Map<String, List<Change>> byItem = new LinkedHashMap<>();
        for (Change change : draft.changes) {
            int hash = change.item().indexOf('#');
            String item = hash < 0 ? change.item() : change.item().substring(0, hash);
            byItem.computeIfAbsent(item, k -> new ArrayList<>()).add(change);
        }
        return byItem.values().stream().flatMap(List::stream).toList();
    }

    /** What has other rows, and what is derived from that; what was built beside is full already but for the newest rows. */
    private List<Featurestore> backfills() {
        Template after = question.to().template();
        Lineage lineage = Lineage.of(after);
        Set<String> due = new LinkedHashSet<>();
        for (Ref ref : draft.recomputed) {
            due.add(ref.toString());
            due.addAll(lineage.dependentsOf(ref.toString()));
        }
        return lineage.refreshOrder().stream()
                .filter(store -> due.contains(store.ref().toString()))
                .toList();
    }

    private List<PlanStep> steps(List<TableChange> tables, List<Featurestore> backfills, List<String> retrain) {
        List<PlanStep> steps = new ArrayList<>();
        WorkspaceContext to = question.to();
        if (question.same() && draft.changes.isEmpty()) {
            return steps;
        }
        Set<Ref> built = new LinkedHashSet<>();
        for (TableChange change : draft.tables(TableChange.Kind.SWAP_STORE)) {
            String key = change.store().key();
            built.add(change.store());
            to.template()
                    .featurestore(key)
                    .ifPresent(store -> steps.add(estimates.step(
                            StepKind.BUILD,
                            store.ref().toString(),
                            "build " + key + " anew beside the table in use, and fill it",
                            store.transform().sources(),
                            Estimates.DERIVED)));
        }
        tables.forEach(change -> steps.add(table(change)));
        steps.add(PlanStep.of(
                StepKind.ROLES, "", "let the workspace's role read what its metrics need, and nothing else"));
        steps.add(PlanStep.of(
                StepKind.PIN, "", "pin the workspace to " + to.templateId().version()));
        steps.add(PlanStep.of(StepKind.JOBS, "", "plan its jobs"));
        for (Featurestore store : backfills) {
            String item = store.ref().toString();
            steps.add(
                    built.contains(store.ref())
                            ? PlanStep.of(StepKind.BACKFILL, item, "bring " + store.key() + " up to date")
                            : estimates.step(
                                    StepKind.BACKFILL,
                                    item,
                                    "derive the rows of " + store.key(),
                                    store.transform().sources(),
                                    Estimates.DERIVED));
        }
        retrain.forEach(model -> to.template()
                .model(model)
                .ifPresent(m -> steps.add(estimates.step(
                        StepKind.RETRAIN,
                        "model:" + model,
                        "train " + model,
                        List.of(m.features().from()),
                        Estimates.TRAINED))));
        return steps;
    }

    private PlanStep table(TableChange change) {
        String item = change.store().toString();
        if (change instanceof TableChange.ConvertColumn convert) {
            return estimates.step(
                    StepKind.TABLE,
                    item + "#" + convert.column(),
                    TableTexts.of(change),
                    List.of(question.renaming().before(change.store())),
                    Estimates.WRITTEN);
        }
        if (change instanceof TableChange.Rekey) {
            return estimates.step(
                    StepKind.TABLE,
                    item,
                    TableTexts.of(change),
                    List.of(question.renaming().before(change.store())),
                    Estimates.WRITTEN);
        }
        return PlanStep.of(StepKind.TABLE, item, TableTexts.of(change));
    }
}
