package io.datalifecycle.dlt.fleet.internal;

import io.datalifecycle.dlt.plan.ApplyOptions;
import io.datalifecycle.dlt.plan.Target;
import io.datalifecycle.dlt.problem.ConflictException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.FleetStore;
import io.datalifecycle.dlt.spi.FleetStore.From;
import io.datalifecycle.dlt.spi.FleetStore.Member;
import io.datalifecycle.dlt.spi.FleetStore.MemberState;
import io.datalifecycle.dlt.spi.FleetStore.Note;
import io.datalifecycle.dlt.spi.FleetStore.Phase;
import io.datalifecycle.dlt.spi.FleetStore.Run;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.UpgradeJournal;
import io.datalifecycle.dlt.spi.WorkspaceCatalog;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Entry;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.Past;
import io.datalifecycle.dlt.spi.WorkspaceCatalog.State;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes one workspace of a run there, or back. Each can be done again after an interruption anywhere. Thread-safe. */
final class MemberUpgrade {

    private final FleetStore fleets;
    private final WorkspaceCatalog workspaces;
    private final UpgradeJournal upgrades;
    private final FleetWork work;
    private final InstantSource clock;

    MemberUpgrade(Storage storage, FleetWork work, InstantSource clock) {
        this.fleets = storage.fleets();
        this.workspaces = storage.workspaces();
        this.upgrades = storage.upgrades();
        this.work = work;
        this.clock = clock;
    }

    /** How it ended. */
    private record Outcome(MemberState state, String error) {}

    /** Takes it to the run's version; gives what it is then, empty when the run was stopped before. What fails is noted, not thrown. */
    Optional<MemberState> forward(Run run, Terms terms, Member member) {
        Optional<Entry> entry = workspaces.find(member.workspace());
        Optional<String> absent = absent(entry);
        if (entry.isEmpty() || absent.isPresent()) {
            store(run, ended(member, MemberState.SKIPPED, absent));
            return Optional.of(MemberState.SKIPPED);
        }
        boolean touched = member.startedAt().isPresent();
        From from = touched
                ? member.from()
                : new From(entry.get().templateVersion(), entry.get().revision());
        Member begun = new Member(
                member.workspace(),
                member.key(),
                member.wave(),
                MemberState.RUNNING,
                from,
                Optional.empty(),
                Optional.of(clock.instant()),
                Optional.empty());
        if (!note(run, Phase.RUNNING, begun)) {
            return Optional.empty();
        }
        Outcome outcome = attempt(entry.get(), () -> {
            boolean resumed = resume(entry.get(), run.toVersion(), terms.options());
            Entry now = workspaces.find(member.workspace()).orElse(entry.get());
            boolean done = work.follow(
                    now, new Target(run.toVersion(), now.pin().overlay(), terms.parameters()), terms.options());
            return done || resumed || touched
                    ? new Outcome(MemberState.DONE, "")
                    : new Outcome(MemberState.SKIPPED, "is as it shall be already");
        });
        store(run, ended(begun, outcome.state(), said(outcome.error())));
        return Optional.of(outcome.state());
    }

    /** An upgrade that leads elsewhere is for whoever began it. */
    private boolean resume(Entry entry, String version, ApplyOptions options) {
        Optional<String> open = open(entry);
        if (open.isPresent() && !open.get().equals(version)) {
            throw new ConflictException(
                    ProblemCode.UPGRADE_RUNNING,
                    "workspace " + entry.key() + ": an upgrade to " + open.get()
                            + " was interrupted; upgrades().resume() or upgrades().abandon() first");
        }
        return open.isPresent() && work.resume(entry, options);
    }

    private Optional<String> open(Entry entry) {
        return upgrades.of(entry.id()).stream()
                .filter(upgrade -> upgrade.stage().isOpen())
                .findFirst()
                .map(upgrade -> upgrade.way().toVersion());
    }

