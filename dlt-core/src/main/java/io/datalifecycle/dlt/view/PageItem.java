package io.datalifecycle.dlt.view;

import java.util.List;

/** One cell of a page, resolved. */
public sealed interface PageItem
        permits PageItem.ChartItem,
                PageItem.TableItem,
                PageItem.StatItem,
                PageItem.AlertItem,
                PageItem.TextItem,
                PageItem.FailedItem {

    /** Stable within the page: {@code p0}, {@code p1}, … */
    String id();

    /** Heading, may be empty. */
    String title();

    Area area();

    ItemKind kind();

    /**
     * A drawing.
     *
     * @param links label of a series, category or slice to where a click leads; see {@link LabelledLink}
     */
    record ChartItem(String id, String title, Area area, Chart chart, List<LabelledLink> links) implements PageItem {
        public ChartItem {
            links = List.copyOf(links);
        }

        @Override
        public ItemKind kind() {
            return ItemKind.CHART;
        }
    }

    /** Where a click on the series, category or slice of that label leads. */
    record LabelledLink(String label, Link link) {}

    /** Rows. */
    record TableItem(String id, String title, Area area, TableView table) implements PageItem {
        @Override
        public ItemKind kind() {
            return ItemKind.TABLE;
        }
    }

    /**
     * A large number.
     *
     * @param value NaN for none
     * @param unit may be empty
     * @param level {@code normal}, {@code warning} or {@code critical}
     */
    record StatItem(String id, String title, Area area, double value, String unit, String level, Link link)
            implements PageItem {
        @Override
        public ItemKind kind() {
            return ItemKind.STAT;
        }
    }

    /** Alerts, firing first. */
    record AlertItem(String id, String title, Area area, List<AlertView> alerts) implements PageItem {
        public AlertItem {
            alerts = List.copyOf(alerts);
        }

        @Override
        public ItemKind kind() {
            return ItemKind.ALERTS;
        }
    }

    /**
     * Words.
     *
     * @param markdown CommonMark
     */
    record TextItem(String id, String title, Area area, String markdown) implements PageItem {
        @Override
        public ItemKind kind() {
            return ItemKind.TEXT;
        }
    }

    /**
     * A panel whose metric could not be evaluated; the rest of the page stands.
     *
     * @param message for people, without SQL or values
     */
    record FailedItem(String id, String title, Area area, String message) implements PageItem {
        @Override
        public ItemKind kind() {
            return ItemKind.FAILED;
        }
    }
}
