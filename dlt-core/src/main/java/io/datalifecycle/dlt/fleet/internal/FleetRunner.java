package io.datalifecycle.dlt.fleet.internal;

import io.datalifecycle.dlt.fleet.CanaryFinding;
import io.datalifecycle.dlt.fleet.FleetState;
import io.datalifecycle.dlt.fleet.FleetStatus;
import io.datalifecycle.dlt.fleet.internal.Terms.Canary;
import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.NotFoundException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.FleetStore;
import io.datalifecycle.dlt.spi.FleetStore.Member;
import io.datalifecycle.dlt.spi.FleetStore.MemberState;
import io.datalifecycle.dlt.spi.FleetStore.Note;
import io.datalifecycle.dlt.spi.FleetStore.Phase;
import io.datalifecycle.dlt.spi.FleetStore.Run;
import io.datalifecycle.dlt.spi.FleetStore.Standing;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes fleets from version to version. All it knows is in the app database, so any node goes on where another one was; one at a time does.
 * Thread-safe.
 */
public final class FleetRunner {

    private static final int NAMED = 3;

    private final FleetStore fleets;
    private final WorkspaceCatalog workspaces;
    private final FleetWork work;
    private final InstantSource clock;
    private final MemberUpgrade upgrade;
    private final CanaryTrial trial;

    public FleetRunner(Storage storage, FleetWork work, InstantSource clock) {
        this.fleets = storage.fleets();
        this.workspaces = storage.workspaces();
        this.work = work;
        this.clock = clock;
        this.upgrade = new MemberUpgrade(storage, work, clock);
        this.trial = new CanaryTrial(workspaces, work, clock);
    }

    /** Why fleets leave a workspace alone; empty when they do not. */
    public static Optional<String> absent(Entry workspace) {
        return MemberUpgrade.absent(Optional.of(workspace));
    }

    /** Notes a run; nothing is touched before it is advanced. Gives its number. */
    public long begin(String template, String toVersion, Terms terms, List<Member> members) {
        Instant now = clock.instant();
        Standing standing =
                new Standing(Phase.RUNNING, "", now, terms.canary().isEmpty(), false, "[]", Optional.empty());
        return fleets.begin(new Run(0, template, toVersion, terms.json(), standing, now), members);
    }

    /** How a run stands now. */
    public FleetStatus status(long id) {
        return Statuses.of(load(id), fleets.members(id), clock.instant());
    }

    /** Does what is due now: the canary, the current wave, or nothing. */
    public FleetStatus advance(long id) {
        return fleets.exclusively(id, () -> {
            Run run = load(id);
            switch (run.standing().phase()) {
                case RUNNING -> forward(run);
                case ROLLING_BACK -> back(run);
                case STOPPED, DONE, ROLLED_BACK -> {}
            }
            return status(id);
        });
    }

    /** Advances until it pauses, stops or ends. */
    public FleetStatus run(long id) {
        FleetStatus status = advance(id);
        while (status.state() == FleetState.RUNNING) {
            status = advance(id);
        }
        return status;
    }

    private void forward(Run run) {
        if (clock.instant().isBefore(run.standing().dueAt())) {
            return;
        }
        Terms terms = Terms.read(run.settings());
        if (!run.standing().tried() && terms.canary().isPresent()) {
            tryCanary(run, terms, terms.canary().get());
            return;
        }
        List<Member> members = fleets.members(run.id());
        Optional<Integer> wave = current(members);
        if (wave.isEmpty()) {
            end(run, Phase.DONE);
            return;
        }
        List<Member> turn = members.stream()
                .filter(m -> m.wave() == wave.get() && isOpen(m))
                .toList();
        Turns.take(
                turn,
                terms.parallel(),
                member -> upgrade.forward(run, terms, member)
                        .filter(is -> is != MemberState.FAILED
                                || tooMany(terms, run, wave.get()).isEmpty())
                        .isPresent());
        after(run, terms, wave.get());
    }

    private void after(Run run, Terms terms, int wave) {
        Optional<String> why = tooMany(terms, run, wave);
        if (why.isPresent()) {
            stop(run.id(), why.get());
        } else if (current(fleets.members(run.id())).isEmpty()) {
            end(run, Phase.DONE);
        } else {
            note(
                    run.id(),
                    Phase.RUNNING,
                    with(run, Phase.RUNNING, "", clock.instant().plus(terms.pause())));
        }
    }

    private static Optional<Integer> current(List<Member> members) {
        return members.stream().filter(FleetRunner::isOpen).map(Member::wave).min(Integer::compare);
    }

