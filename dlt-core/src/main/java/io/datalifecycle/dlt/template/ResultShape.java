package io.datalifecycle.dlt.template;

import java.util.Map;
import java.util.Optional;

/** What the rows of a metric mean. */
public sealed interface ResultShape permits ResultShape.Scalar, ResultShape.Series, ResultShape.Table {

    ResultKind kind();

    /**
     * One value per label set, the first or only row of each.
     *
     * @param value column of the value
     * @param by column of the label; empty for a single value
     * @param unit unit for people
     */
    record Scalar(String value, Optional<String> by, Optional<String> unit) implements ResultShape {
        @Override
        public ResultKind kind() {
            return ResultKind.SCALAR;
        }
    }

    /**
     * Values over x.
     *
     * @param x column of the x axis, time or category
     * @param y column of the value
     * @param by column of the label; empty for one series
     * @param unit unit for people
     */
    record Series(String x, String y, Optional<String> by, Optional<String> unit) implements ResultShape {
        @Override
        public ResultKind kind() {
            return ResultKind.SERIES;
        }
    }

    /**
     * Rows as they are.
     *
     * @param units column to unit for people
     */
    record Table(Map<String, String> units) implements ResultShape {
        public Table {
            units = Values.copy(units);
        }

        @Override
        public ResultKind kind() {
            return ResultKind.TABLE;
        }
    }
}
