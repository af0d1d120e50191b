package io.datalifecycle.dlt.notify.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import org.junit.jupiter.api.Test;

class LetteringTest {

    private final Font font = Lettering.regular(12);

    @Test
    void signsOfTheTradeAreDrawnAndOthersBecomeABox() {
        assertThat(Lettering.drawable("°C m² ö – ≤ Ж Ω µ")).isEqualTo("°C m² ö – ≤ Ж Ω µ");
        assertThat(Lettering.drawable("a\uD83D\uDCA7b\uFE0F")).isEqualTo("a□b");
    }

    @Test
    void controlAndDirectionMarksVanishAndLineBreaksBecomeSpaces() {
        assertThat(Lettering.drawable("a\u202eb\u0007c\nd\u2028e")).isEqualTo("abc d e");
    }

    @Test
    void longTextsEndWithAnEllipsisWithinTheRoom() {
        String fitted = Lettering.fit(font, "A label that is far too long for the place it has", 80);

        assertThat(fitted).startsWith("A label").endsWith("…");
        assertThat(Lettering.width(font, fitted)).isLessThanOrEqualTo(80);
        assertThat(Lettering.fit(font, "short", 80)).isEqualTo("short");
        assertThat(Lettering.fit(font, "anything", 1)).isEmpty();
    }
}