    private static boolean isOpen(Member member) {
        return member.state() == MemberState.PENDING || member.state() == MemberState.RUNNING;
    }

    /** Why it has to stop: the share of failures in the wave, or in all so far, is not below the limit. */
    private Optional<String> tooMany(Terms terms, Run run, int wave) {
        List<Member> counted = fleets.members(run.id()).stream()
                .filter(m -> m.wave() > 0 && m.wave() <= wave && m.state() != MemberState.SKIPPED)
                .toList();
        Optional<String> here = tooMany(
                "wave " + wave, counted.stream().filter(m -> m.wave() == wave).toList(), terms.stopAt());
        return here.isPresent() ? here : tooMany("waves up to " + wave, counted, terms.stopAt());
    }

    private static Optional<String> tooMany(String where, List<Member> members, double stopAt) {
        List<Member> failed =
                members.stream().filter(m -> m.state() == MemberState.FAILED).toList();
        if (failed.isEmpty() || failed.size() < stopAt * members.size()) {
            return Optional.empty();
        }
        return Optional.of(where + ": " + failed.size() + " of " + members.size() + " workspaces failed: "
                + named(failed) + " [" + ProblemCode.FLEET_STOPPED.label() + "]");
    }

    private static String named(List<Member> members) {
        return members.stream()
                        .limit(NAMED)
                        .map(m -> m.key() + " (" + m.error().orElse("") + ")")
                        .collect(Collectors.joining(", "))
                + (members.size() > NAMED ? " and " + (members.size() - NAMED) + " more" : "");
    }

    private void tryCanary(Run run, Terms terms, Canary canary) {
        List<CanaryFinding> findings = trial.of(run, terms, canary, fleets.members(run.id()));
        boolean stops = !findings.isEmpty() && !canary.informOnly();
        String why = stops
                ? "the canary differs in " + findings.size()
                        + (findings.size() == 1 ? " place" : " places") + ", nothing was upgraded ["
                        + ProblemCode.FLEET_STOPPED.label() + "]"
                : "";
        note(
                run.id(),
                Phase.RUNNING,
                new Standing(
                        stops ? Phase.STOPPED : Phase.RUNNING,
                        why,
                        clock.instant(),
                        !stops,
                        false,
                        Statuses.write(findings),
                        Optional.empty()));
    }

    /** Lets nobody begin any more; those that run end. */
    public FleetStatus stop(long id, String why) {
        Run run = load(id);
        note(id, Phase.RUNNING, with(run, Phase.STOPPED, why, run.standing().dueAt()));
        return status(id);
    }

    /** Tries those again that failed or were refused, and goes on with what is left. */
    public FleetStatus resume(long id) {
        fleets.exclusively(id, () -> {
            Run run = load(id);
            reopen(run, run.standing());
            return true;
        });
        return run(id);
    }

    /** Goes on although the canary found something. */
    public FleetStatus accept(long id) {
        fleets.exclusively(id, () -> {
            Run run = load(id);
            Standing now = run.standing();
            Standing accepted = new Standing(
                    now.phase(), now.reason(), now.dueAt(), true, now.back(), now.findings(), now.endedAt());
            reopen(run, accepted);
            return true;
        });
        return run(id);
    }

    private void reopen(Run run, Standing standing) {
        Phase phase = standing.phase();
        if (phase == Phase.ROLLED_BACK) {
            throw new ConflictException(
                    ProblemCode.FLEET_STOPPED,
                    "run " + run.id() + " of fleet " + run.template() + " was rolled back; start a new one");
        }
        List<Member> again = standing.back() ? List.of() : again(run);
        if (phase == Phase.ROLLING_BACK || (phase == Phase.DONE && again.isEmpty())) {
            return;
        }
        boolean waits = phase == Phase.RUNNING;
        Standing open = new Standing(
                standing.back() ? Phase.ROLLING_BACK : Phase.RUNNING,
                "",
                waits ? standing.dueAt() : clock.instant(),
                standing.tried(),
                standing.back(),
                standing.findings(),
                Optional.empty());
        fleets.note(run.id(), new Note(Optional.of(phase), Optional.of(open), again));
    }

