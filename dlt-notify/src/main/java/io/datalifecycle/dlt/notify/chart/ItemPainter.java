package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.view.Chart;
import io.datalifecycle.dlt.view.PageItem;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.time.ZoneId;
import java.util.List;

/**
 * Paints one item of a page, of whatever kind, as a card with its heading: on an image, or as vectors into a document. Thread-safe;
 * the {@code Graphics2D} is not.
 */
public final class ItemPainter {

    /** What an empty item says. */
    public static final String NO_DATA = "No data";

    private static final double PAD = 14;
    private static final double HEADING = 26;

    private final Formats formats;

    private ItemPainter(Formats formats) {
        this.formats = formats;
    }

    /** A painter that shows times in a zone. */
    public static ItemPainter in(ZoneId zone) {
        return new ItemPainter(Formats.in(zone));
    }

    /** Paints the item as a card that fills the area, in units of a pixel of an ordinary screen. */
    public void paint(Graphics2D graphics, PageItem item, Rectangle2D area) {
        Graphics2D own = (Graphics2D) graphics.create();
        try {
            Pen pen = Pen.on(own);
            Rectangle2D card = new Rectangle2D.Double(
                    area.getX() + 0.5, area.getY() + 0.5, area.getWidth() - 1, area.getHeight() - 1);
            RoundRectangle2D frame =
                    new RoundRectangle2D.Double(card.getX(), card.getY(), card.getWidth(), card.getHeight(), 10, 10);
            pen.fill(frame, Palette.PANEL);
            pen.stroke(frame, Palette.LINE, new BasicStroke(1f));
            if (item instanceof PageItem.StatItem stat && !stat.level().equals("normal")) {
                StatPainter.stripe(pen, card, stat.level());
            }
            heading(pen, item, card);
            body(pen, item, bodyOf(item, card));
        } finally {
            own.dispose();
        }
    }

    /** Whether an area of that size shows all of the item: every row, alert and word. Drawings always fit. */
    public boolean isWhole(PageItem item, double width, double height) {
        Rectangle2D body = bodyOf(item, new Rectangle2D.Double(0, 0, width, height));
        if (item instanceof PageItem.TableItem table) {
            return new TablePainter(table.table(), formats).isWhole(body.getWidth(), body.getHeight());
        }
        if (item instanceof PageItem.AlertItem alerts) {
            return new AlertPainter(alerts.alerts(), formats).isWhole(body.getWidth(), body.getHeight());
        }
        if (item instanceof PageItem.TextItem text) {
            Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            return new TextPainter(Prose.of(text.markdown())).paint(Pen.on(nowhere), body);
        }
        return true;
    }

    private static Rectangle2D bodyOf(PageItem item, Rectangle2D card) {
        boolean stat = item instanceof PageItem.StatItem;
        double heading = item.title().isEmpty() ? 0 : stat ? 15 : HEADING;
        double below = stat ? 8 : PAD - 4;
        return new Rectangle2D.Double(
                card.getX() + PAD,
                card.getY() + PAD + heading,
                Math.max(1, card.getWidth() - 2 * PAD),
                Math.max(1, card.getHeight() - PAD - heading - below));
    }

    private static void heading(Pen pen, PageItem item, Rectangle2D card) {
        boolean stat = item instanceof PageItem.StatItem;
        Pen.Style style = stat ? new Pen.Style(Lettering.regular(12), Palette.MUTED) : Pen.Style.bold(13.5);
        double room = card.getWidth() - 2 * PAD;
        double width = pen.left(item.title(), card.getX() + PAD, card.getY() + PAD + 11, room, style);
        if (item instanceof PageItem.ChartItem chart && width > 0) {
            double left = card.getX() + PAD + width + 8;
            pen.left(chart.chart().unit(), left, card.getY() + PAD + 11, room - width - 8, Pen.Style.muted(11.5));
        }
    }

    private void body(Pen pen, PageItem item, Rectangle2D body) {
        if (item instanceof PageItem.ChartItem chart) {
            chart(pen, chart.chart(), body);
        } else if (item instanceof PageItem.TableItem table) {
            if (table.table().rows().isEmpty()) {
                pen.centered(NO_DATA, body, Pen.Style.muted(13));
            } else {
                new TablePainter(table.table(), formats).paint(pen, body);
            }
        } else if (item instanceof PageItem.StatItem stat) {
            new StatPainter(stat).paint(pen, body);
        } else if (item instanceof PageItem.AlertItem alerts) {
            if (alerts.alerts().isEmpty()) {
                pen.centered("No alerts", body, Pen.Style.muted(13));
            } else {
                new AlertPainter(alerts.alerts(), formats).paint(pen, body);
            }
        } else if (item instanceof PageItem.TextItem text) {
            new TextPainter(Prose.of(text.markdown())).paint(pen, body);
        } else if (item instanceof PageItem.FailedItem failed) {
            failed(pen, failed.message(), body);
        }
    }

    private void chart(Pen pen, Chart chart, Rectangle2D body) {
        if (!hasData(chart) || body.getWidth() < 60 || body.getHeight() < 50) {
            pen.centered(NO_DATA, body, Pen.Style.muted(13));
        } else if (chart instanceof Chart.TimeSeries series) {
            new TimeSeriesPainter(series, formats.zone()).paint(pen, body);
        } else if (chart instanceof Chart.Bar bar) {
            new BarPainter(bar).paint(pen, body);
        } else if (chart instanceof Chart.Pie pie) {
            new PiePainter(pie).paint(pen, body);
        } else if (chart instanceof Chart.GeoMap map) {
            new MapPainter(map).paint(pen, body);
        }
    }

    /** Whether there is a value that can be drawn; a chart of gaps alone has none. */
    public static boolean hasData(Chart chart) {
        if (chart.isEmpty()) {
            return false;
        }
        if (chart instanceof Chart.TimeSeries series) {
            return series.series().stream().anyMatch(line -> hasFinite(line.values()));
        }
        if (chart instanceof Chart.Bar bar) {
            return bar.series().stream().anyMatch(one -> hasFinite(one.values()));
        }
        if (chart instanceof Chart.Pie pie) {
            return !PiePainter.drawn(pie).isEmpty();
        }
        return chart instanceof Chart.GeoMap map && !MapPainter.drawn(map).isEmpty();
    }

    /** The slices that are drawn: those above zero, the last ones together when there are many. */
    public static List<Chart.Slice> slices(Chart.Pie pie) {
        return PiePainter.drawn(pie);
    }

    /** The points that are drawn: those that have a place on the globe. */
    public static List<Chart.GeoPoint> points(Chart.GeoMap map) {
        return MapPainter.drawn(map);
    }

    /** The level in whose colour a threshold is drawn. */
    public static String thresholdLevel(String label) {
        return Axes.thresholdLevel(label);
    }

    private static boolean hasFinite(double[] values) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                return true;
            }
        }
        return false;
    }

    private static void failed(Pen pen, String message, Rectangle2D body) {
        Pen.Style style = Pen.Style.of(12);
        double width = pen.badge("error", new Pen.Point(body.getX(), body.getY() + 14, 80), "error");
        double y = body.getY() + 14;
        double x = body.getX() + width + 10;
        for (String line : Lettering.lines(style.font(), message, body.getMaxX() - x)) {
            if (y > body.getMaxY()) {
                return;
            }
            pen.left(line, x, y, body.getMaxX() - x, style);
            y += 17;
        }
    }
}
