package io.datalifecycle.dlt;

import io.datalifecycle.dlt.fleet.FleetStatus;

/**
 * An upgrade of a fleet. A handle: it keeps nothing but the number; everything is in the app database, so any node and any later process goes
 * on with it. Thread-safe; one call at a time does work, others get a {@link io.datalifecycle.dlt.problem.ConflictException} with
 * {@code UPGRADE_RUNNING}. Nothing goes on by itself: the host calls {@link #advance} every now and then, or {@link #run}.
 */
public final class FleetRun {

    private final Engine engine;
    private final long id;

    FleetRun(Engine engine, long id) {
        this.engine = engine;
        this.id = id;
    }

    /** Its number. */
    public long id() {
        return id;
    }

    /** How far it is. */
    public FleetStatus status() {
        return engine.fleets.runner.status(id);
    }

    /**
     * Does what is due now by the clock: the canary, or the current wave to its end, or nothing while it pauses, has stopped or ended. What a
     * process that died has left half done is taken up. A workspace that fails is noted and does not throw.
     */
    public FleetStatus advance() {
        return engine.fleets.runner.advance(id);
    }

    /** Advances until it pauses, stops or ends. */
    public FleetStatus run() {
        return engine.fleets.runner.run(id);
    }

    /** Lets no further workspace begin; those that are being upgraded end. Does not wait for them. */
    public FleetStatus stop(String why) {
        return engine.fleets.runner.stop(id, why);
    }

    /**
     * Goes on after it stopped, or after its process died, until it pauses, stops or ends: those that failed are tried again, those that were
     * refused too when they can go now, those that are done stay. A canary that found something is tried again. A rollback that stopped goes on.
     */
    public FleetStatus resume() {
        return engine.fleets.runner.resume(id);
    }

    /** Goes on although the canary found something, until it pauses, stops or ends. */
    public FleetStatus accept() {
        return engine.fleets.runner.accept(id);
    }

    /**
     * Brings those that are done back to the version each came from, the last ones first, and takes interrupted ones back. What the later version
     * added is hidden until it is purged. Parameters that the upgrade dropped or set come back; one that had no value before and exists in both
     * versions keeps the value that was given to all. Those that cannot be brought back are told, and the run then is stopped; call it again.
     */
    public FleetStatus rollback() {
        return engine.fleets.runner.rollback(id);
    }

    /** Ends it as it is, so that another one can be started; what was upgraded stays. It can still be resumed or rolled back. */
    public FleetStatus end() {
        return engine.fleets.runner.end(id);
    }

    @Override
    public String toString() {
        return "fleet run " + id;
    }
}
