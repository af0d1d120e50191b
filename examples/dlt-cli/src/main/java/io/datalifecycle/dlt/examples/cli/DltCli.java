package io.datalifecycle.dlt.examples.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** DLT from a shell: templates, workspaces, rows, metrics, dashboards, upgrades. {@code README.md} says how to start it. */
@Command(
        name = "dlt",
        description = "Templates, workspaces, rows, metrics, dashboards and upgrades of DLT.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {
            ValidateCommand.class,
            InferCommand.class,
            DiffCommand.class,
            PublishCommand.class,
            TemplatesCommand.class,
            ProvisionCommand.class,
            WorkspacesCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            ResumeCommand.class,
            AbandonCommand.class,
            FleetCommand.class,
            IngestCommand.class,
            RefreshCommand.class,
            MetricCommand.class,
            RenderCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            HealthCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 well, 1 something is wrong with what was given, 2 usage, 3 a database or setting,",
            "4 something differs (with --detailed-exit-code).",
            "Environment: DLT_APP_DB, DLT_APP_USER, DLT_APP_PASSWORD; DLT_DATA_DB_<NAME>, DLT_DATA_USER_<NAME>,",
            "DLT_DATA_PASSWORD_<NAME>; each also as …_FILE. DLT_FILES, DLT_HTTP, DLT_SMTP, DLT_MAIL_FROM."
        })
public final class DltCli implements Runnable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    final Settings settings;
    final InstantSource clock;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "One JSON document on stdout, whatever happens; logs on stderr.")
    private boolean json;

    @Option(
            names = "--app-db",
            scope = ScopeType.INHERIT,
            paramLabel = "jdbc:postgresql:…",
            description = "The app database; else DLT_APP_DB.")
    private @Nullable String appDb;

    @Option(
            names = "--data-db",
            scope = ScopeType.INHERIT,
            paramLabel = "name=jdbc:postgresql:…",
            description = "A data database, may come again; else DLT_DATA_DB_<NAME>, else the app database.")
    private Map<String, String> dataDbs = new LinkedHashMap<>();

    @Spec
    private @Nullable CommandSpec spec;

    private DltCli(Map<String, String> environment, InstantSource clock) {
        this.settings = new Settings(environment);
        this.clock = clock;
    }

    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(System.getenv(), Clock.systemUTC(), out, err, args));
    }

    /** Runs one command; gives its exit code. */
    static int run(
            Map<String, String> environment, InstantSource clock, PrintWriter out, PrintWriter err, String... args) {
        DltCli cli = new DltCli(environment, clock);
        CommandLine line = new CommandLine(cli)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, given) -> cli.misused(wrong, given))
                .setExecutionExceptionHandler((failure, command, parsed) -> cli.failed(failure));
        int exit = line.execute(args);
        out.flush();
        err.flush();
        return exit;
    }

    /** Opens the databases. */
    Settings.Opened open() {
        return settings.open(Optional.ofNullable(appDb), dataDbs);
    }

    /** Prints an answer; gives its exit code. */
    int print(Answer answer) {
        PrintWriter out = line().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(answer.json()));
        } else {
            if (!answer.text().isEmpty()) {
                out.println(answer.text().stripTrailing());
            }
            if (!answer.remarks().isEmpty()) {
                line().getErr().println(answer.remarks());
            }
        }
        return answer.exit();
    }

    private int misused(CommandLine.ParameterException wrong, String[] given) {
        PrintWriter err = line().getErr();
        err.println(wrong.getMessage());
        wrong.getCommandLine().usage(err);
        if (List.of(given).contains("--json")) {
            line().getOut()
                    .println(JSON.writeValueAsString(Texts.json(
                            "ok",
                            false,
                            "problems",
                            List.of(Texts.json("code", "usage", "severity", "error", "message", wrong.getMessage())))));
        }
        return Exit.USAGE;
    }

    private int failed(Exception failure) throws Exception {
        return print(Failures.answer(failure).orElseThrow(() -> failure));
    }

    private CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("spec: is given before a command runs");
        }
        return spec.commandLine();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(line(), "say what to do");
    }
}
