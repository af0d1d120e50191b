package io.datalifecycle.dlt.notify.html;

import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** CommonMark as HTML that can do no harm: raw HTML becomes text, addresses other than http, https and mailto vanish, images become words. */
final class SafeMarkdown {

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> SafeMarkdown::outward)
            .build();

    private SafeMarkdown() {}

    static String html(String markdown) {
        Node document = PARSER.parse(markdown.replace('\0', '\ufffd'));
        document.accept(new Images());
        return RENDERER.render(document);
    }

    private static void outward(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link) {
            attributes.put("rel", "noopener noreferrer");
            attributes.put("target", "_blank");
        }
    }

    /** An image would be a request, which the page's policy refuses: its description stays. */
    private static final class Images extends AbstractVisitor {
        @Override
        public void visit(Image image) {
            while (image.getFirstChild() != null) {
                image.insertBefore(image.getFirstChild());
            }
            image.unlink();
        }
    }
}
