package io.datalifecycle.dlt.notify.chart;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The fonts of images and documents, brought along so that every machine draws the same, and how long texts are made to fit.
 * Thread-safe.
 */
public final class Lettering {

    /** Where the regular font lies on the class path. */
    public static final String REGULAR = "/liberation/LiberationSans-Regular.ttf";
    /** Where the bold font lies on the class path. */
    public static final String BOLD = "/liberation/LiberationSans-Bold.ttf";

    private static final String ELLIPSIS = "…";
    /** Stands for a character that the fonts do not have, an emoji for instance. */
    private static final int UNKNOWN = 0x25a1;

    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

    private Lettering() {}

    /** The regular font in a size in pixels. */
    public static Font regular(double size) {
        return Fonts.REGULAR.deriveFont((float) size);
    }

    /** The bold font in a size in pixels. */
    public static Font bold(double size) {
        return Fonts.BOLD.deriveFont((float) size);
    }

    /** Width of a line. */
    static double width(Font font, String text) {
        return text.isEmpty() ? 0 : font.getStringBounds(text, MEASURE).getWidth();
    }

    /**
     * The text as it can be drawn: characters without a glyph become a box, line breaks and tabs spaces, control and direction
     * marks vanish.
     */
    public static String drawable(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (Character.isWhitespace(point) || point == 0x2028 || point == 0x2029) {
                result.append(' ');
            } else if (point == 0x200d || (point >= 0xfe00 && point <= 0xfe0f)) {
                return; // joins or varies the sign before it, which is a box already
            } else if (Character.getType(point) != Character.FORMAT && !Character.isISOControl(point)) {
                result.appendCodePoint(Fonts.REGULAR.canDisplay(point) ? point : UNKNOWN);
            }
        });
        return result.toString();
    }

    /** The text, cut with an ellipsis where it is wider than the room. */
    static String fit(Font font, String text, double room) {
        String whole = drawable(text);
        if (width(font, whole) <= room) {
            return whole;
        }
        int low = 0;
        int high = whole.length();
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (width(font, whole.substring(0, middle) + ELLIPSIS) <= room) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (low > 0 && Character.isHighSurrogate(whole.charAt(low - 1))) {
            low--;
        }
        return low == 0 ? "" : whole.substring(0, low).stripTrailing() + ELLIPSIS;
    }

    /** The text in lines no wider than the room; words that are too long are cut. */
    static List<String> lines(Font font, String text, double room) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : drawable(text).strip().split(" +")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (line.isEmpty() || width(font, longer) <= room) {
                line = longer;
            } else {
                lines.add(fit(font, line, room));
                line = word;
            }
        }
        if (!line.isEmpty()) {
            lines.add(fit(font, line, room));
        }
        return lines;
    }

    /** Bytes of a font on the class path. */
    public static byte[] bytes(String resource) {
        try (InputStream in = Lettering.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new DltException(
                        ProblemCode.RENDERING_FAILED,
                        "font: " + resource + " is not on the class path; add openpdf-fonts-extra");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new DltException(ProblemCode.RENDERING_FAILED, "font: " + resource + " cannot be read", e);
        }
    }

    /** Loaded when first drawn with, not when the class is named. */
    private static final class Fonts {
        static final Font REGULAR = load(Lettering.REGULAR);
        static final Font BOLD = load(Lettering.BOLD);

        private static Font load(String resource) {
            try {
                return Font.createFont(Font.TRUETYPE_FONT, new java.io.ByteArrayInputStream(bytes(resource)));
            } catch (IOException | FontFormatException e) {
                throw new DltException(ProblemCode.RENDERING_FAILED, "font: " + resource + " is broken", e);
            }
        }
    }
}
