package io.datalifecycle.dlt.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** The types that a method or constructor makes its callers know, type arguments included. */
final class Signatures {

    private Signatures() {}

    static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    static Stream<JavaClass> of(JavaCodeUnit unit) {
        Stream<JavaType> types = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        return Stream.concat(
                types.flatMap(type -> type.getAllInvolvedRawTypes().stream()), unit.getExceptionTypes().stream());
    }

    static boolean isForeign(JavaClass type, Collection<String> prefixes) {
        JavaClass base = type.getBaseComponentType();
        String name = base.getPackageName() + ".";
        return !base.isPrimitive()
                && (name.contains(".internal.") || prefixes.stream().noneMatch(name::startsWith));
    }
}
