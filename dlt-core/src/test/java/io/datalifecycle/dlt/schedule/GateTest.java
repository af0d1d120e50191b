package io.datalifecycle.dlt.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datalifecycle.dlt.schedule.Gate.Candidate;
import io.datalifecycle.dlt.schedule.Gate.Closed;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GateTest {

    private final List<Candidate> queue = new ArrayList<>();

    /** As the table does it: the first few in the order of the queue that are not closed. */
    private List<Candidate> offer(Closed closed) {
        return queue.stream()
                .filter(c -> !closed.workspaces().contains(c.workspace())
                        && !closed.databases().contains(c.database())
                        && !closed.jobs().contains(c.job()))
                .limit(3)
                .toList();
    }

    private void due(long workspace, String database, int jobs) {
        for (int i = 0; i < jobs; i++) {
            queue.add(new Candidate(workspace + "/" + queue.size(), new WorkspaceId(workspace), database));
        }
    }

    private List<Candidate> fill(Gate gate, int places) {
        List<Candidate> chosen = gate.fill(places, this::offer);
        queue.removeAll(chosen);
        return chosen;
    }

    private static List<Long> workspaces(List<Candidate> candidates) {
        return candidates.stream().map(c -> c.workspace().value()).toList();
    }

    @Test
    void theFirstInTheQueueGoFirstWhenThereIsRoomForAll() {
        due(1, "main", 1);
        due(2, "main", 1);

        assertThat(workspaces(fill(new Gate(2, 8), 4))).containsExactly(1L, 2L);
    }

    @Test
    void aWorkspaceHasNoMoreThanItsShareAtOnce() {
        Gate gate = new Gate(2, 8);
        due(1, "main", 5);

        List<Candidate> first = fill(gate, 8);
        assertThat(first).hasSize(2);
        assertThat(fill(gate, 6)).isEmpty();

        assertThat(gate.leave(first.get(0))).as("others may have waited for it").isTrue();
        assertThat(fill(gate, 7)).hasSize(1);
        assertThat(gate.running()).isEqualTo(2);
    }

    @Test
    void aDatabaseHasNoMoreThanItsShareAtOnceAndOthersGoOn() {
        Gate gate = new Gate(2, 3);
        for (long workspace = 1; workspace <= 10; workspace++) {
            due(workspace, "busy", 1);
        }
        due(11, "idle", 1);

        assertThat(workspaces(fill(gate, 8))).containsExactly(1L, 2L, 3L, 11L);
    }

    @Test
    void whoLeavesRoomThatNobodyWaitedForIsNoReasonToLookAgain() {
        Gate gate = new Gate(2, 8);
        due(1, "main", 1);

        assertThat(gate.leave(fill(gate, 1).get(0))).isFalse();
        assertThat(gate.running()).isZero();
    }

    @Test
    void fiveHundredDueJobsOfOneWorkspaceLetTheOthersPass() {
        Gate gate = new Gate(2, 8);
        due(1, "main", 500);
        for (long workspace = 2; workspace <= 21; workspace++) {
            due(workspace, "main", 1);
        }

        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 520; i++) {
            List<Candidate> one = fill(gate, 1);
            order.addAll(workspaces(one));
            one.forEach(gate::leave);
        }

        assertThat(order).hasSize(520);
        assertThat(order.subList(0, 21)).as("a turn for everybody").doesNotHaveDuplicates();
        assertThat(queue).isEmpty();
    }

    @Test
    void workspacesTakeTurnsForAsLongAsTheyHaveSomethingDue() {
        Gate gate = new Gate(4, 8);
        due(1, "main", 90);
        due(2, "main", 30);
        due(3, "main", 30);

        Map<Long, Integer> got = new HashMap<>();
        for (int i = 0; i < 45; i++) {
            List<Candidate> two = fill(gate, 2);
            workspaces(two).forEach(id -> got.merge(id, 1, Integer::sum));
            two.forEach(gate::leave);
        }

        assertThat(got).isEqualTo(Map.of(1L, 30, 2L, 30, 3L, 30));
    }

    @Test
    void oneWorkspaceAloneGetsAllThatItMayHave() {
        Gate gate = new Gate(3, 8);
        due(1, "main", 10);

        assertThat(fill(gate, 8)).hasSize(3);
    }

    @Test
    void aSourceThatBreaksTakesNoPlaces() {
        Gate gate = new Gate(1, 8);
        List<List<Candidate>> answers =
                new ArrayList<>(List.of(List.of(new Candidate("1/a", new WorkspaceId(1), "main"))));

        assertThatThrownBy(() -> gate.fill(2, closed -> {
                    if (answers.isEmpty()) {
                        throw new IllegalStateException("the database is away");
                    }
                    return answers.remove(0);
                }))
                .hasMessage("the database is away");

        assertThat(gate.running()).isZero();
        due(1, "main", 1);
        assertThat(fill(gate, 1)).hasSize(1);
    }

    @Test
    void aSourceThatOffersWhatIsClosedGetsNothingByIt() {
        Gate gate = new Gate(1, 8);
        due(1, "main", 2);
        List<Candidate> all = List.copyOf(queue);

        assertThat(gate.fill(5, closed -> all)).hasSize(1);
    }

    @Test
    void limitsBelowOneAreRefused() {
        assertThat(Stream.of(new int[] {0, 1}, new int[] {1, 0}))
                .allSatisfy(limits -> assertThatThrownBy(() -> new Gate(limits[0], limits[1]))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("at least 1"));
    }
}
