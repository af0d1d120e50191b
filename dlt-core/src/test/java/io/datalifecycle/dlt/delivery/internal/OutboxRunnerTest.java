package io.datalifecycle.dlt.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.delivery.DeliveryReport;
import io.datalifecycle.dlt.problem.DeliveryException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.spi.AlertState;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.Message;
import io.datalifecycle.dlt.spi.Notifier;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.spi.StoreReader;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.ResultShape;
import io.datalifecycle.dlt.template.Severity;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateId;
import io.datalifecycle.dlt.time.TimeRange;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import io.datalifecycle.dlt.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class OutboxRunnerTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = START;
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final RecordingNotifier notifier = new RecordingNotifier();
    private final WorkspaceContext workspace = workspace();

    @Test
    void anAlertReachesEveryRecipientOnce() {
        announce(change(AlertState.PENDING, AlertState.FIRING, "P-101", 0.61));
        assertThat(deliver()).isEqualTo(new DeliveryReport(2, 0, 0));
        assertThat(deliver()).isEqualTo(new DeliveryReport(0, 0, 0));
        assertThat(notifier.recipients).containsExactly("a@north.example", "ops@north.example");
        Message message = notifier.sent.get(0);
        assertThat(message.subject()).isEqualTo("[critical] High vibration raised: P-101 (north-field)");
        assertThat(message.text())
                .contains("asset_id=P-101: pending -> firing, value 0.6100, Sun 1 Mar 2026 06:00:00 CST");
        assertThat(message.json()).contains("\"labels\":{\"asset_id\":\"P-101\"}");
    }

    @Test
    void severalChangesOfOneEvaluationAreOneMessage() {
        announce(
                change(AlertState.FIRING, AlertState.NORMAL, "P-101", 0.1),
                change(AlertState.NORMAL, AlertState.FIRING, "P-102", 0.7));
        deliver();
        assertThat(notifier.sent).hasSize(2);
        assertThat(notifier.sent.get(0).subject())
                .isEqualTo("[critical] High vibration raised: P-101, P-102 (north-field)");
    }

    @Test
    void anEndIsTellingTheGoodNews() {
        announce(change(AlertState.FIRING, AlertState.NORMAL, "P-101", Double.NaN));
        deliver();
        assertThat(notifier.sent.get(0).subject()).isEqualTo("[ok] High vibration cleared: P-101 (north-field)");
        assertThat(notifier.sent.get(0).text()).contains("value none");
    }

    @Test
    void labelsAreTextInTheHtml() {
        announce(change(AlertState.NORMAL, AlertState.FIRING, "<img src=x onerror=alert(1)>", 1));
        deliver();
        assertThat(notifier.sent.get(0).html()).doesNotContain("<img").contains("&lt;img src=x");
    }

    @Test
    void aFailureThatMayPassIsTriedAgainLaterWithTheSameId() {
        announce(change(AlertState.NORMAL, AlertState.FIRING, "P-101", 1));
        notifier.failure = new DeliveryException(ProblemCode.DELIVERY_FAILED, "mail server down", true);
        assertThat(deliver()).isEqualTo(new DeliveryReport(0, 2, 0));
        now = START.plusSeconds(29);
        assertThat(deliver()).as("not before its time").isEqualTo(new DeliveryReport(0, 0, 0));
        notifier.failure = null;
        now = START.plusSeconds(30);
        assertThat(deliver()).isEqualTo(new DeliveryReport(2, 0, 0));
        assertThat(notifier.ids.subList(0, 2))
                .isEqualTo(notifier.ids.subList(2, 4))
                .doesNotHaveDuplicates();
    }

    @Test
    void aFailureForGoodGivesUpOnThatMessageOnly() {
        announce(change(AlertState.NORMAL, AlertState.FIRING, "P-101", 1));
        notifier.failure = new DeliveryException(ProblemCode.ADDRESS_REFUSED, "no such mailbox", false);
        notifier.failsFor = "a@north.example";
        assertThat(deliver()).isEqualTo(new DeliveryReport(1, 0, 1));
        assertThat(notifier.recipients).contains("ops@north.example");
    }

    @Test
    void itIsGivenUpAfterADayOfFailing() {
        announce(change(AlertState.NORMAL, AlertState.FIRING, "P-101", 1));
        notifier.failure = new DeliveryException(ProblemCode.DELIVERY_FAILED, "mail server down", true);
        DeliveryReport total = new DeliveryReport(0, 0, 0);
        for (int hour = 0; hour < 40 && total.dead() == 0; hour++) {
            total = total.plus(deliver());
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(total).isEqualTo(new DeliveryReport(0, 58, 2));
    }

    private DeliveryReport deliver() {
        Routing routing = new Routing(Map.of("email", notifier));
        MessageComposer composer =
                new MessageComposer(new NoRows(), (w, a, at) -> Map.of(), Optional.empty(), Optional.empty());
        return new OutboxRunner(
                        outbox, routing, composer, id -> Optional.of(workspace), () -> now, new DltListener() {})
                .deliver();
    }

    private void announce(AlertTransition... changes) {
        Alert alert = workspace.template().alert("high_vibration").orElseThrow();
        List<Outbox.Draft> drafts = new AlertMessages(new Routing(Map.of("email", notifier)))
                .announce(workspace, alert, List.of(changes), now);
        assertThat(outbox.enqueue(drafts)).isEqualTo(2);
        assertThat(outbox.enqueue(drafts)).as("the same occasion again").isZero();
    }

    private AlertTransition change(AlertState from, AlertState to, String pump, double value) {
        return new AlertTransition("high_vibration", Map.of("asset_id", pump), from, to, now, value);
    }

    private static WorkspaceContext workspace() {
        Metric metric = new Metric(
                "share",
                Optional.empty(),
                Optional.empty(),
                new MetricSource.Sql("SELECT 1"),
                List.of(),
                new ResultShape.Scalar("value", Optional.empty(), Optional.empty()));
        Alert alert = new Alert(
                "high_vibration",
                Optional.empty(),
                metric.ref(),
                Map.of(),
                List.of("asset_id"),
                "value > 0.35",
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                Severity.CRITICAL,
                Alert.DEFAULT_EVERY,
                List.of("ops"));
        Channel ops = new Channel("ops", "email", Map.of("to", List.of("a@north.example", "${param.ops_email}")));
        Template template = new Template(
                "pump_station",
                "1.0.0",
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(metric),
                List.of(),
                List.of(alert),
                List.of(),
                List.of(ops),
                io.datalifecycle.dlt.template.Renames.NONE);
        return new WorkspaceContext(
                new WorkspaceId(1),
                "north-field",
                new TemplateId("pump_station", "1.0.0", "x"),
                template,
                Map.of("ops_email", "ops@north.example"),
                ZoneId.of("America/Chicago"),
                "main");
    }

    private static final class RecordingNotifier implements Notifier {

        private final List<Message> sent = new ArrayList<>();
        private final List<String> recipients = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private DeliveryException failure;
        private String failsFor = "";

        @Override
        public String type() {
            return "email";
        }

        @Override
        public List<Problem> check(Map<String, Object> options) {
            return List.of();
        }

        @Override
        public List<String> recipients(Map<String, Object> options) {
            return ((List<?>) options.get("to")).stream().map(String::valueOf).toList();
        }

        @Override
        public String send(Message message, Destination destination) {
            ids.add(destination.messageId());
            if (failure != null && (failsFor.isEmpty() || failsFor.equals(destination.recipient()))) {
                throw failure;
            }
            sent.add(message);
            recipients.add(destination.recipient());
            return "ok";
        }
    }

    /** The outbox by its contract, without leases that matter to one thread. */
    private static final class MemoryOutbox implements Outbox {

        private final List<Entry> entries = new ArrayList<>();
        private final Map<Long, Instant> due = new HashMap<>();

        @Override
        public int enqueue(List<Draft> messages) {
            int added = 0;
            for (Draft draft : messages) {
                boolean known = entries.stream()
                        .anyMatch(e -> e.message().once().equals(draft.once())
                                && e.message().recipient().equals(draft.recipient()));
                if (!known) {
                    entries.add(new Entry(entries.size(), draft, 0));
                    due.put(entries.size() - 1L, draft.createdAt());
                    added++;
                }
            }
            return added;
        }

        @Override
        public List<Entry> claim(Instant now, int limit, Duration lease) {
            List<Entry> claimed = entries.stream()
                    .filter(e -> due.containsKey(e.id()) && !due.get(e.id()).isAfter(now))
                    .limit(limit)
                    .toList();
            claimed.forEach(e -> due.put(e.id(), now.plus(lease)));
            return claimed;
        }

        @Override
        public void delivered(long id, Instant at, String receipt) {
            due.remove(id);
        }

        @Override
        public void failed(long id, Instant at, String error, Optional<Instant> retryAt) {
            Entry entry = entries.get((int) id);
            entries.set((int) id, new Entry(id, entry.message(), entry.attempts() + 1));
            due.remove(id);
            retryAt.ifPresent(instant -> due.put(id, instant));
        }

        @Override
        public List<Status> list(WorkspaceId workspace, int limit) {
            return List.of();
        }
    }

    private static final class NoRows implements StoreReader {

        @Override
        public long scan(WorkspaceContext workspace, Scan scan, Consumer<RowBatch> batches) {
            return 0;
        }

        @Override
        public Optional<TimeRange> extent(WorkspaceContext workspace, Store store) {
            return Optional.empty();
        }
    }
}
