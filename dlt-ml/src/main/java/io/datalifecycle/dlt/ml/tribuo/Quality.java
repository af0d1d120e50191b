package io.datalifecycle.dlt.ml.tribuo;

import java.util.LinkedHashMap;
import java.util.Map;

/** How good predictions are on rows that were not learnt from. */
final class Quality {

    private Quality() {}

    static Map<String, Double> of(Learnt learnt, Samples held) {
        return learnt.algorithm().isClassification() ? classification(learnt, held) : regression(learnt, held);
    }

    private static Map<String, Double> regression(Learnt learnt, Samples held) {
        double squares = 0;
        double absolute = 0;
        double sum = 0;
        for (int i = 0; i < held.size(); i++) {
            double error = learnt.number(held.inputs().get(i)) - held.targets()[i];
            squares += error * error;
            absolute += Math.abs(error);
            sum += held.targets()[i];
        }
        double mean = sum / held.size();
        double spread = 0;
        for (double target : held.targets()) {
            spread += (target - mean) * (target - mean);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("rmse", Math.sqrt(squares / held.size()));
        metrics.put("mae", absolute / held.size());
        if (spread > 0) { // of a constant there is nothing to explain
            metrics.put("r2", 1 - squares / spread);
        }
        return metrics;
    }

    private static Map<String, Double> classification(Learnt learnt, Samples held) {
        int classes = learnt.labels().size();
        int[] hits = new int[classes];
        int[] actual = new int[classes];
        int[] predicted = new int[classes];
        int right = 0;
        for (int i = 0; i < held.size(); i++) {
            int is = (int) held.targets()[i];
            int said = TribuoScorer.best(learnt.probabilities(held.inputs().get(i)));
            actual[is]++;
            predicted[said]++;
            if (is == said) {
                hits[is]++;
                right++;
            }
        }
        double f1 = 0;
        int seen = 0;
        for (int c = 0; c < classes; c++) {
            if (actual[c] + predicted[c] > 0) { // a class that neither occurs nor is predicted says nothing
                f1 += 2.0 * hits[c] / (actual[c] + predicted[c]);
                seen++;
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", (double) right / held.size());
        metrics.put("f1", f1 / seen);
        return metrics;
    }
}
