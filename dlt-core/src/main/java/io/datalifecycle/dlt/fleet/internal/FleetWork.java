package io.datalifecycle.dlt.fleet.internal;

import io.datalifecycle.dlt.alert.Evaluation;
import io.datalifecycle.dlt.fleet.internal.Terms.Question;
import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.template.Template;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What fleets have others do with single workspaces. Thread-safe; all of it throws {@link io.datalifecycle.dlt.problem.DltException}. */
public interface FleetWork {

    /** Plans and carries the plan out; whether there was anything to do. */
    boolean follow(Entry workspace, Target target, ApplyOptions options);

    /** Why it cannot go there; empty when it can. Changes nothing. */
    Optional<String> refusal(Entry workspace, Target target, ApplyOptions options);

    /** Goes on with an upgrade that was interrupted; whether there was one. */
    boolean resume(Entry workspace, ApplyOptions options);

    /** Takes an upgrade back that was interrupted before tables changed; whether there was one. */
    boolean abandon(Entry workspace);

    /** A copy with all rows that has no jobs and sends nothing. */
    Entry copy(Entry source, String key);

    /** Erases a copy. */
    void erase(Entry copy);

    /** Brings all featurestores up to date. */
    void refresh(Entry workspace);

    /** What it is pinned to, its overlay on it. */
    Template template(Entry workspace);

    /** The rows of a metric that its template has. */
    TransformEngine.Rows ask(Entry workspace, Question question);

    /** What an alert that its template has would see, by label set; nothing is noted or sent. */
    Map<Map<String, String>, Evaluation> judge(Entry workspace, String alert, Instant now);
}
