package io.datalifecycle.dlt.delivery.internal;

import io.datalifecycle.dlt.alert.internal.AlertEvaluator;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.util.List;

/** Puts what is news about an alert into the outbox: all label sets that changed in one evaluation make one message per recipient. */
public final class AlertMessages implements AlertEvaluator.AlertAnnouncer {

    private final Routing routing;

    public AlertMessages(Routing routing) {
        this.routing = routing;
    }

    @Override
    public List<Outbox.Draft> announce(
            WorkspaceContext workspace, Alert alert, List<AlertTransition> news, Instant at) {
        String payload = AlertNews.of(workspace, alert, news, at).json();
        String once =
                "alert:" + alert.key() + ":" + at; // an evaluation happens once per instant, the store sees to that
        return routing.routes(workspace, alert.sendTo()).stream()
                .map(route -> new Outbox.Draft(
                        workspace.id(),
                        "alert",
                        alert.key(),
                        route.channel(),
                        route.recipient(),
                        once,
                        payload,
                        List.of(),
                        at))
                .toList();
    }
}
