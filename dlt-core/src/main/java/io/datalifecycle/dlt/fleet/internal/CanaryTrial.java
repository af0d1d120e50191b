package io.datalifecycle.dlt.fleet.internal;

import io.datalifecycle.dlt.alert.Evaluation;
import io.datalifecycle.dlt.fleet.CanaryFinding;
import io.datalifecycle.dlt.fleet.internal.Terms.Canary;
import io.datalifecycle.dlt.fleet.internal.Terms.Question;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.spi.FleetStore.Member;
import io.datalifecycle.dlt.spi.FleetStore.Run;
import io.datalifecycle.dlt.spi.TransformEngine.Rows;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.Template;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the later version on copies: what a copy says before its upgrade is compared with what it says after, so that rows that come in
 * meanwhile make no difference. Thread-safe.
 */
final class CanaryTrial {

    private static final Logger LOG = LoggerFactory.getLogger(CanaryTrial.class);

    private final WorkspaceCatalog workspaces;
    private final FleetWork work;
    private final InstantSource clock;

    CanaryTrial(WorkspaceCatalog workspaces, FleetWork work, InstantSource clock) {
        this.workspaces = workspaces;
        this.work = work;
        this.clock = clock;
    }

    /** What a metric or an alert said: an answer, or why there was none. */
    private record Said<T>(Optional<T> answer, String error) {}

    /** What one copy said at one time. */
    private record Sight(
            Map<Question, Said<Rows>> metrics, Map<String, Said<Map<Map<String, String>, Evaluation>>> alerts) {}

    /** Everything that differs on the canary's workspaces. */
    List<CanaryFinding> of(Run run, Terms terms, Canary canary, List<Member> members) {
        List<CanaryFinding> findings = new ArrayList<>();
        for (String key : canary.workspaces()) {
            Optional<Entry> source = members.stream()
                    .filter(m -> m.key().equals(key))
                    .findFirst()
                    .flatMap(m -> workspaces.find(m.workspace()))
                    .filter(e -> e.state() == WorkspaceCatalog.State.ACTIVE
                            || e.state() == WorkspaceCatalog.State.SUSPENDED);
            if (source.isEmpty()) {
                findings.add(new CanaryFinding(key, "the workspace", "in the fleet", "deleted or archived"));
            } else {
                findings.addAll(on(run, terms, canary, source.get()));
            }
        }
        return findings;
    }

