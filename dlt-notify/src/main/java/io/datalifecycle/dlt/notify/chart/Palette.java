package io.datalifecycle.dlt.notify.chart;

import java.awt.Color;
import java.util.List;

/** The colours that images, pages and documents share. Pages add darker grounds of their own for dark screens. Immutable. */
public final class Palette {

    /** Words. */
    public static final Color INK = new Color(0x1b2733);
    /** Words of less weight: axes, units, headings of columns. */
    public static final Color MUTED = new Color(0x5c6b7a);
    /** Borders. */
    public static final Color LINE = new Color(0xdde3ea);
    /** Lines behind the data. */
    public static final Color GRID = new Color(0xe9edf2);
    /** Ground of a panel. */
    public static final Color PANEL = Color.WHITE;
    /** Ground of a page, and of every second row. */
    public static final Color GROUND = new Color(0xf4f6f9);
    /** Links and headings' marks. */
    public static final Color ACCENT = new Color(0x2563eb);

    private static final List<String> SERIES = List.of(
            "#2f6fed", "#e07b2a", "#17968a", "#c2478f", "#7a5cd6", "#b8940f", "#3d9bd9", "#8b5e3c", "#5f8a2e",
            "#d6455d");

    /** From low to high, for points that are coloured by their value. */
    private static final List<String> RAMP = List.of("#2f6fed", "#17968a", "#d9a514", "#e07b2a", "#c62828");

    private Palette() {}

    /** Colours of series and slices in order, as {@code #rrggbb}; they start again when there are more. */
    public static List<String> series() {
        return SERIES;
    }

    /** Colours from low to high, as {@code #rrggbb}. */
    public static List<String> ramp() {
        return RAMP;
    }

    /** Colour of the series with that place. */
    public static Color series(int index) {
        return Color.decode(SERIES.get(Math.floorMod(index, SERIES.size())));
    }

    /** Colour of a share of the way from the lowest (0) to the highest (1) value. */
    public static Color ramp(double share) {
        double place = Math.min(1, Math.max(0, share)) * (RAMP.size() - 1);
        int left = (int) Math.min(RAMP.size() - 2, Math.floor(place));
        return mix(Color.decode(RAMP.get(left)), Color.decode(RAMP.get(left + 1)), place - left);
    }

    /** Colour of a level, a severity or a state of an alert. */
    public static Color level(String level) {
        return switch (level) {
            case "critical", "firing", "error" -> new Color(0xc62828);
            case "warning", "pending", "recovering" -> new Color(0xb45309);
            case "normal" -> new Color(0x15803d);
            case "info" -> new Color(0x1d4ed8);
            default -> new Color(0x64748b);
        };
    }

    /** Ground behind words of a level. */
    public static Color tint(String level) {
        return mix(level(level), Color.WHITE, 0.89);
    }

    /** A colour between two: 0 is the first, 1 the second. */
    static Color mix(Color first, Color second, double share) {
        return new Color(
                channel(first.getRed(), second.getRed(), share),
                channel(first.getGreen(), second.getGreen(), share),
                channel(first.getBlue(), second.getBlue(), share));
    }

    private static int channel(int first, int second, double share) {
        return (int) Math.round(first + (second - first) * share);
    }
}
