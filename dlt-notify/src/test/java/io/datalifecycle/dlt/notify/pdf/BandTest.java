package io.datalifecycle.dlt.notify.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.view.Area;
import io.datalifecycle.dlt.view.PageItem;
import java.util.List;
import org.junit.jupiter.api.Test;

class BandTest {

    private final PageItem chart = item("chart", new Area(0, 0, 8, 4));
    private final PageItem list = item("list", new Area(8, 0, 4, 2));
    private final PageItem text = item("text", new Area(8, 2, 4, 2));
    private final PageItem below = item("below", new Area(0, 4, 12, 3));

    @Test
    void itemsThatNoLinePartsAreOneBandInReadingOrder() {
        assertThat(Band.of(List.of(below, text, chart, list)))
                .extracting(Band::items)
                .containsExactly(List.of(chart, list, text), List.of(below));
    }

    @Test
    void itemsThatAreLeftTakeTheRoomOfThoseThatWentAway() {
        Band band = new Band(List.of(list, text)).compact();

        assertThat(band.place(list)).isEqualTo(new Area(0, 0, 12, 2));
        assertThat(band.place(text)).isEqualTo(new Area(0, 2, 12, 2));
        assertThat(band.rows()).isEqualTo(4);
    }

    @Test
    void bandsBeginAtTheirOwnTop() {
        assertThat(new Band(List.of(below)).compact().place(below)).isEqualTo(new Area(0, 0, 12, 3));
    }

    private static PageItem item(String id, Area area) {
        return new PageItem.TextItem(id, id, area, id);
    }
}
