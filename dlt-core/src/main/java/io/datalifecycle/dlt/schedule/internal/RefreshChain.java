package io.datalifecycle.dlt.schedule.internal;

import io.datalifecycle.dlt.feature.internal.FeatureRefresher;
import io.datalifecycle.dlt.spi.FeatureWriter.Refreshed;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.RefKind;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Refreshes in the order of the graph: what a featurestore reads before it, what only follows it after. */
public final class RefreshChain {

    private final FeatureRefresher refresher;

    public RefreshChain(FeatureRefresher refresher) {
        this.refresher = refresher;
    }

    /** Refreshes the featurestores it reads, then the store itself; the answer is the store's own. */
    public Refreshed upTo(WorkspaceContext workspace, Featurestore store) {
        for (Featurestore source : sources(workspace.template(), store, new LinkedHashSet<>())) {
            refresher.refresh(workspace, source);
        }
        return refresher.refresh(workspace, store);
    }

    /**
     * The same as a job, then the featurestores without a schedule of their own that read it. Gives all stores that were refreshed.
     *
     * @param isHeld whether the job is still this node's; asked before each store
     */
    Set<Ref> through(WorkspaceContext workspace, Featurestore store, BooleanSupplier isHeld) {
        Set<Ref> done = new LinkedHashSet<>();
        List<Featurestore> way = new ArrayList<>(sources(workspace.template(), store, new LinkedHashSet<>()));
        way.add(store);
        for (Featurestore next : way) {
            if (!isHeld.getAsBoolean()) {
                return done;
            }
            refresher.scheduled(workspace, next, next.equals(store));
        }
        done.add(store.ref());
        for (Featurestore next : workspace.template().featurestores()) {
            boolean follows = next.refresh().cron().isEmpty()
                    && next.transform().sources().contains(store.ref());
            if (follows && !done.contains(next.ref())) {
                done.addAll(through(workspace, next, isHeld));
            }
        }
        return done;
    }

    private static List<Featurestore> sources(Template template, Featurestore store, Set<String> seen) {
        List<Featurestore> ordered = new ArrayList<>();
        for (Ref ref : store.transform().sources()) {
            if (ref.kind() == RefKind.FEATURESTORE && seen.add(ref.key())) {
                template.featurestore(ref.key()).ifPresent(source -> {
                    ordered.addAll(sources(template, source, seen));
                    ordered.add(source);
                });
            }
        }
        return ordered;
    }
}
