package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.view.TableView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How numbers, times and cells are written, the same in images, pages and documents: a point for decimals, commas from 1,000 on,
 * four significant digits, ISO dates in the zone of the page. Immutable.
 */
public final class Formats {

    /** Stands for a value that is not there. */
    public static final String NONE = "–";

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;

    private Formats(ZoneId zone) {
        this.zone = zone;
    }

    /** Formats that show times in a zone. */
    public static Formats in(ZoneId zone) {
        return new Formats(zone);
    }

    /** The zone times are shown in. */
    public ZoneId zone() {
        return zone;
    }

    /** A number with four significant digits, all digits of its whole part; a dash for NaN. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        double size = Math.abs(value);
        if (size >= 1e15 || (size > 0 && size < 1e-6)) {
            return scientific(value);
        }
        return plain(rounded(value, decimals(size)));
    }

    private static int decimals(double size) {
        int magnitude = size == 0 ? 0 : (int) Math.floor(Math.log10(size));
        return Math.min(9, Math.max(0, 3 - magnitude));
    }

    private static BigDecimal rounded(double value, int decimals) {
        return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    /** A number with its unit behind a space that does not break. */
    public static String number(double value, String unit) {
        return unit.isEmpty() || Double.isNaN(value) ? number(value) : number(value) + "\u00a0" + unit;
    }

    /** An instant in the zone, to the minute, or to the second where there are any. */
    public String time(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        return (local.getSecond() == 0 ? MINUTES : SECONDS).format(local);
    }

    /** The zone as people read it beside a time: its id and its offset at that instant. */
    public String zoneName(Instant at) {
        String offset = zone.getRules().getOffset(at).getId();
        String utc = "UTC" + (offset.equals("Z") ? "" : offset);
        return zone.getId().equals("UTC") || zone.getId().equals("Z") ? "UTC" : zone.getId() + " (" + utc + ")";
    }

    /** A cell of a table. The unit stands in the heading, not here. */
    public String cell(Column column, @Nullable Object value) {
        if (value == null) {
            return NONE;
        }
        if (value instanceof Double || value instanceof Float) {
            return number(((Number) value).doubleValue());
        }
        if (value instanceof BigDecimal decimal) {
            return plain(decimal);
        }
        if (value instanceof BigInteger integer) {
            return plain(new BigDecimal(integer));
        }
        if (value instanceof Number number) {
            return plain(BigDecimal.valueOf(number.longValue()));
        }
        if (value instanceof Instant instant) {
            return time(instant);
        }
        if (value instanceof LocalTime local) {
            return local.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        }
        if (value instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        return value.toString();
    }

    /** The cells of a column, numbers with the same decimals so that their points stand below each other. */
    public List<String> cells(TableView table, int column) {
        Column definition = table.columns().get(column);
        List<@Nullable Object> values = new ArrayList<>();
        table.rows().forEach(row -> values.add(column < row.size() ? row.get(column) : null));
        int decimals = commonDecimals(values);
        List<String> cells = new ArrayList<>(values.size());
        for (Object value : values) {
            boolean even = decimals > 0 && value instanceof Double number && isPlain(number);
            cells.add(even ? grouped(rounded((Double) value, decimals).toPlainString()) : cell(definition, value));
        }
        return cells;
    }

    /** Decimals that the largest value asks for, no more than the values have; 0 where nothing is to be aligned. */
    private static int commonDecimals(List<@Nullable Object> values) {
        double largest = 0;
        for (Object value : values) {
            if (value instanceof Double number && isPlain(number)) {
                largest = Math.max(largest, Math.abs(number));
            }
        }
        int most = decimals(largest);
        int needed = 0;
        for (Object value : values) {
            if (value instanceof Double number && isPlain(number)) {
                needed = Math.max(
                        needed, rounded(number, most).stripTrailingZeros().scale());
            }
        }
        return needed;
    }

    private static boolean isPlain(double value) {
        return value == 0 || (Math.abs(value) >= 1e-6 && Math.abs(value) < 1e15);
    }

    /** Heading of a column: its name, words apart, and its unit. */
    public static String heading(Column column) {
        String name = column.name().replace('_', ' ').strip();
        return column.unit()
                .filter(unit -> !unit.isEmpty())
                .map(unit -> name + " (" + unit + ")")
                .orElse(name);
    }

    /** Labels of an alert, sorted by name: {@code asset_id=P-101, site=north}. */
    public static String labels(Map<String, String> labels) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(labels)
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(name)
                        .append('=')
                        .append(value));
        return text.toString();
    }

    private static String scientific(double value) {
        String[] parts = String.format(Locale.ROOT, "%.3e", value).split("e", 2);
        String digits = parts[0].replaceAll("0+$", "").replaceAll("\\.$", "");
        return digits + "e" + Integer.parseInt(parts[1]);
    }

    private static String plain(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.precision() - stripped.scale() > 40 || stripped.scale() > 40) {
            return stripped.round(new java.math.MathContext(6)).toString();
        }
        String text = stripped.toPlainString();
        return grouped(text);
    }

    private static String grouped(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int end = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        StringBuilder result = new StringBuilder(text);
        for (int i = end - 3; i > start; i -= 3) {
            result.insert(i, ',');
        }
        return result.toString();
    }
}
