package io.datalifecycle.dlt.plan.internal;

import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.spi.TableChange;
import io.datalifecycle.dlt.spi.UpgradeJournal.Items;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.List;
import java.util.Set;

/**
 * A plan with what its steps need. Immutable.
 *
 * @param plan for people
 * @param from the workspace as it is
 * @param to the workspace as it shall be
 * @param changes of tables, in the order of doing
 * @param building what is built beside, if anything is
 * @param same featurestores whose rows stay right
 * @param items states in the app database that move or go
 * @param backfills featurestores to bring up to date afterwards, sources first
 * @param retrain keys of models to train afterwards
 */
public record Planned(
        Plan plan,
        WorkspaceContext from,
        WorkspaceContext to,
        List<TableChange> changes,
        Building building,
        Set<Ref> same,
        Items items,
        List<Featurestore> backfills,
        List<String> retrain) {

    /**
     * Featurestores that are built beside those in use. Immutable.
     *
     * @param workspace the workspace with a template that has them, under the keys they are built under
     * @param stores them, sources first
     * @param first changes of tables that come before, all of which add
     */
    public record Building(WorkspaceContext workspace, List<Featurestore> stores, List<TableChange> first) {

        public Building {
            stores = List.copyOf(stores);
            first = List.copyOf(first);
        }
    }
}
