package io.datalifecycle.dlt.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Validation by compiled schema against the JSON Schema library, by JMH. */
final class Validation {

    private static final double GOAL = 2;

    private Validation() {}

    static Figures run(Settings settings) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ValidationBenchmark.class.getName())
                        .forks(settings.size("forks", 2))
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgsAppend("-Xmx1g")
                        .build())
                .run();
        double compiled = 0;
        double library = 0;
        List<String> scores = new ArrayList<>();
        for (RunResult result : results) {
            double score = result.getPrimaryResult().getScore();
            scores.add(result.getPrimaryResult().getLabel() + " " + Math.round(score) + " ± "
                    + Math.round(result.getPrimaryResult().getScoreError()));
            if (result.getPrimaryResult().getLabel().equals("compiled")) {
                compiled = score;
            } else {
                library = score;
            }
        }
        return new Figures("validation")
                .put("columns", 8)
                .put("bytes_per_row", SensorRows.ndjson(1_000, 0).length / 1_000)
                .put("dlt_rows_per_second", Math.round(compiled))
                .put("library_rows_per_second", Math.round(library))
                .put("ratio", Figures.rounded(compiled / library))
                .put("goal", GOAL)
                .put("scores", scores);
    }
}
