package io.datalifecycle.dlt.notify.pdf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes chance out of a finished PDF. OpenPDF draws the six letters before the name of an embedded font and the id of the document
 * at random and offers no way to give them; here they are written over in place, with the same length, so that offsets stay right.
 */
final class StableBytes {

    private static final Pattern SUBSET = Pattern.compile("/[A-Z]{6}\\+(?=Liberation)");
    private static final Pattern ID = Pattern.compile("/ID ?\\[<([0-9a-f]{32})><([0-9a-f]{32})>\\]");

    private StableBytes() {}

    static byte[] of(byte[] pdf) {
        StringBuilder text = new StringBuilder(new String(pdf, StandardCharsets.ISO_8859_1));
        Matcher names = SUBSET.matcher(text);
        while (names.find()) {
            text.replace(names.start(), names.end(), "/DLTSUB+");
        }
        Matcher id = ID.matcher(text);
        int at = 0;
        while (id.find(at)) {
            at = id.end();
            text.replace(id.start(1), id.end(1), "0".repeat(32)).replace(id.start(2), id.end(2), "0".repeat(32));
        }
        String hash = hash(text);
        id = ID.matcher(text);
        at = 0;
        while (id.find(at)) {
            at = id.end();
            text.replace(id.start(1), id.end(1), hash).replace(id.start(2), id.end(2), hash);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hash(CharSequence text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
