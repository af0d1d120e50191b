package io.datalifecycle.dlt.fleet;

import io.datalifecycle.dlt.fleet.FleetMember.State;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run is. Immutable.
 *
 * @param run its number
 * @param template key of the template
 * @param toVersion the version it leads to
 * @param state how it stands
 * @param why why it stopped; empty unless it did
 * @param pausedUntil when the next wave is due; empty unless it pauses
 * @param wave the wave that is done now or next, from 1; 0 while the canary is
 * @param waves how many waves there are
 * @param members all workspaces, in the order of doing; those that were left out or refused come last
 * @param canary what the canary found
 * @param startedAt when it was begun
 * @param endedAt when it ended; a run that stopped ends when somebody says so
 */
public record FleetStatus(
        long run,
        String template,
        String toVersion,
        FleetState state,
        String why,
        Optional<Instant> pausedUntil,
        int wave,
        int waves,
        List<FleetMember> members,
        List<CanaryFinding> canary,
        Instant startedAt,
        Optional<Instant> endedAt) {

    public FleetStatus {
        members = List.copyOf(members);
        canary = List.copyOf(canary);
    }

    /** How many workspaces are in each state; states that nobody is in have no entry. */
    public Map<State, Long> counts() {
        Map<State, Long> counts = new EnumMap<>(State.class);
        members.forEach(member -> counts.merge(member.state(), 1L, Long::sum));
        return counts;
    }

    /** How many workspaces are in a state. */
    public long count(State state) {
        return counts().getOrDefault(state, 0L);
    }

    /** The share of workspaces with which nothing is left to be done, 0 to 1. */
    public double progress() {
        return members.isEmpty()
                ? 1
                : members.stream().filter(m -> m.state().isSettled()).count() / (double) members.size();
    }

    /** The workspaces in a state. */
    public List<FleetMember> in(State state) {
        return members.stream().filter(m -> m.state() == state).toList();
    }

    /** For people: how it stands, then one line for each finding and each workspace that failed or was refused. */
    public String text() {
        StringBuilder text = new StringBuilder()
                .append(template)
                .append(" -> ")
                .append(toVersion)
                .append(": ")
                .append(word(state.name()));
        pausedUntil.ifPresent(until -> text.append(" until ").append(until));
        text.append(", wave ").append(wave).append(" of ").append(waves).append(", ");
        text.append(Math.round(progress() * 100)).append(" %");
        counts().forEach((of, n) -> text.append(", ").append(n).append(' ').append(word(of.name())));
        text.append('\n');
        if (!why.isEmpty()) {
            text.append("  ").append(why).append('\n');
        }
        canary.forEach(finding -> text.append("  canary ").append(finding).append('\n'));
        members.stream()
                .filter(m -> m.error().isPresent())
                .forEach(m -> text.append("  ").append(m).append('\n'));
        return text.toString();
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public String toString() {
        return text();
    }
}
