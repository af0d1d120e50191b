package io.datalifecycle.dlt.plan;

import io.datalifecycle.dlt.lineage.Lineage;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.Dashboard;
import io.datalifecycle.dlt.template.Panel;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.Placeholders;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is downstream of what, by names that people know: panels by their titles, recipients by their addresses. Immutable, thread-safe.
 */
public final class Impact {

    private final WorkspaceContext workspace;
    private final Optional<Impact> other;
    private final Lineage lineage;

    private Impact(WorkspaceContext workspace, Optional<Impact> other) {
        this.workspace = workspace;
        this.other = other;
        this.lineage = Lineage.of(workspace.template());
    }

    /**
     * Of a workspace's template.
     *
     * @param workspace gives the template and the parameters for addresses
     */
    public static Impact of(WorkspaceContext workspace) {
        return new Impact(workspace, Optional.empty());
    }

    /** The same, looking in another template for what this one does not have. */
    public Impact orElse(Impact later) {
        return new Impact(workspace, Optional.of(later));
    }

    /**
     * Everything downstream of an item or a column, nearest first, recipients last.
     *
     * @param item {@code kind:key} or {@code kind:key#column}
     */
    public List<String> of(String item) {
        int hash = item.indexOf('#');
        String name = hash < 0 ? item : item.substring(0, hash);
        if (other.isPresent() && !exists(name)) {
            return other.get().of(item);
        }
        List<String> downstream = hash < 0
                ? lineage.dependentsOf(item)
                : Ref.parse(name)
                        .map(store -> lineage.dependentsOf(store, item.substring(hash + 1)))
                        .orElse(List.of());
        return named(item, downstream);
    }

    private boolean exists(String name) {
        Template template = workspace.template();
        return Ref.parse(name).flatMap(template::store).isPresent()
                || !lineage.directOf(name).isEmpty()
                || template.channels().stream().anyMatch(c -> name.equals("channel:" + c.key()))
                || template.dashboards().stream()
                        .anyMatch(d -> d.ref().toString().equals(name));
    }

    private List<String> named(String item, List<String> downstream) {
        Set<String> all = new LinkedHashSet<>(downstream);
        all.add(item);
        Set<String> names = new LinkedHashSet<>();
        Set<String> recipients = new LinkedHashSet<>();
        for (String name : downstream) {
            names.add(name);
            dashboard(name).ifPresent(dashboard -> names.addAll(panels(dashboard, all)));
            channel(name).ifPresent(channel -> recipients.addAll(recipients(channel)));
        }
        channel(item).ifPresent(channel -> recipients.addAll(recipients(channel)));
        names.addAll(recipients);
        return List.copyOf(names);
    }

    private Optional<Dashboard> dashboard(String name) {
        return workspace.template().dashboards().stream()
                .filter(d -> d.ref().toString().equals(name))
                .findFirst();
    }

    private Optional<Channel> channel(String name) {
        return workspace.template().channels().stream()
                .filter(c -> name.equals("channel:" + c.key()))
                .findFirst();
    }

    private static List<String> panels(Dashboard dashboard, Set<String> affected) {
        List<String> panels = new ArrayList<>();
        for (Panel panel : dashboard.panels()) {
            boolean shows = panel.query()
                    .filter(query -> affected.contains(query.metric().toString()))
                    .isPresent();
            if (shows) {
                String title = panel.frame().title();
                panels.add("panel:" + dashboard.key() + "/"
                        + (title.isEmpty() ? panel.kind().label() : title));
            }
        }
        return panels;
    }

    private List<String> recipients(Channel channel) {
        Object to = channel.options().get("to");
        List<?> given = to instanceof List<?> list ? list : to == null ? List.of() : List.of(to);
        return given.stream()
                .map(address -> "recipient:" + filled(address.toString()))
                .toList();
    }

    private String filled(String address) {
        try {
            return Placeholders.fill(address, workspace);
        } catch (io.datalifecycle.dlt.problem.InvalidInputException missing) {
            return address;
        }
    }
}
