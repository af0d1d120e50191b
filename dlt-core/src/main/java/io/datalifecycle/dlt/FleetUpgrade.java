package io.datalifecycle.dlt;

import io.datalifecycle.dlt.fleet.FleetPlan;
import io.datalifecycle.dlt.fleet.WorkspaceSummary;
import io.datalifecycle.dlt.fleet.internal.FleetRunner;
import io.datalifecycle.dlt.fleet.internal.Terms;
import io.datalifecycle.dlt.plan.Plan;
import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.spi.FleetStore.From;
import io.datalifecycle.dlt.spi.FleetStore.Member;
import io.datalifecycle.dlt.spi.FleetStore.MemberState;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.workspace.WorkspaceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An upgrade of a fleet that has not been started. Looks at the workspaces anew whenever it is asked. Not thread-safe. */
public final class FleetUpgrade {

    private final Engine engine;
    private final String template;
    private final String version;
    private final FleetDraft draft;

    FleetUpgrade(Engine engine, String template, String version, FleetDraft draft) {
        this.engine = engine;
        this.template = template;
        this.version = version;
        this.draft = draft;
    }

    /** What came of looking at the workspaces. */
    private record Looked(List<Entry> entries, Map<String, String> skipped, FleetPlan plan) {}

    /**
     * What has to change in the chosen workspaces, and which of them cannot go there.
     *
     * @throws NotFoundException when a key is that of no workspace, or none is chosen
     */
    public FleetPlan plan() {
        return look().plan();
    }

    /**
     * Plans every workspace and notes the run; nothing is touched before it is advanced. Those that cannot go there are refused, each with the
     * reason: an overlay that does not fit, a parameter without a value, something stored that would be hidden without leave. The others go.
     *
     * @throws ConflictException with {@code UPGRADE_RUNNING} when another run of the template has not ended, {@code PLAN_REFUSED} when all are refused
     * @throws NotFoundException when a key is that of no workspace, or none is chosen
     */
    public FleetRun start() {
        Looked looked = look();
        Map<String, String> refused = looked.plan().refused();
        List<String> going = looked.entries().stream()
                .map(Entry::key)
                .filter(key -> !refused.containsKey(key) && !looked.skipped().containsKey(key))
                .toList();
        if (going.isEmpty() && !refused.isEmpty()) {
            throw new ConflictException(
                    ProblemCode.PLAN_REFUSED,
                    "fleet " + template + ": no workspace can go to " + version + ": " + refused);
        }
        Map<String, Integer> waves = draft.deal(going);
        Terms terms = draft.terms(waves.values().stream().max(Integer::compare).orElse(1));
        FleetRunner runner = engine.fleets.runner;
        return new FleetRun(engine, runner.begin(template, version, terms, members(looked, waves)));
    }

    private List<Member> members(Looked looked, Map<String, Integer> waves) {
        Map<String, Entry> byKey = new LinkedHashMap<>();
        looked.entries().forEach(entry -> byKey.put(entry.key(), entry));
        List<Member> members = new ArrayList<>();
        waves.forEach((key, wave) -> Optional.ofNullable(byKey.get(key))
                .ifPresent(entry -> members.add(member(entry, wave, MemberState.PENDING, Optional.empty()))));
        for (Entry entry : looked.entries()) {
            String skipped = looked.skipped().get(entry.key());
            String refused = looked.plan().refused().get(entry.key());
            if (skipped != null) {
                members.add(member(entry, 0, MemberState.SKIPPED, Optional.of(skipped)));
            } else if (refused != null) {
                members.add(member(entry, 0, MemberState.REFUSED, Optional.of(refused)));
            }
        }
        return members;
    }

    private static Member member(Entry entry, int wave, MemberState state, Optional<String> error) {
        return new Member(
                entry.id(),
                entry.key(),
                wave,
                state,
                new From(entry.templateVersion(), entry.revision()),
                error,
                Optional.empty(),
                Optional.empty());
    }

    private Looked look() {
        List<Entry> entries = chosen();
        Terms terms = draft.terms(1);
        List<Plan> plans = new ArrayList<>();
        Map<String, String> refused = new LinkedHashMap<>();
        Map<String, String> skipped = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Optional<String> absent = FleetRunner.absent(entry);
            if (absent.isPresent()) {
                skipped.put(entry.key(), absent.get());
                continue;
            }
            try {
                Target target = new Target(version, entry.pin().overlay(), terms.parameters());
                Plan plan = engine.upgrading.plan(entry, target).plan();
                plans.add(plan);
                if (plan.isEmpty()) {
                    skipped.put(entry.key(), "is as it shall be already");
                }
                Fleets.refusal(plan, terms.options()).ifPresent(why -> refused.put(entry.key(), why));
            } catch (StoreUnavailableException away) {
                throw away;
            } catch (DltException failure) {
                refused.put(entry.key(), String.valueOf(failure.getMessage()));
            }
        }
        return new Looked(entries, skipped, new FleetPlan(template, version, plans, refused));
    }

    private List<Entry> chosen() {
        List<Entry> all = engine.storage.workspaces().list().stream()
                .filter(entry -> entry.templateKey().equals(template))
                .toList();
        List<String> keys = all.stream().map(Entry::key).toList();
        for (String key : draft.named()) {
            if (!keys.contains(key)) {
                throw new NotFoundException(
                        ProblemCode.WORKSPACE_NOT_FOUND,
                        "fleet " + template + ": " + key + " is none of its workspaces; " + DidYouMean.hint(key, keys));
            }
        }
        List<Entry> chosen =
                all.stream().filter(entry -> draft.isChosen(summary(entry))).toList();
        if (chosen.isEmpty()) {
            throw new NotFoundException(
                    ProblemCode.WORKSPACE_NOT_FOUND,
                    "fleet " + template + ": none of its " + all.size() + " workspaces is chosen");
        }
        return chosen;
    }

    private WorkspaceSummary summary(Entry entry) {
        return new WorkspaceSummary(
                entry.key(),
                entry.templateVersion(),
                entry.zone(),
                entry.placement(),
                engine.contexts.of(entry).parameters(),
                WorkspaceState.valueOf(entry.state().name()),
                entry.createdAt());
    }
}
