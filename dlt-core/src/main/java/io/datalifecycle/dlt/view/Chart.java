package io.datalifecycle.dlt.view;

import java.util.List;

/** One drawing, complete with its data. */
public sealed interface Chart permits Chart.TimeSeries, Chart.Bar, Chart.Pie, Chart.GeoMap {

    ChartKind kind();

    /** Unit of the values, may be empty. */
    String unit();

    /** Whether there is nothing to draw; renderers then write "No data". */
    boolean isEmpty();

    /**
     * Lines over time.
     *
     * @param series one per label
     * @param thresholds horizontal lines
     */
    record TimeSeries(String unit, List<SeriesData> series, List<Threshold> thresholds) implements Chart {
        public TimeSeries {
            series = List.copyOf(series);
            thresholds = List.copyOf(thresholds);
        }

        @Override
        public ChartKind kind() {
            return ChartKind.TIME_SERIES;
        }

        @Override
        public boolean isEmpty() {
            return series.stream().allMatch(s -> s.times().isEmpty());
        }
    }

    /**
     * Bars per category.
     *
     * @param categories names along the axis
     * @param series one value per category each
     */
    record Bar(String unit, List<String> categories, List<CategorySeries> series, boolean stacked) implements Chart {
        public Bar {
            categories = List.copyOf(categories);
            series = List.copyOf(series);
        }

        @Override
        public ChartKind kind() {
            return ChartKind.BAR;
        }

        @Override
        public boolean isEmpty() {
            return categories.isEmpty();
        }
    }

    /** Shares of a whole. */
    record Pie(String unit, List<Slice> slices) implements Chart {
        public Pie {
            slices = List.copyOf(slices);
        }

        @Override
        public ChartKind kind() {
            return ChartKind.PIE;
        }

        @Override
        public boolean isEmpty() {
            return slices.isEmpty();
        }
    }

    /** Points on a map. */
    record GeoMap(String unit, List<GeoPoint> points) implements Chart {
        public GeoMap {
            points = List.copyOf(points);
        }

        @Override
        public ChartKind kind() {
            return ChartKind.MAP;
        }

        @Override
        public boolean isEmpty() {
            return points.isEmpty();
        }
    }

    /**
     * A horizontal line.
     *
     * @param label name beside it
     * @param value where
     */
    record Threshold(String label, double value) {}

    /**
     * One bar per category.
     *
     * @param label name in the legend, may be empty
     * @param values one per category; NaN for none
     */
    record CategorySeries(String label, double[] values) {
        public CategorySeries {
            values = values.clone();
        }

        @Override
        public double[] values() {
            return values.clone();
        }
    }

    /** One share; negative values are not drawn. */
    record Slice(String label, double value) {}

    /**
     * One point.
     *
     * @param latitude degrees north, -90 to 90
     * @param longitude degrees east, -180 to 180
     * @param label name, may be empty
     * @param value colours or sizes the point; NaN for none
     * @param link where a click leads; {@link Link#NONE} for nowhere
     */
    record GeoPoint(double latitude, double longitude, String label, double value, Link link) {}
}
