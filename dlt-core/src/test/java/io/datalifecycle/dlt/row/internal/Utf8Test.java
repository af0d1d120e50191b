package io.datalifecycle.dlt.row.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same verdict as the decoder of the JDK. */
class Utf8Test {

    private static boolean isRight(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void agree(byte... bytes) {
        assertThat(Utf8.malformed(bytes, 0, bytes.length) < 0).as("%s", bytes).isEqualTo(isRight(bytes));
    }

    @Test
    void allPairsAndTheirContinuationsAgree() {
        for (int first = 0; first < 256; first++) {
            agree((byte) first);
            for (int second = 0; second < 256; second++) {
                agree((byte) first, (byte) second);
                agree((byte) first, (byte) second, (byte) 0x80);
                agree((byte) first, (byte) second, (byte) 0xbf, (byte) 0x80);
            }
        }
    }

    @Test
    void randomBytesAgree() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(8)];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = (byte) (random.nextBoolean() ? 0x80 + random.nextInt(0x80) : random.nextInt(256));
            }
            agree(bytes);
        }
    }
}
