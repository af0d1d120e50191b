package io.datalifecycle.dlt.ml.forest;

import io.datalifecycle.dlt.ml.codec.Cursor;
import io.datalifecycle.dlt.ml.input.Options;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Hyperparameters of a forest. Immutable.
 *
 * @param trees number of trees: more is steadier and slower
 * @param samples points each tree remembers
 * @param shingle successive rows seen as one point; 1 looks at each row alone
 * @param warmUp complete rows an asset needs before it is judged
 * @param threshold how many spreads above the usual score a row must score to be an anomaly
 * @param contamination share of the training rows taken to be anomalies, instead of {@code threshold}; 0 for none
 * @param adapt from which of the scored rows the forest goes on learning
 * @param explain which rows get an explanation
 * @param seed for everything random
 */
record ForestOptions(
        int trees,
        int samples,
        int shingle,
        int warmUp,
        double threshold,
        double contamination,
        Adapt adapt,
        Explain explain,
        long seed) {

    static final int MOST_TREES = 500;
    static final int MOST_SAMPLES = 4_096;
    static final int MOST_SHINGLE = 64;
    static final int MOST_WARM_UP = 100_000;
    static final double DEFAULT_THRESHOLD = 5;

    /** What is learnt while scoring. */
    enum Adapt {
        /** Every row: the newest behaviour is soon the usual one, and so is a fault that lasts. */
        ALWAYS,
        /** Rows that are no anomalies: follows slow change, and a fault stays a fault until the next training. */
        USUAL,
        /** Nothing: the forest stays as trained, and an asset's state is a few bytes. */
        NEVER
    }

    /** Which rows get an explanation. */
    enum Explain {
        ALL,
        ANOMALIES,
        NONE
    }

    static ForestOptions of(String algorithm, Map<String, Object> values, long seed) {
        Options options = new Options(algorithm, values);
        int samples = options.integer("sample_size", 256, 16, MOST_SAMPLES);
        int shingle = options.integer("shingle", 1, 1, MOST_SHINGLE);
        if (options.has("threshold") && options.has("contamination")) {
            throw options.contradiction("threshold and contamination say the same in two ways; keep one of them");
        }
        ForestOptions result = new ForestOptions(
                options.integer("trees", 50, 5, MOST_TREES),
                samples,
                shingle,
                options.integer("warm_up", Math.max(64, samples / 2), 16, MOST_WARM_UP),
                options.decimal("threshold", DEFAULT_THRESHOLD, 0.5, 1_000),
                options.decimal("contamination", 0, 0, 0.5),
                adapt(options.choice("adapt", "usual", Set.of("always", "usual", "never"))),
                explain(options.choice("explain", "all", Set.of("all", "anomalies", "none"))),
                seed);
        options.finish();
        if (result.warmUp() < 2 * shingle) {
            throw options.contradiction("warm_up is " + result.warmUp() + ", use at least twice the shingle");
        }
        return result;
    }

    private static Explain explain(String word) {
        return switch (word) {
            case "anomalies" -> Explain.ANOMALIES;
            case "none" -> Explain.NONE;
            default -> Explain.ALL;
        };
    }

    private static Adapt adapt(String word) {
        return switch (word) {
            case "always" -> Adapt.ALWAYS;
            case "never" -> Adapt.NEVER;
            default -> Adapt.USUAL;
        };
    }

    static ForestOptions exchange(Cursor c, ForestOptions options) throws IOException {
        return new ForestOptions(
                c.integer(options.trees),
                c.integer(options.samples),
                c.integer(options.shingle),
                c.integer(options.warmUp),
                c.real(options.threshold),
                c.real(options.contamination),
                Adapt.values()[Math.floorMod(c.integer(options.adapt.ordinal()), Adapt.values().length)],
                Explain.values()[Math.floorMod(c.integer(options.explain.ordinal()), Explain.values().length)],
                c.big(options.seed));
    }

    /** Throws when options that were read cannot have been written. */
    void requirePossible() throws IOException {
        boolean possible = trees > 0
                && trees <= MOST_TREES
                && samples > 0
                && samples <= MOST_SAMPLES
                && shingle > 0
                && shingle <= MOST_SHINGLE
                && warmUp >= 2 * shingle
                && warmUp <= MOST_WARM_UP;
        if (!possible) {
            throw new IOException("options " + this);
        }
    }

    /** Any values, to be read over. */
    static final ForestOptions BLANK = new ForestOptions(0, 0, 0, 0, 0, 0, Adapt.USUAL, Explain.ALL, 0);
}