    private List<CanaryFinding> on(Run run, Terms terms, Canary canary, Entry source) {
        String key = name(run, source);
        List<CanaryFinding> findings = new ArrayList<>();
        erase(key);
        try {
            Entry copy = work.copy(source, key);
            Instant now = clock.instant();
            work.refresh(copy);
            Template before = work.template(copy);
            Sight was = look(copy, canary, Optional.empty(), now);
            ApplyOptions options = terms.options();
            work.follow(
                    copy,
                    new Target(run.toVersion(), copy.pin().overlay(), terms.parameters()),
                    new ApplyOptions(options.allowDestructive(), true, options.lockTimeout(), options.patience()));
            Entry later = workspaces.find(copy.id()).orElse(copy);
            work.refresh(later);
            Sight is = look(later, canary, Optional.of(before), now);
            was.metrics()
                    .forEach((question, said) -> findings.addAll(metric(
                            source.key(),
                            question,
                            said,
                            Objects.requireNonNull(is.metrics().get(question)),
                            canary.tolerance())));
            is.alerts()
                    .forEach((alert, said) ->
                            alert(findings, source.key(), alert, was.alerts().get(alert), said));
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (DltException failure) {
            findings.add(new CanaryFinding(
                    source.key(),
                    "the upgrade of its copy",
                    source.templateVersion(),
                    String.valueOf(failure.getMessage())));
        } finally {
            erase(key);
        }
        return findings;
    }

    /** Erases copies that an interrupted trial left. */
    void clean(Run run, Canary canary, List<Member> members) {
        members.stream()
                .filter(m -> canary.workspaces().contains(m.key()))
                .flatMap(m -> workspaces.find(m.workspace()).stream())
                .forEach(source -> erase(name(run, source)));
    }

    private static String name(Run run, Entry source) {
        return "canary-" + run.id() + "-" + source.id();
    }

    private void erase(String key) {
        try {
            workspaces.find(key).ifPresent(work::erase);
        } catch (DltException failure) {
            LOG.warn("copy {} of a canary cannot be erased now, delete it: {}", key, failure.getMessage());
        }
    }

    /** @param earlier the template before, when this is the look after */
    private Sight look(Entry copy, Canary canary, Optional<Template> earlier, Instant now) {
        Template template = work.template(copy);
        Map<Question, Said<Rows>> metrics = new LinkedHashMap<>();
        for (Question question : canary.metrics()) {
            Optional<String> key = called(template, "metric", question.metric(), keys(template));
            metrics.put(
                    question,
                    key.isEmpty()
                            ? new Said<>(Optional.empty(), template.version() + " has no metric " + question.metric())
                            : said(() -> work.ask(copy, new Question(key.get(), question.inputs()))));
        }
        Map<String, Said<Map<Map<String, String>, Evaluation>>> alerts = new LinkedHashMap<>();
        for (String alert : chosen(canary, template, earlier)) {
            Optional<String> key = called(template, "alert", alert, alertKeys(template));
            alerts.put(
                    alert,
                    key.isEmpty()
                            ? new Said<>(Optional.empty(), template.version() + " has no alert " + alert)
                            : said(() -> work.judge(copy, key.get(), now)));
        }
        return new Sight(metrics, alerts);
    }

    /** All alerts are those of before, by their names of before, and those that are new. */
    private static Set<String> chosen(Canary canary, Template template, Optional<Template> earlier) {
        if (!canary.alerts().contains(Canary.ALL)) {
            return new LinkedHashSet<>(canary.alerts());
        }
        Set<String> chosen = new LinkedHashSet<>();
        earlier.ifPresent(before -> chosen.addAll(alertKeys(before)));
        for (String key : alertKeys(template)) {
            if (earlier.isEmpty()
                    || !chosen.contains(
                            template.renames().itemFrom("alert:" + key).orElse(key))) {
                chosen.add(key);
            }
        }
        return chosen;
    }

    /** What an item is called that had this key in the version before. */
    private static Optional<String> called(Template template, String kind, String key, Set<String> keys) {
        return keys.contains(key)
                ? Optional.of(key)
                : keys.stream()
                        .filter(k -> template.renames().itemFrom(kind + ":" + k).equals(Optional.of(key)))
                        .findFirst();
    }

    private static Set<String> keys(Template template) {
        Set<String> keys = new LinkedHashSet<>();
        template.metrics().stream().map(Metric::key).forEach(keys::add);
        return keys;
    }

    private static Set<String> alertKeys(Template template) {
        Set<String> keys = new LinkedHashSet<>();
        template.alerts().stream().map(Alert::key).forEach(keys::add);
        return keys;
    }

    private static <T> Said<T> said(Supplier<T> question) {
        try {
            return new Said<>(Optional.of(question.get()), "");
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (DltException failure) {
            return new Said<>(Optional.empty(), String.valueOf(failure.getMessage()));
        }
    }

    private static List<CanaryFinding> metric(
            String workspace, Question question, Said<Rows> was, Said<Rows> is, double tolerance) {
        String what = "metric " + question.metric();
        if (was.answer().isEmpty() || is.answer().isEmpty()) {
            return List.of(new CanaryFinding(workspace, what, text(was), text(is)));
        }
        return RowComparison.of(was.answer().get(), is.answer().get(), tolerance).stream()
                .map(d -> new CanaryFinding(workspace, (what + " " + d.where()).strip(), d.before(), d.after()))
                .toList();
    }

    private static String text(Said<Rows> said) {
        return said.answer().map(rows -> rows.rows().size() + " rows").orElse(said.error());
    }

    private static void alert(
            List<CanaryFinding> findings,
            String workspace,
            String alert,
            @Nullable Said<Map<Map<String, String>, Evaluation>> was,
            Said<Map<Map<String, String>, Evaluation>> is) {
        String what = "alert " + alert;
        Said<Map<Map<String, String>, Evaluation>> before = was == null ? new Said<>(Optional.of(Map.of()), "") : was;
        if (before.answer().isEmpty() || is.answer().isEmpty()) {
            if (before.answer().isPresent()
                    || is.answer().isPresent()
                    || !before.error().equals(is.error())) {
                findings.add(new CanaryFinding(
                        workspace,
                        what,
                        before.answer().isPresent() ? "can be judged" : before.error(),
                        is.answer().isPresent() ? "can be judged" : is.error()));
            }
            return;
        }
        Set<String> labels = new TreeSet<>();
        Map<String, Evaluation> left = byText(before.answer().get(), labels);
        Map<String, Evaluation> right = byText(is.answer().get(), labels);
        for (String of : labels) {
            if (fires(left.get(of)) != fires(right.get(of))) {
                findings.add(new CanaryFinding(
                        workspace, (what + " " + of).strip(), outcome(left.get(of)), outcome(right.get(of))));
            }
        }
    }

    private static Map<String, Evaluation> byText(Map<Map<String, String>, Evaluation> seen, Set<String> labels) {
        Map<String, Evaluation> byText = new LinkedHashMap<>();
        seen.forEach((of, evaluation) -> {
            List<String> parts = new ArrayList<>();
            of.forEach((name, value) -> parts.add(name + "=" + value));
            byText.put(String.join(" ", parts), evaluation);
        });
        labels.addAll(byText.keySet());
        return byText;
    }

    private static boolean fires(@Nullable Evaluation evaluation) {
        return evaluation != null && evaluation.raise();
    }

    private static String outcome(@Nullable Evaluation evaluation) {
        return evaluation == null || evaluation.kind() != Evaluation.Kind.ROW
                ? "no data"
                : (evaluation.raise() ? "raised" : "not raised") + " at " + evaluation.value();
    }
}
