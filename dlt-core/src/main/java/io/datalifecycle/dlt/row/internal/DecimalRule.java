package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.SchemaColumns.Leaf;
import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A number that is kept as it is written, with all its digits. */
final class DecimalRule extends ColumnRule {

    private final boolean whole;
    private final NumberBounds bounds;

    /** @param whole whether fractions are wrong */
    DecimalRule(int index, Leaf leaf, boolean nullable, boolean whole, NumberBounds bounds) {
        super(index, leaf, nullable);
        this.whole = whole;
        this.bounds = bounds;
    }

    @Override
    void value(JsonParser parser, JsonToken token, RowAssembler row) {
        if (token.isNumeric()) {
            set(parser.getDecimalValue(), row);
        } else {
            wrongType(parser, token, row);
        }
    }

    @Override
    void field(Field field, RowAssembler row) {
        BigDecimal value = NumberRule.parse(field.number());
        if (value == null) {
            row.refuse(this, "type", "is the text " + Texts.shown(field.text()) + "; " + expected());
        } else {
            set(value, row);
        }
    }

    private void set(BigDecimal value, RowAssembler row) {
        long exponent = (long) value.precision() - value.scale() - 1;
        String broken = Math.abs(exponent) > Json.MAX_EXPONENT && value.signum() != 0 ? null : bounds.broken(value);
        if (value.signum() != 0 && Math.abs(exponent) > Json.MAX_EXPONENT) {
            row.refuse(this, "storage", "is " + value + ", past what a number column can hold (±1e308)");
        } else if (whole && value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
            row.refuse(this, "type", "is " + value + "; " + expected());
        } else if (broken != null) {
            row.refuse(this, broken, "is " + value + "; " + bounds.expected(broken));
        } else {
            row.set(index, value.scale() < 0 ? value.setScale(0) : value);
        }
    }

    @Override
    JsonNode node(Field field) {
        BigDecimal value = NumberRule.parse(field.number());
        return value == null
                ? JsonNodeFactory.instance.stringNode(field.text())
                : JsonNodeFactory.instance.numberNode(value);
    }

    @Override
    String expected() {
        return whole ? "a whole number is expected" : "a number is expected";
    }
}
