package io.datalifecycle.dlt.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** Sizes of a run, given as {@code -Dargs="rows=100000 runs=3"}. Immutable. */
record Settings(Map<String, Integer> sizes) {

    static Settings of(String[] args) {
        Map<String, Integer> sizes = new TreeMap<>();
        for (int i = 1; i < args.length; i++) {
            String[] parts = args[i].split("=", 2);
            if (parts.length != 2 || !parts[1].matches("\\d{1,9}")) {
                throw new IllegalArgumentException(args[i] + ": write a size as name=number, for instance rows=100000");
            }
            sizes.put(parts[0], Integer.parseInt(parts[1]));
        }
        return new Settings(sizes);
    }

    int size(String name, int otherwise) {
        return sizes.getOrDefault(name, otherwise);
    }
}
