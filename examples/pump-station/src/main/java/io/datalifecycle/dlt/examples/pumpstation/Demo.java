package io.datalifecycle.dlt.examples.pumpstation;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestOptions;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.language.TemplateWriter;
import io.datalifecycle.dlt.ml.MlPlugin;
import io.datalifecycle.dlt.notify.NotifyPlugin;
import io.datalifecycle.dlt.notify.mail.SmtpServer;
import io.datalifecycle.dlt.storage.PostgresStorage;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Template;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The main job, step by step. Every step is a call that a host application would make. */
final class Demo {

    private final DemoData data;
    private final DemoDatabase database;
    private final Path out;
    private final Progress progress;
    private final DemoClock clock;
    private final Summary summary = new Summary();

    Demo(DemoData data, DemoDatabase database, Path out, Progress progress) {
        this.data = data;
        this.database = database;
        this.out = out;
        this.progress = progress;
        this.clock = new DemoClock(data.start());
    }

    Summary run() throws IOException {
        Files.createDirectories(out);
        try (Mailbox mailbox = new Mailbox();
                Dlt dlt = dlt(mailbox)) {
            Template template =
                    step("Publish the template", () -> dlt.templates().publish(yaml()));
            Map<Feed, Workspace> workspaces = step("Provision two workspaces", () -> provision(dlt, template));
            step("A life of rows, features, scores, alerts", () -> live(dlt, template, workspaces));
            List<Workspace> both = List.copyOf(workspaces.values());
            step("Send the weekly reports", () -> reports(both));
            step("Draw dashboards", () -> draw(both.get(0), template));
            step("Count what happened", () -> count(both, template, mailbox));
        }
        summary.write(out);
        return summary;
    }

    private Dlt dlt(Mailbox mailbox) {
        return Dlt.builder()
                .clock(clock)
                .storage(PostgresStorage.builder()
                        .appDatabase(database.dataSource())
                        .dataDatabase("main", database.dataSource())
                        .clock(clock)
                        .build())
                .plugin(new MlPlugin())
                .plugin(NotifyPlugin.builder()
                        .smtp(SmtpServer.of("127.0.0.1", mailbox.port()).withSecurity(SmtpServer.Security.NONE))
                        .from("dlt@pumps.example")
                        .clock(clock)
                        .build())
                .build();
    }

    private Map<Feed, Workspace> provision(Dlt dlt, Template template) {
        Map<Feed, Workspace> workspaces = new LinkedHashMap<>();
        for (Feed feed : data.feeds()) {
            Workspace workspace = dlt.workspaces().provision(feed.workspace(), template, w -> {
                w.timezone(feed.zone().getId());
                feed.parameters().forEach(w::param);
            });
            if (!feed.sites().isEmpty()) {
                workspace.datastore("pump_sites").ingest(Rows.of(feed.sites()));
            }
            workspaces.put(feed, workspace);
        }
        return workspaces;
    }

    /** A customer and how far it is. */
    private static final class Customer {
        private final Workspace workspace;
        private final Iterator<Feed.Step> steps;
        private Feed.Step next;
        private boolean trained;

        Customer(Workspace workspace, Iterator<Feed.Step> steps) {
            this.workspace = workspace;
            this.steps = steps;
            this.next = steps.next();
        }
    }

    /** Takes the steps of both customers in the order of time, as they would happen. */
    private boolean live(Dlt dlt, Template template, Map<Feed, Workspace> workspaces) {
        List<Customer> customers = new ArrayList<>();
        workspaces.forEach((feed, workspace) -> {
            if (feed.steps().hasNext()) {
                customers.add(new Customer(workspace, feed.steps()));
            }
        });
        while (!customers.isEmpty()) {
            Customer customer = Collections.min(customers, Comparator.comparing((Customer c) -> c.next.at()));
            clock.advanceTo(customer.next.at());
            take(customer, template);
            dlt.deliver();
            if (customer.steps.hasNext()) {
                customer.next = customer.steps.next();
            } else {
                customers.remove(customer);
            }
            progress.at(
                    customers.stream().mapToDouble(c -> c.next.progress()).min().orElse(1));
        }
        return true;
    }

    /** One step of one customer: rows in, features, models, alerts. */
    private void take(Customer customer, Template template) {
        Workspace workspace = customer.workspace;
        for (Feed.Batch batch : customer.next.batches()) {
            IngestOptions options =
                    IngestOptions.builder().source(batch.source()).build();
            IngestResult result =
                    timed("ingest", () -> workspace.datastore("sensor_data").ingest(batch.rows(), options));
            summary.ingested(workspace.key(), result);
        }
        for (Featurestore store : template.featurestores()) {
            timed("refresh", () -> workspace.featurestore(store.key()).refresh());
        }
        if (customer.next.train()) {
            template.models()
                    .forEach(model ->
                            timed("train", () -> workspace.model(model.key()).train()));
            customer.trained = true;
        }
        if (customer.trained) {
            for (Model model : template.models()) {
                timed("score", () -> workspace.model(model.key()).score());
            }
            timed("alerts", () -> workspace.alerts().evaluate());
        }
    }

    private boolean reports(List<Workspace> workspaces) {
        workspaces.forEach(workspace -> workspace.reports().deliver("weekly"));
        return true;
    }

    private boolean draw(Workspace workspace, Template template) throws IOException {
        workspace.dashboard("overview").renderHtml(out.resolve("overview.html"));
        workspace.dashboard("overview").renderPng(out.resolve("overview.png"));
        workspace.dashboard("pump").renderHtml(out.resolve("pump.html"));
        Files.writeString(out.resolve("template.yaml"), TemplateWriter.yaml(template), StandardCharsets.UTF_8);
        return true;
    }

    private boolean count(List<Workspace> workspaces, Template template, Mailbox mailbox) throws IOException {
        try {
            for (Workspace workspace : workspaces) {
                summary.counted(workspace, template);
            }
            summary.mails(mailbox.subjects());
            MailFiles.save(mailbox, out);
            return true;
        } catch (MessagingException e) {
            throw new IOException("a mail that was received cannot be read back", e);
        }
    }

    private String yaml() throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream(data.template())) {
            if (in == null) {
                throw new IOException("the template " + data.template() + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T step(String name, Work<T> work) throws IOException {
        progress.begin(name);
        T result = work.run();
        summary.took(name, progress.end());
        return result;
    }

    private <T> T timed(String part, java.util.function.Supplier<T> work) {
        long started = System.nanoTime();
        T result = work.get();
        summary.partTook(part, System.nanoTime() - started);
        return result;
    }
}
