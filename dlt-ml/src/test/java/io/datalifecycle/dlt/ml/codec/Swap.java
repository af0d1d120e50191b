package io.datalifecycle.dlt.ml.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;

/** Doctors a serialised message: puts another text in the place of one, at any depth. */
final class Swap {

    private Swap() {}

    static ByteString in(ByteString bytes, String from, String to) {
        if (bytes.equals(ByteString.copyFromUtf8(from))) {
            return ByteString.copyFromUtf8(to);
        }
        if (!contains(bytes, from)) {
            return bytes;
        }
        try {
            UnknownFieldSet.Builder message = UnknownFieldSet.newBuilder();
            UnknownFieldSet.parseFrom(bytes).asMap().forEach((number, field) -> {
                UnknownFieldSet.Field.Builder copy = UnknownFieldSet.Field.newBuilder();
                field.getVarintList().forEach(copy::addVarint);
                field.getFixed32List().forEach(copy::addFixed32);
                field.getFixed64List().forEach(copy::addFixed64);
                field.getLengthDelimitedList().forEach(part -> copy.addLengthDelimited(in(part, from, to)));
                message.addField(number, copy.build());
            });
            return message.build().toByteString();
        } catch (InvalidProtocolBufferException e) {
            return bytes;
        }
    }

    private static boolean contains(ByteString bytes, String text) {
        String all = bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
        return all.contains(text);
    }
}
