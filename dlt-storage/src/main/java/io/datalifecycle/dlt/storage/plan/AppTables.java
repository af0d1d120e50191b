package io.datalifecycle.dlt.storage.plan;

import java.util.List;

/** Tables of the app database that hold rows of a workspace, all with a column {@code workspace}; they go with it. Not those of fleets: erasing keeps their lines, without texts. */
public final class AppTables {

    /** Their names in the schema {@code dlt}. */
    public static final List<String> WITH_WORKSPACE = List.of(
            "outbox", "alert_history", "alert_status", "model_version", "connector", "workspace_history", "upgrade");

    private AppTables() {}
}
