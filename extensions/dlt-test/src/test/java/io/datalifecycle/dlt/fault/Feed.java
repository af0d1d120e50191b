package io.datalifecycle.dlt.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows that follow from a seed and a number, so that two processes know the same stream: about 3 % are bad, 5 % repeat the key of an
 * earlier row with another value, 2 % are late by weeks. Immutable.
 *
 * @param seed other seeds, other streams
 * @param rows how many in all
 * @param files how many files they come in
 */
record Feed(long seed, int rows, int files) {

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final Duration BUCKET = Duration.ofMinutes(10);
    private static final int KEYS_BACK = 500;

    private enum Kind {
        GOOD,
        LATE,
        REPEAT,
        BAD
    }

    private Kind kind(int row) {
        int dice = new SplittableRandom(seed * 1_000_003 + row).nextInt(100);
        if (dice < 3) {
            return Kind.BAD;
        }
        if (dice < 8) {
            return original(row) < 0 ? Kind.GOOD : Kind.REPEAT;
        }
        return dice < 10 ? Kind.LATE : Kind.GOOD;
    }

    /** The earlier row that a row repeats: near or far, so that both are within one batch or in two files. */
    private int original(int row) {
        int from = row - 1 - new SplittableRandom(seed ^ row).nextInt(KEYS_BACK);
        for (int earlier = from; earlier >= 0; earlier--) {
            int dice = new SplittableRandom(seed * 1_000_003 + earlier).nextInt(100);
            if (dice >= 8) {
                return earlier;
            }
        }
        return -1;
    }

    String asset(int row) {
        return "P-" + (row % 7);
    }

    Instant at(int row) {
        Instant at = START.plusSeconds(20L * row);
        return kind(row) == Kind.LATE ? at.minus(Duration.ofDays(25)).plusSeconds(7) : at;
    }

    private String line(int row) {
        return switch (kind(row)) {
            case GOOD, LATE -> json(at(row), asset(row), row);
            case REPEAT -> json(at(original(row)), asset(original(row)), row);
            case BAD -> bad(row);
        };
    }

    private static String json(Instant at, String asset, int number) {
        return "{\"ts\":\"" + at + "\",\"asset_id\":\"" + asset + "\",\"n\":" + number + ",\"value\":" + value(number)
                + "}";
    }

    static double value(long number) {
        return number * 0.25;
    }

    private String bad(int row) {
        return switch (row % 5) {
            case 0 -> "{\"ts\":\"" + at(row) + "\",\"n\":" + row + "}";
            case 1 -> "{\"ts\":\"soon\",\"asset_id\":\"P-1\",\"n\":" + row + "}";
            case 2 -> "{\"ts\":\"" + at(row) + "\",\"asset_id\":\"P-1\",\"n\":\"many\"}";
            case 3 -> "{\"ts\":\"" + at(row) + "\",\"asset_id\":\"P-1\\u0000\",\"n\":" + row + "}";
            default -> "{\"ts\": ";
        };
    }

    private int firstOf(int file) {
        return (int) ((long) rows * file / files);
    }

    static String name(int file) {
        return "part-%03d.ndjson".formatted(file);
    }

    /** Writes the files. */
    void write(Path directory) throws IOException {
        for (int file = 0; file < files; file++) {
            List<String> lines = new ArrayList<>();
            for (int row = firstOf(file); row < firstOf(file + 1); row++) {
                lines.add(line(row));
            }
            Files.write(directory.resolve(name(file)), lines);
        }
    }

    /** Numbers of the rows that a store with a natural key must hold: of each key the first. */
    TreeSet<Integer> unique() {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (int row = 0; row < rows; row++) {
            if (kind(row) == Kind.GOOD || kind(row) == Kind.LATE) {
                numbers.add(row);
            }
        }
        return numbers;
    }

    /** Numbers of the rows that a store without a key must hold. */
    TreeSet<Integer> good() {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (int row = 0; row < rows; row++) {
            if (kind(row) != Kind.BAD) {
                numbers.add(row);
            }
        }
        return numbers;
    }

    /** File and line of the rows that must be in quarantine. */
    TreeSet<String> bad() {
        TreeSet<String> places = new TreeSet<>();
        for (int file = 0; file < files; file++) {
            for (int row = firstOf(file); row < firstOf(file + 1); row++) {
                if (kind(row) == Kind.BAD) {
                    places.add(name(file) + ":" + (row - firstOf(file) + 1));
                }
            }
        }
        return places;
    }

    /** Number and sum of the rows with a natural key, by bucket and asset. */
    Map<String, String> rollup() {
        Map<String, long[]> sums = new TreeMap<>();
        for (int row : unique()) {
            long bucket = at(row).getEpochSecond() / BUCKET.toSeconds() * BUCKET.toSeconds();
            long[] sum = sums.computeIfAbsent(Instant.ofEpochSecond(bucket) + " " + asset(row), k -> new long[2]);
            sum[0]++;
            sum[1] += row;
        }
        Map<String, String> words = new TreeMap<>();
        sums.forEach((key, sum) -> words.put(key, sum[0] + " " + sum[1]));
        return words;
    }
}
