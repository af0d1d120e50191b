package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.view.Chart;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * The part of the world a map shows, fitted to its points: degrees of longitude are narrowed by the cosine of the middle latitude,
 * so that shapes and distances look right where the points are. Immutable.
 *
 * @param area where it is drawn
 * @param west longitude of its left edge
 * @param south latitude of its lower edge
 * @param perLongitude pixels per degree of longitude
 * @param perLatitude pixels per degree of latitude
 */
record MapFrame(Rectangle2D area, double west, double south, double perLongitude, double perLatitude) {

    private static final double KILOMETRES_PER_DEGREE = 111.195;
    /** A single point is shown with about a kilometre around it. */
    private static final double LEAST_SPAN = 0.01;

    static MapFrame around(List<Chart.GeoPoint> points, Rectangle2D area) {
        double south =
                points.stream().mapToDouble(Chart.GeoPoint::latitude).min().orElse(0);
        double north =
                points.stream().mapToDouble(Chart.GeoPoint::latitude).max().orElse(0);
        double west =
                points.stream().mapToDouble(Chart.GeoPoint::longitude).min().orElse(0);
        double east =
                points.stream().mapToDouble(Chart.GeoPoint::longitude).max().orElse(0);
        double middle = (south + north) / 2;
        double narrowing = Math.max(0.05, Math.cos(Math.toRadians(middle)));
        double height = Math.max(LEAST_SPAN, north - south) * 1.3;
        double width = Math.max(LEAST_SPAN / narrowing, east - west) * 1.3;
        double scale = Math.min(area.getWidth() / (width * narrowing), area.getHeight() / height);
        double spanX = area.getWidth() / (scale * narrowing);
        double spanY = area.getHeight() / scale;
        return new MapFrame(area, (west + east) / 2 - spanX / 2, middle - spanY / 2, scale * narrowing, scale);
    }

    Point2D place(double latitude, double longitude) {
        return new Point2D.Double(
                area.getX() + (longitude - west) * perLongitude, area.getMaxY() - (latitude - south) * perLatitude);
    }

    double east() {
        return west + area.getWidth() / perLongitude;
    }

    double north() {
        return south + area.getHeight() / perLatitude;
    }

    /** Pixels of a kilometre. */
    double perKilometre() {
        return perLatitude / KILOMETRES_PER_DEGREE;
    }

    /** Degrees between two lines of the graticule that are about that many pixels apart. */
    static double step(double pixelsPerDegree, double pixels) {
        double raw = pixels / pixelsPerDegree;
        for (double whole : new double[] {90, 45, 30, 15}) {
            if (raw > whole) {
                return whole;
            }
        }
        return raw > 10 ? 15 : Ticks.roundStep(raw);
    }

    /** A coordinate with its half of the globe: {@code 52.52° N}. */
    static String degrees(double value, double step, char positive, char negative) {
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + (isQuarter(step) ? 1 : 0));
        String number = java.math.BigDecimal.valueOf(Math.abs(value))
                .setScale(decimals, java.math.RoundingMode.HALF_UP)
                .toPlainString();
        boolean zero = Math.abs(value) < step * 1e-6;
        return number + "°" + (zero ? "" : " " + (value > 0 ? positive : negative));
    }

    private static boolean isQuarter(double step) {
        double digit = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-9));
        return Math.abs(digit - 2.5) < 1e-6;
    }
}
