package io.datalifecycle.dlt.schedule;

import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which due jobs get the free threads of one role on one node. Workspaces take turns: who had one waits until everybody else who has
 * something due had one, whatever stands in the queue before it. No workspace and no data database has more than its share at once. A job
 * that gets no place stays where it is, as it is: it is asked for again when a place is free. Thread-safe.
 */
public final class Gate {

    /**
     * A job that is due.
     *
     * @param job its name, unique
     * @param database the data database that the workspace lives in
     */
    public record Candidate(String job, WorkspaceId workspace, String database) {}

    /**
     * Which jobs are not worth offering.
     *
     * @param workspaces that had their turn, or have all they may have
     * @param databases that have all they may have
     * @param jobs that are chosen already
     */
    public record Closed(Set<WorkspaceId> workspaces, Set<String> databases, Set<String> jobs) {}

    /** Where due jobs come from, the most urgent first. */
    @FunctionalInterface
    public interface Source {
        /** Some due jobs that are not closed; none when there are none. */
        List<Candidate> offer(Closed closed);
    }

    private final int perWorkspace;
    private final int perDatabase;
    private final Map<WorkspaceId, Integer> inWorkspace = new HashMap<>();
    private final Map<String, Integer> inDatabase = new HashMap<>();
    private final Set<WorkspaceId> hadTurn = new HashSet<>();

    /** @param perWorkspace most jobs of a workspace at once; {@code perDatabase} of all workspaces in a data database */
    public Gate(int perWorkspace, int perDatabase) {
        if (perWorkspace < 1 || perDatabase < 1) {
            throw new IllegalArgumentException("gate: " + perWorkspace + " a workspace and " + perDatabase
                    + " a database; both must be at least 1");
        }
        this.perWorkspace = perWorkspace;
        this.perDatabase = perDatabase;
    }

    /**
     * Chooses jobs for that many free places; each has its place until it {@link #leave leaves}. Gives none a place when the source throws.
     * For one caller at a time.
     */
    public List<Candidate> fill(int places, Source due) {
        Map<String, Candidate> chosen = new LinkedHashMap<>();
        boolean done = false;
        try {
            boolean more = true;
            while (more && chosen.size() < places) {
                int before = chosen.size();
                for (Candidate candidate : due.offer(closed(chosen.keySet()))) {
                    if (chosen.size() < places && !chosen.containsKey(candidate.job()) && enter(candidate)) {
                        chosen.put(candidate.job(), candidate);
                    }
                }
                more = chosen.size() > before || nextRound();
            }
            done = true;
            return List.copyOf(chosen.values());
        } finally {
            if (!done) {
                chosen.values().forEach(this::leave);
            }
        }
    }

    /** Gives a place back. True when the workspace or the database had no other, so that it is worth looking for jobs again. */
    public synchronized boolean leave(Candidate candidate) {
        boolean wasFull = isFull(candidate);
        inWorkspace.computeIfPresent(candidate.workspace(), (id, n) -> n > 1 ? n - 1 : null);
        inDatabase.computeIfPresent(candidate.database(), (name, n) -> n > 1 ? n - 1 : null);
        return wasFull;
    }

    /** How many jobs have a place. */
    public synchronized int running() {
        return inWorkspace.values().stream().mapToInt(n -> n).sum();
    }

    private synchronized boolean enter(Candidate candidate) {
        if (isFull(candidate) || !hadTurn.add(candidate.workspace())) {
            return false;
        }
        inWorkspace.merge(candidate.workspace(), 1, Integer::sum);
        inDatabase.merge(candidate.database(), 1, Integer::sum);
        return true;
    }

    private boolean isFull(Candidate candidate) {
        return inWorkspace.getOrDefault(candidate.workspace(), 0) >= perWorkspace
                || inDatabase.getOrDefault(candidate.database(), 0) >= perDatabase;
    }

    /** Everybody may again; false when everybody may already. */
    private synchronized boolean nextRound() {
        boolean any = !hadTurn.isEmpty();
        hadTurn.clear();
        return any;
    }

    private synchronized Closed closed(Set<String> jobs) {
        Set<WorkspaceId> workspaces = new HashSet<>(hadTurn);
        inWorkspace.forEach((id, n) -> {
            if (n >= perWorkspace) {
                workspaces.add(id);
            }
        });
        Set<String> databases = new HashSet<>();
        inDatabase.forEach((name, n) -> {
            if (n >= perDatabase) {
                databases.add(name);
            }
        });
        return new Closed(workspaces, databases, Set.copyOf(jobs));
    }
}
