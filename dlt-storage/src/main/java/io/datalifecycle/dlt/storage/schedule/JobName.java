package io.datalifecycle.dlt.storage.schedule;

import io.datalifecycle.dlt.schedule.JobKind;
import io.datalifecycle.dlt.schedule.NodeRole;
import io.datalifecycle.dlt.workspace.WorkspaceId;

/** A job's name in the table: {@code workspace/kind/item}. */
record JobName(WorkspaceId workspace, String kind, String item) {

    static JobName of(String text) {
        String[] parts = text.split("/", 3);
        return new JobName(new WorkspaceId(Long.parseLong(parts[0])), parts[1], parts[2]);
    }

    /** The role whose nodes run it; kinds of a later version are left to those that keep the house. */
    NodeRole role() {
        return JobKind.of(kind).map(JobKind::role).orElse(NodeRole.SCHEDULER);
    }

    int priority() {
        return JobKind.of(kind).map(JobKind::priority).orElse(0);
    }

    @Override
    public String toString() {
        return workspace.value() + "/" + kind + "/" + item;
    }
}
