package io.datalifecycle.dlt.test;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.WorkspaceDraft;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.ml.MlPlugin;
import io.datalifecycle.dlt.notify.chart.XChartRenderer;
import io.datalifecycle.dlt.notify.html.HtmlPageRenderer;
import io.datalifecycle.dlt.notify.pdf.PdfRenderer;
import io.datalifecycle.dlt.spi.Contributions;
import io.datalifecycle.dlt.spi.DltPlugin;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.Parameter;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.testdb.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A whole life of data within a JUnit test: a fresh database with the template published, a workspace for every {@link Workspace} parameter
 * of the test method (its key is the parameter's name), a clock that moves when told, schedules that run with it, and messages that are
 * caught. Needs the compiler's {@code -parameters}. Not thread-safe.
 *
 * <pre>{@code
 * @RegisterExtension
 * DltExtension dlt = DltExtension.withTemplate(TEMPLATE);
 *
 * @Test
 * void highVibrationMailsOpsOnce(Workspace north) {
 *     north.datastore("sensor_data").ingest(Rows.of(…));
 *     dlt.advance(Duration.ofMinutes(45));
 *     assertThat(dlt.mails()).hasSize(1);
 * }
 * }</pre>
 */
public final class DltExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final Template template;
    private final Map<String, Consumer<WorkspaceDraft>> settings = new LinkedHashMap<>();
    private Consumer<Dlt.Builder> more = builder -> {};
    private Instant start = START;
    private @Nullable Parts parts;

    private DltExtension(Template template) {
        this.template = template;
    }

    private record Parts(
            TestDatabase database,
            MovableClock clock,
            ManualJobQueue jobs,
            Map<String, CatchingNotifier> notifiers,
            Dlt dlt) {}

    /** With a template built in Java. */
    public static DltExtension withTemplate(Template template) {
        return new DltExtension(template);
    }

    /** With a template in a file of YAML or JSON. */
    public static DltExtension withTemplate(Path file) {
        return new DltExtension(TemplateReader.read(file).template());
    }

    /** Settings of the workspace of that key; required parameters that are not set get made-up values. */
    public DltExtension workspace(String key, Consumer<WorkspaceDraft> settings) {
        this.settings.put(key, settings);
        return this;
    }

    /** Whatever else the {@link Dlt} is made of: connectors, listeners, plug-ins. */
    public DltExtension with(Consumer<Dlt.Builder> more) {
        this.more = this.more.andThen(more);
        return this;
    }

    /** Where the clock starts; 2 March 2026, a Monday, when not given. */
    public DltExtension startingAt(Instant start) {
        this.start = start;
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestDatabase database = TestDatabase.create();
        MovableClock clock = new MovableClock(start);
        ManualJobQueue jobs = new ManualJobQueue(clock);
        Map<String, CatchingNotifier> notifiers = new LinkedHashMap<>();
        Set<String> types = new LinkedHashSet<>(List.of("email"));
        template.channels().stream().map(Channel::type).forEach(types::add);
        types.forEach(type -> notifiers.put(type, new CatchingNotifier(type)));
        Dlt.Builder builder = Dlt.builder()
                .clock(clock)
                .jobs(jobs)
                .spread(Duration.ZERO)
                .storage(PostgresStorage.builder()
                        .appDatabase(database.dataSource())
                        .clock(clock)
                        .build())
                .plugin(new MlPlugin())
                .plugin(new Renderers());
        notifiers.values().forEach(builder::notifier);
        more.accept(builder);
        Dlt dlt = builder.build();
        dlt.templates().publish(template);
        dlt.start();
        parts = new Parts(database, clock, jobs, notifiers, dlt);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Parts current = parts;
        parts = null;
        if (current != null) {
            current.dlt().close();
            try {
                LeakCheck.check(current.database());
            } finally {
                current.database().close();
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Workspace.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return provision(parameter.getParameter().getName());
    }

    /** Makes a workspace as a parameter of the test would. */
    public Workspace provision(String key) {
        return dlt().workspaces().provision(key, template, draft -> {
            template.parameters().stream()
                    .filter(Parameter::required)
                    .forEach(p -> draft.param(p.key(), madeUp(p, key)));
            settings.getOrDefault(key, d -> {}).accept(draft);
        });
    }

    private static Object madeUp(Parameter parameter, String key) {
        if (!parameter.allowed().isEmpty()) {
            return parameter.allowed().get(0);
        }
        boolean email = parameter.format().filter("email"::equals).isPresent();
        return switch (parameter.type()) {
            case STRING -> email ? key + "@example.test" : key;
            case NUMBER -> 0.0;
            case INTEGER -> 0L;
            case BOOLEAN -> false;
            case TIMESTAMP -> START;
            case DATE -> java.time.LocalDate.of(2026, 3, 2);
        };
    }

    /** The library, on this test's database. */
    public Dlt dlt() {
        return parts().dlt();
    }

    /** This test's database, for looking behind the scenes. */
    public TestDatabase database() {
        return parts().database();
    }

    /** What the clock shows. */
    public Instant now() {
        return parts().clock().instant();
    }

    /** Moves the clock on and runs every schedule that becomes due on the way. Gives how many jobs ran. */
    public int advance(Duration duration) {
        return parts().jobs().advanceTo(now().plus(duration));
    }

    /** Messages of channels of type email, the first first. */
    public List<Mail> mails() {
        return messages("email");
    }

    /** Messages of channels of a type, the first first. */
    public List<Mail> messages(String type) {
        CatchingNotifier notifier = parts().notifiers().get(type);
        return notifier == null ? List.of() : notifier.caught();
    }

    /** Lets the mail server be down, or up again. */
    public void mailServerDown(boolean down) {
        parts().notifiers().values().forEach(notifier -> notifier.down(down));
    }

    private Parts parts() {
        Parts current = parts;
        if (current == null) {
            throw new IllegalStateException(
                    "DltExtension: is used outside a test; register it as an instance field with @RegisterExtension");
        }
        return current;
    }

    /** The renderers of dlt-notify without its channels, which are caught here. */
    private static final class Renderers implements DltPlugin {

        @Override
        public String name() {
            return "dlt-test";
        }

        @Override
        public void contribute(Contributions contributions) {
            contributions.charts(new XChartRenderer());
            contributions.pages(new HtmlPageRenderer());
            contributions.documents(PdfRenderer.landscape());
        }
    }
}
