package io.datalifecycle.dlt.expression;

import java.math.MathContext;
import java.time.temporal.Temporal;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlOperator;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on longs, doubles, texts, booleans and times, and on nothing else. No value in gives no value out; whole numbers that leave
 * 64 bits go on as doubles; texts stay under {@value #MOST_CHARACTERS} characters. Whatever the library could do beyond is refused.
 */
final class Arithmetic extends JexlArithmetic {

    static final int MOST_CHARACTERS = 65_536;

    Arithmetic() {
        super(true, MathContext.DECIMAL64, 16);
    }

    @Override
    public JexlArithmetic options(org.apache.commons.jexl3.JexlOptions options) {
        return this;
    }

    @Override
    protected JexlArithmetic createWithOptions(boolean strict, MathContext context, int scale) {
        return this;
    }

    @Override
    public Object add(@Nullable Object left, @Nullable Object right) {
        Object l = value(left);
        Object r = value(right);
        if (l instanceof String a && r instanceof String b) {
            if (a.length() + b.length() > MOST_CHARACTERS) {
                throw new ArithmeticException("a text grows past " + MOST_CHARACTERS + " characters");
            }
            return a + b;
        }
        if (l instanceof Long a && r instanceof Long b) {
            long sum = a + b;
            return ((a ^ sum) & (b ^ sum)) < 0 ? finite((double) a + b) : (Object) sum;
        }
        return finite(number(l) + number(r));
    }

    @Override
    public Object subtract(@Nullable Object left, @Nullable Object right) {
        Object l = value(left);
        Object r = value(right);
        if (l instanceof Long a && r instanceof Long b) {
            long difference = a - b;
            return ((a ^ b) & (a ^ difference)) < 0 ? finite((double) a - b) : (Object) difference;
        }
        return finite(number(l) - number(r));
    }

    @Override
    public Object multiply(@Nullable Object left, @Nullable Object right) {
        Object l = value(left);
        Object r = value(right);
        if (l instanceof Long a && r instanceof Long b && Math.multiplyHigh(a, b) == (a * b) >> 63) {
            return a * b;
        }
        return finite(number(l) * number(r));
    }

    /** Always a division of real numbers: {@code 1 / 2} is 0.5. Division by zero has no value. */
    @Override
    public Object divide(@Nullable Object left, @Nullable Object right) {
        return finite(number(value(left)) / number(value(right)));
    }

    @Override
    public Object mod(@Nullable Object left, @Nullable Object right) {
        Object l = value(left);
        Object r = value(right);
        if (l instanceof Long a && r instanceof Long b && b != 0) {
            return a % b;
        }
        return finite(number(l) % number(r));
    }

    @Override
    public Object negate(@Nullable Object operand) {
        return subtract(0L, operand);
    }

    @Override
    public Object positivize(@Nullable Object operand) {
        return add(0L, operand);
    }

    @Override
    public boolean equals(@Nullable Object left, @Nullable Object right) {
        Object l = value(left);
        Object r = value(right);
        boolean numbers = l instanceof Number && r instanceof Number;
        if (!numbers && l.getClass() != r.getClass()) {
            throw new ArithmeticException("a " + name(l) + " cannot be compared with a " + name(r));
        }
        return numbers ? order(l, r) == 0 : l.equals(r);
    }

    @Override
    public boolean strictEquals(@Nullable Object left, @Nullable Object right) {
        return equals(left, right);
    }

    @Override
    protected int compare(@Nullable Object left, @Nullable Object right, JexlOperator operator) {
        return order(value(left), value(right));
    }

    @Override
    protected int compare(@Nullable Object left, @Nullable Object right, String operator) {
        return order(value(left), value(right));
    }

    @Override
    public boolean lessThan(@Nullable Object left, @Nullable Object right) {
        return order(value(left), value(right)) < 0;
    }

    @Override
    public boolean lessThanOrEqual(@Nullable Object left, @Nullable Object right) {
        return order(value(left), value(right)) <= 0;
    }

    @Override
    public boolean greaterThan(@Nullable Object left, @Nullable Object right) {
        return order(value(left), value(right)) > 0;
    }

    @Override
    public boolean greaterThanOrEqual(@Nullable Object left, @Nullable Object right) {
        return order(value(left), value(right)) >= 0;
    }

    @Override
    public boolean toBoolean(@Nullable Object operand) {
        if (value(operand) instanceof Boolean truth) {
            return truth;
        }
        throw new ArithmeticException("a " + name(value(operand)) + " stands where a condition is needed");
    }

    @Override
    protected boolean toBoolean(boolean strict, @Nullable Object operand) {
        return toBoolean(operand);
    }

    @Override
    public boolean testPredicate(@Nullable Object operand) {
        return toBoolean(operand);
    }

    @Override
    public Object not(@Nullable Object operand) {
        return !toBoolean(operand);
    }

    @Override
    public Object and(@Nullable Object left, @Nullable Object right) {
        throw refused("&");
    }

    @Override
    public Object or(@Nullable Object left, @Nullable Object right) {
        throw refused("|");
    }

    @Override
    public Object xor(@Nullable Object left, @Nullable Object right) {
        throw refused("^");
    }

    @Override
    public Object complement(@Nullable Object operand) {
        throw refused("~");
    }

    @Override
    public Object shiftLeft(@Nullable Object left, @Nullable Object right) {
        throw refused("<<");
    }

    @Override
    public Object shiftRight(@Nullable Object left, @Nullable Object right) {
        throw refused(">>");
    }

    @Override
    public Object shiftRightUnsigned(@Nullable Object left, @Nullable Object right) {
        throw refused(">>>");
    }

    @Override
    public Iterable<?> createRange(@Nullable Object left, @Nullable Object right) {
        throw refused("..");
    }

    @Override
    public Boolean contains(@Nullable Object container, @Nullable Object value) {
        throw refused("=~");
    }

    @Override
    public Boolean startsWith(@Nullable Object left, @Nullable Object right) {
        throw refused("=^");
    }

    @Override
    public Boolean endsWith(@Nullable Object left, @Nullable Object right) {
        throw refused("=$");
    }

    @Override
    public Boolean empty(@Nullable Object operand) {
        throw refused("empty");
    }

    @Override
    public Integer size(@Nullable Object operand) {
        throw refused("size");
    }

    static double number(Object operand) {
        if (operand instanceof Number number) {
            return number.doubleValue();
        }
        throw new ArithmeticException("a " + name(operand) + " stands where a number is needed");
    }

    static Object value(@Nullable Object operand) {
        Object plain = Scope.plain(operand);
        if (plain == NoValue.INSTANCE) {
            throw new NoValue.Met();
        }
        return plain;
    }

    static Object finite(double result) {
        if (!Double.isFinite(result)) {
            throw new NoValue.Met();
        }
        return result;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int order(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof Number && right instanceof Number) {
            double a = number(left);
            double b = number(right);
            return a < b ? -1 : a > b ? 1 : 0;
        }
        if (left.getClass() != right.getClass() || !(left instanceof Comparable first)) {
            throw new ArithmeticException("a " + name(left) + " cannot be compared with a " + name(right));
        }
        return first.compareTo(right);
    }

    private static String name(Object value) {
        if (value instanceof Number) {
            return "number";
        }
        return value instanceof String ? "text" : value instanceof Temporal ? "time" : "truth value";
    }

    private static ArithmeticException refused(String operator) {
        return new ArithmeticException("the operator " + operator + " is not allowed");
    }
}