    private List<Member> again(Run run) {
        Terms terms = Terms.read(run.settings());
        List<Member> again = new ArrayList<>();
        for (Member member : fleets.members(run.id())) {
            if (member.state() == MemberState.FAILED
                    || (member.state() == MemberState.REFUSED && isAllowedNow(run, terms, member))) {
                again.add(new Member(
                        member.workspace(),
                        member.key(),
                        member.wave() == 0 ? terms.waves() : member.wave(),
                        MemberState.PENDING,
                        member.from(),
                        Optional.empty(),
                        member.startedAt(),
                        Optional.empty()));
            }
        }
        return again;
    }

    private boolean isAllowedNow(Run run, Terms terms, Member member) {
        Optional<Entry> entry = workspaces.find(member.workspace());
        return MemberUpgrade.absent(entry).isEmpty()
                && entry.flatMap(e -> work.refusal(
                                e, new Target(run.toVersion(), e.pin().overlay(), terms.parameters()), terms.options()))
                        .isEmpty();
    }

    /** Ends a run as it is; what was upgraded stays. */
    public FleetStatus end(long id) {
        return fleets.exclusively(id, () -> {
            Run run = load(id);
            Standing now = run.standing();
            if (now.endedAt().isEmpty()) {
                clean(run);
                Standing ended = new Standing(
                        Phase.STOPPED,
                        now.reason().isEmpty() ? "ended before it was through" : now.reason(),
                        now.dueAt(),
                        now.tried(),
                        now.back(),
                        now.findings(),
                        Optional.of(clock.instant()));
                note(id, now.phase(), ended);
            }
            return status(id);
        });
    }

    /** Brings those back that were done, the last ones first. */
    public FleetStatus rollback(long id) {
        return fleets.exclusively(id, () -> {
            Run run = load(id);
            Standing now = run.standing();
            if (now.phase() != Phase.ROLLED_BACK) {
                Standing back = new Standing(
                        Phase.ROLLING_BACK, "", now.dueAt(), now.tried(), true, now.findings(), Optional.empty());
                note(id, now.phase(), back);
                back(load(id));
            }
            return status(id);
        });
    }

    private void back(Run run) {
        clean(run);
        Terms terms = Terms.read(run.settings());
        List<Member> members = new ArrayList<>(fleets.members(run.id()).stream()
                .filter(m -> m.state() == MemberState.DONE
                        || (m.startedAt().isPresent()
                                && (m.state() == MemberState.RUNNING
                                        || m.state() == MemberState.FAILED
                                        || m.state() == MemberState.PENDING)))
                .toList());
        Collections.reverse(members);
        Turns.take(members, terms.parallel(), member -> upgrade.back(run, terms, member));
        List<Member> left = fleets.members(run.id()).stream()
                .filter(m -> m.state() == MemberState.DONE)
                .toList();
        if (left.isEmpty()) {
            fleets.note(run.id(), new Note(Optional.empty(), Optional.empty(), leftOut(run)));
            end(run, Phase.ROLLED_BACK);
        } else {
            String why = left.size() + " workspaces could not be brought back: " + named(left) + " ["
                    + ProblemCode.FLEET_STOPPED.label() + "]";
            note(
                    run.id(),
                    Phase.ROLLING_BACK,
                    with(run, Phase.STOPPED, why, run.standing().dueAt()));
        }
    }

    private List<Member> leftOut(Run run) {
        return fleets.members(run.id()).stream()
                .filter(m -> m.state() == MemberState.PENDING)
                .map(m -> new Member(
                        m.workspace(),
                        m.key(),
                        m.wave(),
                        MemberState.SKIPPED,
                        m.from(),
                        Optional.of("the run was rolled back before its turn"),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }

    private void clean(Run run) {
        Terms.read(run.settings()).canary().ifPresent(canary -> trial.clean(run, canary, fleets.members(run.id())));
    }

    private void end(Run run, Phase phase) {
        Standing now = run.standing();
        note(
                run.id(),
                now.phase(),
                new Standing(
                        phase, "", now.dueAt(), now.tried(), now.back(), now.findings(), Optional.of(clock.instant())));
    }

    private static Standing with(Run run, Phase phase, String why, Instant dueAt) {
        Standing now = run.standing();
        return new Standing(phase, why, dueAt, now.tried(), now.back(), now.findings(), Optional.empty());
    }

    private void note(long run, Phase expected, Standing standing) {
        fleets.note(run, new Note(Optional.of(expected), Optional.of(standing), List.of()));
    }

    private Run load(long id) {
        return fleets.runs(Optional.empty()).stream()
                .filter(run -> run.id() == id)
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        ProblemCode.ITEM_NOT_FOUND, "there is no run " + id + " of any fleet; runs() lists them"));
    }
}
