package io.datalifecycle.dlt.row.internal;

/** Whether bytes are UTF-8 by RFC 3629; the JSON parser lets overlong forms pass. */
final class Utf8 {

    private Utf8() {}

    /** Position of the first byte that is wrong; -1 when all are right. */
    static int malformed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int first = bytes[at];
            if (first >= 0) {
                at++;
                continue;
            }
            int length = length(first & 0xff);
            if (length == 0 || at + length > to || !isSecond(first & 0xff, bytes[at + 1] & 0xff)) {
                return at;
            }
            for (int i = 2; i < length; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return at;
                }
            }
            at += length;
        }
        return -1;
    }

    private static int length(int first) {
        if (first >= 0xc2 && first <= 0xdf) {
            return 2;
        }
        if (first >= 0xe0 && first <= 0xef) {
            return 3;
        }
        return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
    }

    /** The second byte also tells overlong forms, surrogates and what lies past U+10FFFF. */
    private static boolean isSecond(int first, int second) {
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return second >= least && second <= most;
    }
}
