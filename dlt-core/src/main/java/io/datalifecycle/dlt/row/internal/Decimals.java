package io.datalifecycle.dlt.row.internal;

/** Doubles of decimal fractions, rounded right. */
final class Decimals {

    /** Most digits behind the point. */
    static final int MOST_BEHIND = 18;

    private static final long[] TENS = new long[MOST_BEHIND + 1];

    private static final double[] EXACT_TENS = new double[MOST_BEHIND + 1];

    /** Up to here each whole number is a double. */
    private static final long MOST_EXACT = 1L << 53;

    private static final long HIDDEN_BIT = 1L << 52;

    static {
        TENS[0] = 1;
        EXACT_TENS[0] = 1;
        for (int i = 1; i <= MOST_BEHIND; i++) {
            TENS[i] = TENS[i - 1] * 10;
            EXACT_TENS[i] = EXACT_TENS[i - 1] * 10;
        }
    }

    private Decimals() {}

    /**
     * The double nearest to a decimal fraction.
     *
     * @param digits the number without its point, 0 to 10^18 - 1
     * @param behind digits behind the point, 0 to {@value #MOST_BEHIND}
     * @return NaN where this is not the way to find it
     */
    static double nearest(long digits, int behind) {
        double near = digits / EXACT_TENS[behind];
        return digits <= MOST_EXACT ? near : corrected(near, digits, TENS[behind]);
    }

    /**
     * Moves a quotient of which dividend and division were rounded, so that it may be two units off, to the nearest one. With
     * near = m·2^-k the error digits·2^k - m·power is below 2^63, so that it can be had from products that run over.
     */
    private static double corrected(double near, long digits, long power) {
        long bits = Double.doubleToRawLongBits(near);
        long m = (bits & (HIDDEN_BIT - 1)) | HIDDEN_BIT;
        int k = 1075 - (int) (bits >>> 52);
        if (k < 0) {
            return Double.NaN;
        }
        long error = (k < Long.SIZE ? digits << k : 0) - m * power;
        for (int i = 0; i < 2; i++) {
            long twice = 2 * error;
            boolean odd = (m & 1) == 1;
            if (twice > power || (odd && twice == power)) {
                m++;
                error -= power;
            } else if (twice < -power || (odd && twice == -power)) {
                m--;
                error += power;
            }
        }
        boolean isNormal = m > HIDDEN_BIT && m < 2 * HIDDEN_BIT; // else its neighbours are not equally far
        return isNormal ? Double.longBitsToDouble((bits & -HIDDEN_BIT) | (m & (HIDDEN_BIT - 1))) : Double.NaN;
    }
}
