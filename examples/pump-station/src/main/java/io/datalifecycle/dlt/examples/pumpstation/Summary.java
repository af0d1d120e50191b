package io.datalifecycle.dlt.examples.pumpstation;

import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.row.RowRejection;
import io.datalifecycle.dlt.spi.AlertState;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.Template;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the demo did, for {@code summary.json} and for the reader. */
final class Summary {

    private static final List<String> FILES = List.of(
            "overview.html",
            "pump.html",
            "overview.png",
            "weekly-report.pdf",
            "alert.eml",
            "template.yaml",
            "summary.json");

    private final Map<String, Customer> customers = new LinkedHashMap<>();
    private final Map<String, Long> steps = new LinkedHashMap<>();
    private final Map<String, Long> parts = new TreeMap<>();
    private final List<String> mails = new ArrayList<>();
    private Path folder = Path.of("");

    private static final class Customer {
        private long offered;
        private long accepted;
        private long duplicate;
        private long rejected;
        private final Map<String, Long> reasons = new TreeMap<>();
        private final List<String> tables = new ArrayList<>();
        private long features;
        private long predictions;
        private final Map<String, Long> raised = new TreeMap<>();
        private final Map<String, Long> cleared = new TreeMap<>();
    }

    void ingested(String workspace, IngestResult result) {
        Customer customer = customer(workspace);
        customer.offered += result.offered();
        customer.accepted += result.accepted();
        customer.duplicate += result.duplicate();
        customer.rejected += result.rejected();
        for (RowRejection rejection : result.rejections()) {
            RowRejection.Reason reason = rejection.reasons().get(0);
            customer.reasons.merge((reason.pointer() + " " + reason.keyword()).strip(), 1L, Long::sum);
        }
    }

    void counted(Workspace workspace, Template template) {
        Customer customer = customer(workspace.key());
        for (Store store : template.stores()) {
            customer.tables.add(store.key() + "_wid" + workspace.id().value());
        }
        for (Featurestore store : template.featurestores()) {
            customer.features += workspace.featurestore(store.key()).count();
        }
        for (Inferencestore store : template.inferencestores()) {
            customer.predictions += workspace.inferencestore(store.key()).count();
        }
        for (AlertTransition change : workspace.alerts().history()) {
            if (change.to() == AlertState.FIRING && change.from() != AlertState.RECOVERING) {
                customer.raised.merge(change.alert(), 1L, Long::sum);
            } else if (change.to() == AlertState.NORMAL && change.from().isActive()) {
                customer.cleared.merge(change.alert(), 1L, Long::sum);
            }
        }
    }

    void mails(List<String> subjects) {
        mails.addAll(subjects);
    }

    void took(String step, long millis) {
        steps.put(step, millis);
    }

    void partTook(String part, long nanos) {
        parts.merge(part, nanos, Long::sum);
    }

    private Customer customer(String workspace) {
        return customers.computeIfAbsent(workspace, key -> new Customer());
    }

    void write(Path out) throws IOException {
        folder = out;
        Map<String, Object> root = new LinkedHashMap<>();
        Map<String, Object> workspaces = new LinkedHashMap<>();
        customers.forEach((key, customer) -> workspaces.put(key, json(customer)));
        root.put("workspaces", workspaces);
        root.put("mailsDelivered", mails.size());
        root.put("mails", mails);
        root.put("milliseconds", steps);
        Map<String, Long> millis = new TreeMap<>();
        parts.forEach((part, nanos) -> millis.put(part, nanos / 1_000_000));
        root.put("millisecondsOfLife", millis);
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.write(out.resolve("summary.json"), mapper.writeValueAsBytes(root));
    }

    private static Map<String, Object> json(Customer customer) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("offered", customer.offered);
        node.put("accepted", customer.accepted);
        node.put("duplicate", customer.duplicate);
        node.put("rejected", customer.rejected);
        node.put("rejectedByReason", customer.reasons);
        node.put("tables", customer.tables);
        node.put("featureRows", customer.features);
        node.put("predictions", customer.predictions);
        node.put("alertsRaised", customer.raised);
        node.put("alertsCleared", customer.cleared);
        return node;
    }

    void print(PrintStream console) {
        console.println();
        customers.forEach((key, c) -> {
            console.println(key);
            line(
                    console,
                    "rows offered",
                    "%,d = %,d accepted + %,d duplicate + %,d rejected",
                    c.offered,
                    c.accepted,
                    c.duplicate,
                    c.rejected);
            c.reasons.forEach((reason, count) -> line(console, "  rejected for", "%s: %,d", reason, count));
            line(console, "tables", "%s", String.join(", ", c.tables));
            line(console, "feature rows", "%,d", c.features);
            line(console, "predictions", "%,d", c.predictions);
            line(console, "alerts raised", "%s", c.raised);
            line(console, "alerts cleared", "%s", c.cleared);
            console.println();
        });
        line(console, "mails delivered", "%,d", mails.size());
        console.println();
        console.println("Look at:");
        FILES.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .forEach(file -> console.println("  " + file.toAbsolutePath().normalize()));
    }

    private static void line(PrintStream console, String name, String format, Object... values) {
        console.println("  " + String.format(Locale.ROOT, "%-18s ", name) + String.format(Locale.ROOT, format, values));
    }
}
