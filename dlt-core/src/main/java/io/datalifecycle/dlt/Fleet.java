package io.datalifecycle.dlt;

import io.datalifecycle.dlt.fleet.FleetPlan;
import io.datalifecycle.dlt.spi.FleetStore.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All workspaces of a template. Thread-safe.
 *
 * <pre>{@code
 * FleetRun run = dlt.fleet("pump_station")
 *         .upgradeTo("2.0.0", f -> f.waves(1, 10, 50, 100).pause(Duration.ofHours(1)).stopAt(0.2).parallel(4))
 *         .start();
 * System.out.println(run.status());
 * run.run();
 * }</pre>
 */
public final class Fleet {

    private final Engine engine;
    private final String template;

    Fleet(Engine engine, String template) {
        this.engine = engine;
        this.template = template;
    }

    /** Key of the template. */
    public String template() {
        return template;
    }

    /** An upgrade of all workspaces that are neither archived nor there yet; nothing is done before it is started. */
    public FleetUpgrade upgradeTo(String version) {
        return upgradeTo(version, f -> {});
    }

    /**
     * An upgrade of chosen workspaces, in chosen waves.
     *
     * @throws io.datalifecycle.dlt.problem.NotFoundException when the version is not published
     */
    public FleetUpgrade upgradeTo(String version, Consumer<FleetDraft> settings) {
        new Templates(engine).published(template, version);
        FleetDraft draft = new FleetDraft();
        settings.accept(draft);
        return new FleetUpgrade(engine, template, version, draft);
    }

    /** What has to change in all of them; nothing is changed. */
    public FleetPlan plan(String version) {
        return upgradeTo(version).plan();
    }

    /** All runs, the newest first. */
    public List<FleetRun> runs() {
        return engine.storage.fleets().runs(Optional.of(template)).stream()
                .map(run -> new FleetRun(engine, run.id()))
                .toList();
    }

    /** The run that has not ended; empty when there is none. */
    public Optional<FleetRun> current() {
        return engine.storage.fleets().runs(Optional.of(template)).stream()
                .filter(run -> run.standing().endedAt().isEmpty())
                .map(Run::id)
                .findFirst()
                .map(id -> new FleetRun(engine, id));
    }

    @Override
    public String toString() {
        return "fleet " + template;
    }
}
