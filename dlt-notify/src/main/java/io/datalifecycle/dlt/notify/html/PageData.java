package io.datalifecycle.dlt.notify.html;

import io.datalifecycle.dlt.notify.chart.Formats;
import io.datalifecycle.dlt.notify.chart.Palette;
import io.datalifecycle.dlt.view.Page;
import io.datalifecycle.dlt.view.PageControl;
import io.datalifecycle.dlt.view.PageItem;
import io.datalifecycle.dlt.view.PageVariant;
import io.datalifecycle.dlt.view.SeriesData;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The data of a page as JSON for its script. Cells that variants have in common are written once. */
final class PageData {

    /** Points of all series together, so that a page with many variants stays one that a browser opens at once. */
    private static final int MOST_POINTS = 150_000;

    private static final int MOST_POINTS_OF_A_SERIES = 2_000;
    /** Two hundred years of summer time. */
    private static final int MOST_CLOCK_CHANGES = 400;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ItemData items;
    private final Map<String, Integer> pool = new LinkedHashMap<>();

    private PageData(Page page, Formats formats) {
        this.items = new ItemData(formats, pointsOfASeries(page));
    }

    /** JSON that may stand in a script element: no sign in it can end the element or begin a comment. */
    static String of(Page page, Formats formats) {
        String json = new PageData(page, formats).json(page);
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private String json(Page page) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("dashboard", page.dashboard());
        data.put("series", Palette.series());
        data.put("ramp", Palette.ramp());
        data.put(
                "range",
                page.range()
                        .map(range ->
                                List.of(range.from().toEpochMilli(), range.to().toEpochMilli()))
                        .orElse(null));
        data.put("offsets", offsets(page));
        data.put("controls", page.controls().stream().map(PageData::control).toList());
        data.put("items", places(page.items()));
        List<Variant> variants = new ArrayList<>();
        for (PageVariant variant : page.variants()) {
            variants.add(new Variant(variant.controls(), places(variant.items())));
        }
        data.put("variants", variants);
        String head = JSON.writeValueAsString(data);
        return head.substring(0, head.length() - 1) + ",\"pool\":[" + String.join(",", pool.keySet()) + "]}";
    }

    private List<Integer> places(List<PageItem> cells) {
        List<Integer> places = new ArrayList<>();
        for (PageItem cell : cells) {
            String json = JSON.writeValueAsString(items.of(cell));
            pool.putIfAbsent(json, pool.size());
            places.add(pool.get(json));
        }
        return places;
    }

    private static Map<String, Object> control(PageControl control) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("key", control.key());
        data.put("title", control.title().isEmpty() ? control.key() : control.title());
        data.put("type", control.type());
        data.put("options", control.options());
        data.put("value", control.value());
        return data;
    }

    private static int pointsOfASeries(Page page) {
        List<PageItem> all = new ArrayList<>(page.items());
        page.variants().forEach(variant -> all.addAll(variant.items()));
        long series =
                all.stream().mapToLong(item -> ItemData.series(item).size()).sum();
        return (int) Math.max(100, Math.min(MOST_POINTS_OF_A_SERIES, MOST_POINTS / Math.max(1, series)));
    }

    /** Offsets of the zone over the time the page shows: pairs of the end of a stretch (null for the last) and milliseconds. */
    private static List<List<@Nullable Long>> offsets(Page page) {
        Instant[] span = span(page);
        ZoneId zone = page.zone();
        List<List<@Nullable Long>> offsets = new ArrayList<>();
        Instant at = span[0];
        for (int left = MOST_CLOCK_CHANGES; left >= 0; left--) {
            ZoneOffsetTransition next = zone.getRules().nextTransition(at);
            boolean last = left == 0 || next == null || next.getInstant().isAfter(span[1]);
            @Nullable Long until = last ? null : next.getInstant().toEpochMilli();
            offsets.add(Arrays.asList(until, zone.getRules().getOffset(at).getTotalSeconds() * 1000L));
            if (last) {
                break;
            }
            at = next.getInstant();
        }
        return offsets;
    }

    private static Instant[] span(Page page) {
        Instant from = page.generatedAt();
        Instant to = page.generatedAt();
        List<PageItem> all = new ArrayList<>(page.items());
        page.variants().forEach(variant -> all.addAll(variant.items()));
        for (PageItem item : all) {
            for (SeriesData series : ItemData.series(item)) {
                if (!series.times().isEmpty()) {
                    Instant first = series.times().get(0);
                    Instant last = series.times().get(series.times().size() - 1);
                    from = first.isBefore(from) ? first : from;
                    to = last.isAfter(to) ? last : to;
                }
            }
        }
        if (page.range().isPresent()) {
            from = page.range().get().from().isBefore(from) ? page.range().get().from() : from;
            to = page.range().get().to().isAfter(to) ? page.range().get().to() : to;
        }
        return new Instant[] {from, to};
    }

    /** A variant as the script reads it. */
    record Variant(Map<String, String> controls, List<Integer> items) {}
}
