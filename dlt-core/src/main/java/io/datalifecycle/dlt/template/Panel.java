package io.datalifecycle.dlt.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One cell of a dashboard. */
public sealed interface Panel
        permits Panel.TimeSeries,
                Panel.Bar,
                Panel.Pie,
                Panel.Map2D,
                Panel.Table,
                Panel.Stat,
                Panel.AlertList,
                Panel.Text {

    /** Title, place and link. */
    Frame frame();

    PanelKind kind();

    /** The metric it shows; empty for alert lists and texts. */
    default Optional<Query> query() {
        return Optional.empty();
    }

    /**
     * What all panels have.
     *
     * @param title heading, may be empty
     * @param at place on the grid
     * @param redirect where a click leads
     */
    record Frame(String title, GridArea at, Optional<Redirect> redirect) {}

    /**
     * A metric and what its inputs are bound to.
     *
     * @param metric the metric
     * @param with input to binding
     */
    record Query(Ref metric, Map<String, Binding> with) {
        public Query {
            with = Values.copy(with);
        }
    }

    /**
     * Lines over time, from a series metric.
     *
     * @param thresholds horizontal lines: label to number or {@code param.…} as a binding
     */
    record TimeSeries(Frame frame, Query source, Map<String, Binding> thresholds) implements Panel {
        public TimeSeries {
            thresholds = Values.copy(thresholds);
        }

        @Override
        public PanelKind kind() {
            return PanelKind.TIME_SERIES;
        }

        @Override
        public Optional<Query> query() {
            return Optional.of(source);
        }
    }

    /**
     * Bars per category, from a series metric or a labelled scalar.
     *
     * @param stacked whether series of one category are stacked
     */
    record Bar(Frame frame, Query source, boolean stacked) implements Panel {
        @Override
        public PanelKind kind() {
            return PanelKind.BAR;
        }

        @Override
        public Optional<Query> query() {
            return Optional.of(source);
        }
    }

    /** Shares of a whole, from a series metric or a labelled scalar. */
    record Pie(Frame frame, Query source) implements Panel {
        @Override
        public PanelKind kind() {
            return PanelKind.PIE;
        }

        @Override
        public Optional<Query> query() {
            return Optional.of(source);
        }
    }

    /**
     * Points on a map, from a table metric.
     *
     * @param latitude column, degrees north
     * @param longitude column, degrees east
     * @param label column of the name; empty for none
     * @param value column that colours or sizes the point; empty for none
     */
    record Map2D(
            Frame frame,
            Query source,
            String latitude,
            String longitude,
            Optional<String> label,
            Optional<String> value)
            implements Panel {
        @Override
        public PanelKind kind() {
            return PanelKind.MAP;
        }

        @Override
        public Optional<Query> query() {
            return Optional.of(source);
        }
    }

    /**
     * Rows.
     *
     * @param columns which, in order; empty for all
     */
    record Table(Frame frame, Query source, List<String> columns) implements Panel {
        public Table {
            columns = List.copyOf(columns);
        }

        @Override
        public PanelKind kind() {
            return PanelKind.TABLE;
        }

        @Override
        public Optional<Query> query() {
            return Optional.of(source);
        }
    }

    /**
     * One large number, from a scalar metric (or the last point of a series).
     *
     * @param thresholds severity label ({@code warning}, {@code critical}) to the number or {@code param.…} from which it holds
     */
    record Stat(Frame frame, Query source, Map<String, Binding> thresholds) implements Panel {
        public Stat {
            thresholds = Values.copy(thresholds);
        }

        @Override
        public PanelKind kind() {
            return PanelKind.STAT;
        }

        @Override
        public Optional<Query> query() {
            return Optional.of(source);
        }
    }

    /**
     * Alerts of the workspace, firing first.
     *
     * @param alerts which alerts; empty for all
     */
    record AlertList(Frame frame, List<String> alerts) implements Panel {
        public AlertList {
            alerts = List.copyOf(alerts);
        }

        @Override
        public PanelKind kind() {
            return PanelKind.ALERT_LIST;
        }
    }

    /**
     * Words for people; may hold <code>${param.key}</code>.
     *
     * @param text CommonMark
     */
    record Text(Frame frame, String text) implements Panel {
        @Override
        public PanelKind kind() {
            return PanelKind.TEXT;
        }
    }
}
