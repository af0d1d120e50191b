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
import java.util.function.BiFunction;

/** Refreshes in the order of the graph: what a featurestore reads before it, what only follows it after. */
public final class RefreshChain {

    private final FeatureRefresher refresher;

    public RefreshChain(FeatureRefresher refresher) {
        this.refresher = refresher;
    }

    /** Refreshes the featurestores it reads, then the store itself; the answer is the store's own. */
    public Refreshed upTo(WorkspaceContext workspace, Featurestore store) {
        return upTo(workspace, store, refresher::refresh);
    }

    private static Refreshed upTo(
            WorkspaceContext workspace,
            Featurestore store,
            BiFunction<WorkspaceContext, Featurestore, Refreshed> refresh) {
        for (Featurestore source : sources(workspace.template(), store, new LinkedHashSet<>())) {
            refresh.apply(workspace, source);
        }
        return refresh.apply(workspace, store);
    }

    /** The same, then the featurestores without a schedule of their own that read it. Gives all stores that were refreshed. */
    Set<Ref> through(WorkspaceContext workspace, Featurestore store) {
        upTo(workspace, store, refresher::scheduled);
        Set<Ref> done = new LinkedHashSet<>();
        done.add(store.ref());
        for (Featurestore next : workspace.template().featurestores()) {
            boolean follows = next.refresh().cron().isEmpty()
                    && next.transform().sources().contains(store.ref());
            if (follows && !done.contains(next.ref())) {
                done.addAll(through(workspace, next));
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
