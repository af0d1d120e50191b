package io.datalifecycle.dlt.ml.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads Tribuo models. Tribuo loads whatever class a file names, and loading a class runs its code; so before anything is
 * deserialised, every text anywhere in the file that could be the name of a class must be on a list. Stateless, thread-safe.
 *
 * <p>The walk knows nothing of Tribuo's messages: it takes each length-delimited field both as text and as a nested message, so a name
 * cannot hide in a field that a typed walk would not look at. Models written here hold no text of users, so nothing else looks like a name.
 */
public final class SafeModelReader {

    private static final int MOST_BYTES = 512 * 1024 * 1024;
    private static final int MOST_DEPTH = 64;
    private static final String TYPE_URL = "type.googleapis.com/";
    private static final Pattern QUALIFIED =
            Pattern.compile("\\[*L?[\\p{L}_$][\\p{L}\\p{N}_$/]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$/]*)+;?");
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");
    private static final Set<String> TYPE_PACKAGES = Set.of("tribuo.", "olcut.");

    private SafeModelReader() {}

    /**
     * Reads a serialised model. Throws {@code MODEL_UNSAFE} when it names a class that is not allowed, and then nothing is loaded, or
     * when it cannot be read.
     *
     * @param load deserialises bytes that have been checked
     */
    public static <M> M read(byte[] content, Function<byte[], M> load) {
        if (content.length > MOST_BYTES) {
            throw unsafe("has " + content.length + " bytes, at most " + MOST_BYTES + " are read");
        }
        walk(ByteString.copyFrom(content), 0);
        try {
            return load.apply(content);
        } catch (RuntimeException e) {
            throw new DltException(
                    ProblemCode.MODEL_UNSAFE, "the stored model cannot be read; train the model again", e);
        }
    }

    private static void walk(ByteString bytes, int depth) {
        if (depth > MOST_DEPTH) {
            throw unsafe("is nested deeper than " + MOST_DEPTH);
        }
        UnknownFieldSet message;
        try {
            message = UnknownFieldSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            if (depth == 0) {
                throw unsafe("is no protobuf message");
            }
            return; // plain text or packed numbers: checked as text by the caller
        }
        walk(message, depth);
    }

    private static void walk(UnknownFieldSet message, int depth) {
        for (UnknownFieldSet.Field field : message.asMap().values()) {
            for (ByteString part : field.getLengthDelimitedList()) {
                if (part.isValidUtf8()) {
                    check(part.toStringUtf8());
                }
                walk(part, depth + 1);
            }
            for (UnknownFieldSet group : field.getGroupList()) {
                if (depth > MOST_DEPTH) {
                    throw unsafe("is nested deeper than " + MOST_DEPTH);
                }
                walk(group, depth + 1);
            }
        }
    }

    private static void check(String text) {
        if (text.startsWith(TYPE_URL)) {
            String type = text.substring(TYPE_URL.length());
            if (TYPE_PACKAGES.stream().noneMatch(type::startsWith)) {
                throw unsafe("holds a message of type " + shown(type));
            }
        } else if (QUALIFIED.matcher(text).matches()
                ? !AllowedClasses.NAMES.contains(text)
                : PLAIN.matcher(text).matches() && isClassWithoutPackage(text)) {
            throw unsafe("names the class " + shown(text) + ", which models of DLT do not use");
        }
    }

    /** Such names look like any word; they matter only where the class really exists. */
    private static boolean isClassWithoutPackage(String name) {
        return SafeModelReader.class.getResource("/" + name + ".class") != null;
    }

    private static String shown(String name) {
        return name.length() > 200 ? name.substring(0, 200) + "…" : name;
    }

    private static DltException unsafe(String what) {
        return new DltException(
                ProblemCode.MODEL_UNSAFE,
                "the stored model " + what + "; it was not loaded: train the model again and find out who changed it");
    }
}
