package io.datalifecycle.dlt.ml.forest;

import io.datalifecycle.dlt.ml.input.Json;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Says in JSON why a row scored as it did: each feature's share, its value, what is usual, and one sentence. */
final class Explanation {

    /** Below this share a feature is not named in the sentence. */
    private static final double WORTH_NAMING = 0.25;

    private static final int MOST_FEATURES = 10;

    private final List<String> names;

    Explanation(List<String> names) {
        this.names = names;
    }

    String of(AssetForest.Warm warm, double[] row, double[] shares, boolean anomaly) {
        double score = 0;
        for (double share : shares) {
            score += share;
        }
        double all = score > 0 ? score : 1;
        List<Integer> order = IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer f) -> -shares[f]).thenComparing(f -> f))
                .limit(MOST_FEATURES)
                .toList();
        StringBuilder json = new StringBuilder(128 + 160 * order.size()).append("{\"summary\":");
        Json.quote(json, summary(warm.scaling, row, shares, order, anomaly));
        json.append(",\"score\":").append(Json.number(score));
        json.append(",\"threshold\":").append(Json.number(warm.threshold)).append(",\"features\":[");
        for (int i = 0; i < order.size(); i++) {
            int f = order.get(i);
            json.append(i == 0 ? "" : ",").append("{\"feature\":");
            Json.quote(json, names.get(f));
            json.append(",\"share\":").append(Json.number(shares[f] / all));
            json.append(",\"value\":").append(Json.number(row[f]));
            json.append(",\"expected\":").append(Json.number(warm.scaling.middle()[f]));
            json.append(",\"typical\":[").append(Json.number(warm.scaling.low()[f]));
            json.append(',').append(Json.number(warm.scaling.high()[f])).append(']');
            json.append(",\"direction\":\"")
                    .append(direction(warm.scaling, row, f))
                    .append("\"}");
        }
        return json.append("]}").toString();
    }

    /** What a row of an asset that is still learning gets. */
    static String learning(int rows, int needed) {
        return "{\"summary\":\"still learning what is usual: " + rows + " of " + needed + " rows\",\"features\":[]}";
    }

    private String summary(Scaling scaling, double[] row, double[] shares, List<Integer> order, boolean anomaly) {
        if (!anomaly) {
            return "as usual";
        }
        double most = shares[order.get(0)];
        StringBuilder text = new StringBuilder();
        int named = 0;
        for (int f : order) {
            if (named > 0 && (named == 3 || shares[f] < WORTH_NAMING * most * 2)) {
                break;
            }
            text.append(named++ == 0 ? "" : "; ").append(clause(scaling, row, f));
        }
        return text.toString();
    }

    private String clause(Scaling scaling, double[] row, int f) {
        String value = names.get(f) + " " + Json.number(row[f]);
        String usual = Json.number(scaling.low()[f]) + " to " + Json.number(scaling.high()[f]);
        return switch (direction(scaling, row, f)) {
            case "above" -> value + " is above its usual " + usual;
            case "below" -> value + " is below its usual " + usual;
            default -> value + " is unusual together with the others";
        };
    }

    private static String direction(Scaling scaling, double[] row, int f) {
        if (row[f] > scaling.high()[f]) {
            return "above";
        }
        return row[f] < scaling.low()[f] ? "below" : "within";
    }
}
