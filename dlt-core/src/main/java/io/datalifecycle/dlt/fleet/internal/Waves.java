package io.datalifecycle.dlt.fleet.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deals workspaces out to waves, which are numbered from 1. */
public final class Waves {

    private Waves() {}

    /**
     * By percent of the fleet up to which each wave goes, at least one workspace each; a wave that would be empty is none.
     *
     * @param upTo ascending, the last one 100
     */
    public static Map<String, Integer> percent(List<String> keys, List<Integer> upTo) {
        Map<String, Integer> waves = new LinkedHashMap<>();
        int dealt = 0;
        int wave = 0;
        for (int percent : upTo) {
            int end = (int) Math.ceil(keys.size() * percent / 100.0);
            if (end > dealt) {
                wave++;
                for (String key : keys.subList(dealt, end)) {
                    waves.put(key, wave);
                }
                dealt = end;
            }
        }
        return waves;
    }

    /**
     * By lists, in their order; what is in no list is in no wave, or in the last one.
     *
     * @param keys those that can be upgraded; a list that has none of them is no wave
     */
    public static Map<String, Integer> lists(List<String> keys, List<List<String>> lists, boolean rest) {
        Map<String, Integer> waves = new LinkedHashMap<>();
        int wave = 0;
        for (List<String> list : lists) {
            List<String> here = list.stream().filter(keys::contains).toList();
            if (!here.isEmpty()) {
                wave++;
                for (String key : here) {
                    waves.put(key, wave);
                }
            }
        }
        int last = wave + 1;
        if (rest) {
            keys.forEach(key -> waves.putIfAbsent(key, last));
        }
        return waves;
    }
}