    /** Brings it back to where it came from; whether others are to follow, which they are whatever comes of this one. */
    boolean back(Run run, Terms terms, Member member) {
        Optional<Entry> entry = workspaces.find(member.workspace());
        Optional<String> absent = absent(entry);
        if (entry.isEmpty() || absent.isPresent()) {
            store(run, ended(member, MemberState.SKIPPED, absent));
            return true;
        }
        ApplyOptions options = terms.options().allowingDestructive();
        Outcome outcome = attempt(entry.get(), () -> takeBack(run, terms, member, options));
        MemberState state = outcome.state() != MemberState.FAILED
                ? outcome.state()
                : member.state() == MemberState.FAILED ? MemberState.FAILED : MemberState.DONE;
        if (state == MemberState.DONE) {
            store(run, ended(member, state, said("not brought back: " + outcome.error())));
        } else if (state != MemberState.FAILED) {
            store(run, ended(member, state, said(outcome.error())));
        }
        return true;
    }

    private Outcome takeBack(Run run, Terms terms, Member member, ApplyOptions options) {
        Entry entry = workspaces.find(member.workspace()).orElseThrow();
        Optional<String> open = open(entry);
        if (open.isPresent()) {
            if (open.get().equals(run.toVersion())) {
                leave(entry, options);
            } else {
                resume(entry, member.from().version(), options);
            }
            entry = workspaces.find(member.workspace()).orElseThrow();
        }
        String version = entry.templateVersion();
        boolean moves = !member.from().version().equals(run.toVersion());
        if (moves && !version.equals(run.toVersion())) {
            return version.equals(member.from().version())
                    ? new Outcome(
                            member.state() == MemberState.FAILED && open.isEmpty()
                                    ? MemberState.FAILED
                                    : MemberState.ROLLED_BACK,
                            "")
                    : new Outcome(MemberState.SKIPPED, "is at " + version + " by now, which is not of this run");
        }
        work.follow(
                entry,
                new Target(member.from().version(), entry.pin().overlay(), parameters(entry, terms, member.from())),
                options);
        return new Outcome(MemberState.ROLLED_BACK, "");
    }

    /** Before tables have changed it is taken back, after that it goes on and is planned back. */
    private void leave(Entry entry, ApplyOptions options) {
        try {
            work.abandon(entry);
        } catch (ConflictException changed) {
            work.resume(entry, options);
        }
    }

    /** What the upgrade took away or gave to all; what was set since stays. */
    private Map<String, Object> parameters(Entry now, Terms terms, From from) {
        Map<String, Object> given = new LinkedHashMap<>();
        workspaces.history(now.id()).stream()
                .filter(past -> past.revision() == from.revision())
                .map(Past::pin)
                .findFirst()
                .ifPresent(pin -> pin.parameters().forEach((key, value) -> {
                    boolean ours = terms.parameters().containsKey(key)
                            && terms.parameters()
                                    .get(key)
                                    .equals(now.parameters().get(key));
                    if (ours || !now.parameters().containsKey(key)) {
                        given.put(key, value);
                    }
                }));
        return given;
    }

    /** Work on a workspace. */
    private interface Attempt {
        Outcome run();
    }

    private Outcome attempt(Entry entry, Attempt attempt) {
        try {
            return attempt.run();
        } catch (RuntimeException failure) {
            Optional<String> absent = absent(workspaces.find(entry.id()));
            return absent.isPresent()
                    ? new Outcome(MemberState.SKIPPED, absent.get() + "; meanwhile: " + failure.getMessage())
                    : new Outcome(
                            MemberState.FAILED,
                            failure.getMessage() == null ? failure.toString() : failure.getMessage());
        }
    }

    /** Why a fleet leaves a workspace alone; empty when it does not. */
    static Optional<String> absent(Optional<Entry> entry) {
        State state = entry.map(Entry::state).orElse(State.DELETED);
        return switch (state) {
            case ACTIVE, SUSPENDED -> Optional.empty();
            case ARCHIVED -> Optional.of("is archived; fleets leave it alone");
            case PROVISIONING -> Optional.of("is being provisioned");
            case DELETING, DELETED -> Optional.of("was deleted");
        };
    }

    private static Optional<String> said(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private Member ended(Member member, MemberState state, Optional<String> error) {
        return new Member(
                member.workspace(),
                member.key(),
                member.wave(),
                state,
                member.from(),
                error,
                member.startedAt(),
                Optional.of(clock.instant()));
    }

    private boolean note(Run run, Phase expected, Member member) {
        return fleets.note(run.id(), new Note(Optional.of(expected), Optional.empty(), List.of(member)));
    }

    /** What has happened is noted whatever was decided meanwhile. */
    private void store(Run run, Member member) {
        fleets.note(run.id(), new Note(Optional.empty(), Optional.empty(), List.of(member)));
    }
}
