package io.datalifecycle.dlt.notify.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProseTest {

    @Test
    void blocksKeepTheirLevelMarkerAndWeight() {
        Prose prose = Prose.of("# Title\n\nSome **strong** words\n\n3. third\n4. fourth\n\n- a\n  - b");

        assertThat(prose.blocks())
                .extracting(Prose.Block::text)
                .containsExactly("Title", "Some strong words", "third", "fourth", "a", "b");
        assertThat(prose.blocks()).extracting(Prose.Block::level).containsExactly(1, 0, 0, 0, 0, 0);
        assertThat(prose.blocks()).extracting(Prose.Block::marker).containsExactly("", "", "3.", "4.", "•", "•");
        assertThat(prose.blocks()).extracting(Prose.Block::depth).containsExactly(0, 0, 1, 1, 1, 2);
        assertThat(prose.blocks().get(1).spans()).extracting(Prose.Span::strong).containsExactly(false, true, false);
    }

    @Test
    void htmlStaysTextAndImagesBecomeTheirDescription() {
        assertThat(Prose.of("a <b>c</b> ![pump](https://example.com/x.png) [ops](https://example.com)")
                        .blocks()
                        .get(0)
                        .text())
                .isEqualTo("a <b>c</b> pump ops");
    }
}
