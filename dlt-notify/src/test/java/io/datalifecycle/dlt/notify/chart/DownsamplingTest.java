package io.datalifecycle.dlt.notify.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DownsamplingTest {

    @Test
    void fewPointsStayAsTheyAre() {
        assertThat(Downsampling.indices(new double[] {1, 2, 3}, 10)).containsExactly(0, 1, 2);
        assertThat(Downsampling.indices(new double[0], 10)).isEmpty();
    }

    @Test
    void singleSpikesAndTheEndsAlwaysStay() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            double[] values = random.doubles(10_000).toArray();
            int high = random.nextInt(values.length);
            int low = random.nextInt(values.length);
            values[high] = 100;
            values[low] = -100;

            int[] kept = Downsampling.indices(values, 300);

            assertThat(kept).hasSizeLessThanOrEqualTo(300).contains(high, low, 0, values.length - 1);
            assertThat(kept).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void gapsStayGaps() {
        double[] values = new double[5_000];
        Arrays.fill(values, 2_000, 2_001, Double.NaN);

        assertThat(Downsampling.indices(values, 100)).contains(2_000);
    }
}
