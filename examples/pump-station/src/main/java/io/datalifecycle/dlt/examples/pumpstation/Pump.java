package io.datalifecycle.dlt.examples.pumpstation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.SplittableRandom;

/** One simulated pump: runs by day, rests by night, gets warm slowly, and suffers the faults it was given. */
final class Pump {

    /** What can go wrong. */
    enum Fault {
        /** Vapour bubbles collapse: pressure and flow sag and flutter, vibration rises. */
        CAVITATION,
        /** A bearing wears: vibration and temperature climb together over hours. */
        BEARING
    }

    /**
     * A fault and when it acts.
     *
     * @param from first instant
     * @param length how long
     */
    record Trouble(Fault fault, Instant from, Duration length) {

        /** 0 before and after, rising from 0 to 1 in between. */
        double strength(Instant at) {
            if (at.isBefore(from) || !at.isBefore(from.plus(length))) {
                return 0;
            }
            return Duration.between(from, at).toMillis() / (double) length.toMillis();
        }
    }

    private static final double AMBIENT_CELSIUS = 18;
    private static final double WARM_UP_HOURS = 1.5;

    private final String name;
    private final ZoneId zone;
    private final double size;
    private final List<Trouble> troubles;
    private final SplittableRandom random;
    private double temperature = AMBIENT_CELSIUS;
    private double drift;

    Pump(String name, ZoneId zone, double size, List<Trouble> troubles, long seed) {
        this.name = name;
        this.zone = zone;
        this.size = size;
        this.troubles = troubles;
        this.random = new SplittableRandom(seed);
    }

    /** The sample at an instant; call with rising instants, the pump remembers how warm it is. */
    Reading sample(Instant at, Duration since) {
        boolean running = isRunning(at);
        double cavitation = strength(Fault.CAVITATION, at);
        double bearing = strength(Fault.BEARING, at);
        drift = 0.995 * drift + 0.01 * gaussian();
        double load = running ? size * (0.92 + 0.08 * Math.sin(dayFraction(at) * 2 * Math.PI) + drift) : 0;
        double flutter = cavitation > 0 ? cavitation * (0.25 + 0.15 * gaussian()) : 0;
        double target = AMBIENT_CELSIUS + 34 * load + (running ? 38 * bearing * bearing : 0);
        temperature += (target - temperature) * (1 - Math.exp(-since.toSeconds() / (3600 * WARM_UP_HOURS)));
        double vibration = running ? 0.09 + 0.03 * load + 0.34 * bearing * bearing + 0.22 * cavitation : 0.008;
        return new Reading(
                at,
                name,
                round(Math.max(0, (running ? 2.1 + 2.4 * load : 1.3) * (1 - flutter) + 0.02 * gaussian())),
                round(Math.max(0, 96 * load * (1 - 1.3 * flutter) + (running ? 0.6 * gaussian() : 0))),
                round(Math.max(0.001, vibration * (1 + 0.06 * gaussian()))),
                round(temperature + 0.1 * gaussian()),
                round(Math.max(0, running ? 4.2 + 9.5 * load * (1 - 0.5 * flutter) + 0.08 * gaussian() : 0.05)),
                running);
    }

    private double strength(Fault fault, Instant at) {
        return troubles.stream()
                .filter(t -> t.fault() == fault)
                .mapToDouble(t -> t.strength(at))
                .max()
                .orElse(0);
    }

    /** On from five in the morning to eleven at night in the station's zone, with a pause that differs from pump to pump. */
    private boolean isRunning(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        int minute = local.getHour() * 60 + local.getMinute();
        int pause = 12 * 60 + Math.floorMod(name.hashCode(), 120);
        return minute >= 300 && minute < 1380 && !(minute >= pause && minute < pause + 25);
    }

    private double dayFraction(Instant at) {
        return at.atZone(zone).toLocalTime().toSecondOfDay() / 86_400.0;
    }

    private double gaussian() {
        return random.nextGaussian();
    }

    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
