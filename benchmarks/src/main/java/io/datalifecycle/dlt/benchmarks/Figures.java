package io.datalifecycle.dlt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What one benchmark measured, printed and written as JSON. Not thread-safe. */
final class Figures {

    private final String name;
    private final Map<String, Object> all = new LinkedHashMap<>();

    Figures(String name) {
        this.name = name;
        all.put("benchmark", name);
        all.put("machine", machine());
    }

    private static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        machine.put("heap_mib", Runtime.getRuntime().maxMemory() >> 20);
        return machine;
    }

    Figures put(String key, Object value) {
        all.put(key, value);
        return this;
    }

    /** The middle of the measured values. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    /** Writes {@code <name>.json} into the folder and prints it. */
    void write(Path folder) throws IOException {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        String json = mapper.writeValueAsString(all);
        Files.createDirectories(folder);
        Path file = folder.resolve(name + ".json");
        Files.writeString(file, json + "\n");
        System.out.println(json);
        System.out.println("written to " + file);
    }
}
