package io.datalifecycle.dlt.dashboard.internal;

import io.datalifecycle.dlt.spi.AlertState;
import io.datalifecycle.dlt.spi.AlertStatus;
import io.datalifecycle.dlt.spi.AlertStore;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Severity;
import io.datalifecycle.dlt.view.AlertView;
import io.datalifecycle.dlt.workspace.Placeholders;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The alerts of a workspace as a list shows them: what burns first. */
final class AlertViews {

    private AlertViews() {}

    static List<AlertView> of(WorkspaceContext workspace, AlertStore store, List<String> keys) {
        return store.load(workspace, Optional.empty()).stream()
                .filter(status -> keys.isEmpty() || keys.contains(status.alert()))
                .filter(status -> workspace.template().alert(status.alert()).isPresent())
                .sorted(Comparator.comparingInt((AlertStatus s) -> rank(s.state()))
                        .thenComparing(s -> severity(workspace, s), Comparator.reverseOrder())
                        .thenComparing(AlertStatus::since, Comparator.reverseOrder())
                        .thenComparing(s -> s.alert() + s.labels()))
                .map(status -> view(workspace, status))
                .toList();
    }

    private static AlertView view(WorkspaceContext workspace, AlertStatus status) {
        Alert alert = workspace.template().alert(status.alert()).orElseThrow();
        String title = Placeholders.fill(alert.title().orElse(alert.key()), "", status.labels());
        return new AlertView(
                alert.key(),
                title,
                status.labels(),
                status.state().label(),
                alert.severity().label(),
                status.since(),
                status.value());
    }

    private static Severity severity(WorkspaceContext workspace, AlertStatus status) {
        return workspace.template().alert(status.alert()).orElseThrow().severity();
    }

    private static int rank(AlertState state) {
        return switch (state) {
            case FIRING -> 0;
            case RECOVERING -> 1;
            case NO_DATA -> 2;
            case ERROR -> 3;
            case PENDING -> 4;
            case NORMAL -> 5;
        };
    }
}
