package io.datalifecycle.dlt.notify.chart;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * CommonMark as a flat list of blocks, for places that are no web page. Raw HTML stays the text it is, images become their
 * description, links their words. Immutable.
 *
 * @param blocks in order
 */
public record Prose(List<Block> blocks) {

    public Prose {
        blocks = List.copyOf(blocks);
    }

    /** Reads CommonMark; there is no text that it refuses. */
    public static Prose of(String markdown) {
        Reader reader = new Reader();
        Parser.builder().build().parse(markdown).accept(reader);
        return new Prose(reader.blocks);
    }

    /**
     * A paragraph, heading or list entry. Immutable.
     *
     * @param level 1 to 6 for a heading, 0 for anything else
     * @param depth how deep it is indented, from 0
     * @param marker bullet or number of the first block of a list entry; empty otherwise
     * @param spans its words
     */
    public record Block(int level, int depth, String marker, List<Span> spans) {
        public Block {
            spans = List.copyOf(spans);
        }

        /** Its words without weight. */
        public String text() {
            StringBuilder text = new StringBuilder();
            spans.forEach(span -> text.append(span.text()));
            return text.toString();
        }
    }

    /** Words of one weight. Immutable. */
    public record Span(String text, boolean strong) {}

    private static final class Reader extends AbstractVisitor {

        private final List<Block> blocks = new ArrayList<>();
        private List<Span> spans = new ArrayList<>();
        private String marker = "";
        private int depth;
        private int strong;

        private void close(int level) {
            if (!spans.isEmpty()) {
                blocks.add(new Block(level, Math.min(depth, 8), marker, spans));
                marker = "";
            }
            spans = new ArrayList<>();
        }

        private void add(String text) {
            if (!text.isEmpty()) {
                spans.add(new Span(text, strong > 0));
            }
        }

        private void lines(String literal) {
            literal.lines().forEach(line -> {
                add(line);
                close(0);
            });
        }

        private void indented(Node node) {
            depth++;
            visitChildren(node);
            depth--;
        }

        @Override
        public void visit(Heading heading) {
            visitChildren(heading);
            close(heading.getLevel());
        }

        @Override
        public void visit(Paragraph paragraph) {
            visitChildren(paragraph);
            close(0);
        }

        @Override
        public void visit(BulletList list) {
            indented(list);
        }

        @Override
        public void visit(OrderedList list) {
            indented(list);
        }

        @Override
        public void visit(BlockQuote quote) {
            indented(quote);
        }

        @Override
        public void visit(ListItem item) {
            marker = item.getParent() instanceof OrderedList ordered ? number(ordered, item) + "." : "•";
            visitChildren(item);
        }

        private static int number(OrderedList list, ListItem item) {
            Integer start = list.getMarkerStartNumber();
            int number = start == null ? 1 : start;
            for (Node before = item.getPrevious(); before != null; before = before.getPrevious()) {
                number++;
            }
            return number;
        }

        @Override
        public void visit(StrongEmphasis emphasis) {
            strong++;
            visitChildren(emphasis);
            strong--;
        }

        @Override
        public void visit(Emphasis emphasis) {
            visitChildren(emphasis);
        }

        @Override
        public void visit(Text text) {
            add(text.getLiteral());
        }

        @Override
        public void visit(Code code) {
            add(code.getLiteral());
        }

        @Override
        public void visit(HtmlInline html) {
            add(html.getLiteral());
        }

        @Override
        public void visit(HtmlBlock html) {
            lines(html.getLiteral());
        }

        @Override
        public void visit(FencedCodeBlock code) {
            lines(code.getLiteral());
        }

        @Override
        public void visit(IndentedCodeBlock code) {
            lines(code.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak lineBreak) {
            add(" ");
        }

        @Override
        public void visit(HardLineBreak lineBreak) {
            add(" ");
        }
    }
}
