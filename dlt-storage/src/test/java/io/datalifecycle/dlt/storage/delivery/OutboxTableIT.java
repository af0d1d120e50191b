package io.datalifecycle.dlt.storage.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.storage.AppGrounds;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OutboxTableIT {

    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final WorkspaceId ONE = new WorkspaceId(1);

    private AppGrounds grounds;
    private OutboxTable outbox;

    @BeforeEach
    void open() {
        grounds = new AppGrounds(() -> T0);
        outbox = new OutboxTable(grounds.app);
    }

    @AfterEach
    void close() {
        grounds.close();
    }

    private static Outbox.Draft draft(WorkspaceId workspace, String once, String recipient, Message.Part... files) {
        return new Outbox.Draft(
                workspace, "report", "weekly", "ops", recipient, once, "{\"a\": 1}", List.of(files), T0);
    }

    private Outbox.Status status() {
        return outbox.list(ONE, 1).get(0);
    }

    @Test
    void anOccasionIsKeptOncePerRecipientAndWorkspace() {
        List<Outbox.Draft> drafts = List.of(
                draft(ONE, "week 9", "a@b.example"),
                draft(ONE, "week 9", "a@b.example"),
                draft(ONE, "week 9", "c@b.example"),
                draft(ONE, "week 10", "a@b.example"),
                draft(new WorkspaceId(2), "week 9", "a@b.example"));

        assertThat(outbox.enqueue(drafts)).isEqualTo(4);
        assertThat(outbox.enqueue(drafts)).isZero();
        assertThat(outbox.enqueue(List.of())).isZero();
        assertThat(outbox.list(ONE, 10))
                .extracting(Outbox.Status::recipient)
                .containsExactly("a@b.example", "c@b.example", "a@b.example");
    }

    @Test
    void aMessageComesBackWithItsFilesInOrderAndLosesThemWhenItIsOut() {
        Message.Part chart = new Message.Part("chart", "image/png", new byte[] {0, -1, 2}, "Chart", true);
        Message.Part table = new Message.Part("t.csv", "text/csv", new byte[0], "", false);
        Outbox.Draft draft = draft(ONE, "week 9", "a@b.example", chart, table);
        outbox.enqueue(List.of(draft));

        Outbox.Entry entry = outbox.claim(T0, 10, LEASE).get(0);

        assertThat(entry.attempts()).isZero();
        assertThat(entry.message()).usingRecursiveComparison().isEqualTo(draft);
        outbox.delivered(entry.id(), T0.plusSeconds(3), "250 ok");
        assertThat(status())
                .isEqualTo(new Outbox.Status(
                        entry.id(),
                        "report",
                        "weekly",
                        "ops",
                        "a@b.example",
                        Outbox.State.DELIVERED,
                        1,
                        "",
                        T0,
                        Optional.of(T0.plusSeconds(3))));
        assertThat(outbox.claim(T0.plus(LEASE), 10, LEASE)).isEmpty();
        int files = grounds.app.inTransaction(
                "files",
                handle -> handle.createQuery("SELECT count(*) FROM dlt.outbox_file")
                        .mapTo(Integer.class)
                        .one());
        assertThat(files).isZero();
        assertThat(outbox.enqueue(List.of(draft))).as("an occasion that is out").isZero();
    }

    @Test
    void aClaimedMessageIsFreeAgainWhenItsLeaseEnds() {
        outbox.enqueue(List.of(draft(ONE, "week 9", "a@b.example")));
        assertThat(outbox.claim(T0.minusSeconds(1), 10, LEASE))
                .as("before it is due")
                .isEmpty();

        assertThat(outbox.claim(T0, 10, LEASE)).hasSize(1);
        assertThat(outbox.claim(T0.plus(LEASE).minusMillis(1), 10, LEASE)).isEmpty();
        assertThat(outbox.claim(T0.plus(LEASE), 10, LEASE)).hasSize(1);
    }

    @Test
    void aFailureIsTriedAgainWhenItSaysAndGivenUpWhenItDoesNot() {
        outbox.enqueue(List.of(draft(ONE, "week 9", "a@b.example")));
        long id = outbox.claim(T0, 10, LEASE).get(0).id();

        outbox.failed(id, T0, "450 busy", Optional.of(T0.plusSeconds(300)));
        assertThat(status().state()).isEqualTo(Outbox.State.WAITING);
        assertThat(status().lastError()).isEqualTo("450 busy");
        assertThat(outbox.claim(T0.plusSeconds(299), 10, LEASE)).isEmpty();
        assertThat(outbox.claim(T0.plusSeconds(300), 10, LEASE).get(0).attempts())
                .isEqualTo(1);

        outbox.failed(id, T0.plusSeconds(301), "550 no such user", Optional.empty());
        assertThat(status().state()).isEqualTo(Outbox.State.DEAD);
        assertThat(status().attempts()).isEqualTo(2);
        assertThat(outbox.claim(T0.plus(Duration.ofDays(99)), 10, LEASE)).isEmpty();
    }

    @Test
    void theOldestAreTakenFirstAndNoMoreThanAskedFor() {
        outbox.enqueue(IntStream.range(0, 5)
                .mapToObj(i -> draft(ONE, "week " + i, "a@b.example"))
                .toList());

        assertThat(outbox.claim(T0, 2, LEASE))
                .extracting(e -> e.message().once())
                .containsExactly("week 0", "week 1");
        assertThat(outbox.claim(T0, 2, LEASE))
                .extracting(e -> e.message().once())
                .containsExactly("week 2", "week 3");
        assertThat(outbox.claim(T0, 2, LEASE))
                .extracting(e -> e.message().once())
                .containsExactly("week 4");
    }

    @Test
    void nodesThatClaimAtOnceShareTheMessages() throws ExecutionException, InterruptedException {
        outbox.enqueue(IntStream.range(0, 40)
                .mapToObj(i -> draft(ONE, "week " + i, "a@b.example"))
                .toList());
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Outbox.Entry>>> claims = IntStream.range(0, 8)
                    .mapToObj(i -> nodes.submit(() -> outbox.claim(T0, 5, LEASE)))
                    .toList();
            List<Long> ids = new ArrayList<>();
            for (Future<List<Outbox.Entry>> claim : claims) {
                claim.get().forEach(entry -> ids.add(entry.id()));
            }
            outbox.claim(T0, 40, LEASE).forEach(entry -> ids.add(entry.id()));
            assertThat(ids).hasSize(40).doesNotHaveDuplicates();
        } finally {
            nodes.shutdownNow();
        }
    }
}
