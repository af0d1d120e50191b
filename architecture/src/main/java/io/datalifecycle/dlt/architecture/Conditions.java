package io.datalifecycle.dlt.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What the rules ask of a class or method, with messages that say what to do. */
final class Conditions {

    private static final Pattern GETTER = Pattern.compile("get[A-Z].*");
    private static final Pattern SETTER = Pattern.compile("set[A-Z].*");

    private Conditions() {}

    static <T> ArchCondition<T> condition(String description, BiConsumer<T, ConditionEvents> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(T item, ConditionEvents events) {
                check.accept(item, events);
            }
        };
    }

    static ArchCondition<JavaClass> notBe(DescribedPredicate<JavaClass> refused) {
        return condition("not be of " + refused.getDescription(), (type, events) -> {
            if (refused.test(type)) {
                events.add(violated(type, type.getName() + " has a name that says nothing"));
            }
        });
    }

    static ArchCondition<JavaMethod> notBeGettersOrSetters() {
        return condition("not be named get… or set…", (method, events) -> {
            int arguments = method.getRawParameterTypes().size();
            // With more arguments it is no accessor: a cell of a batch is set by row and value.
            boolean accessor = arguments == 0
                            && GETTER.matcher(method.getName()).matches()
                    || arguments == 1 && SETTER.matcher(method.getName()).matches();
            if (accessor && !overridesForeign(method)) {
                events.add(violated(method, method.getFullName() + " has a prefix to drop"));
            }
        });
    }

    /** A method that a JDK or library type asks for has the name it has. */
    private static boolean overridesForeign(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .filter(type -> !type.getPackageName().startsWith("io.datalifecycle.dlt"))
                .anyMatch(type -> type.getAllMethods().stream()
                        .anyMatch(m -> m.getName().equals(method.getName())
                                && m.getRawParameterTypes().size()
                                        == method.getRawParameterTypes().size()));
    }

    static ArchCondition<JavaClass> liveInNullMarkedPackages() {
        return condition("live in @NullMarked packages", (type, events) -> {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                events.add(violated(type, type.getName() + " lives in " + type.getPackageName() + ", not @NullMarked"));
            }
        });
    }

    static ArchCondition<JavaClass> notDependOnTheirOwnInternals() {
        return condition("not depend on their own internal package", (type, events) -> {
            String internals = type.getPackageName() + ".internal";
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                if ((dependency.getTargetClass().getPackageName() + ".").startsWith(internals + ".")) {
                    events.add(violated(type, dependency.getDescription()));
                }
            }
        });
    }

    static ArchCondition<JavaClass> nameTheirKindsWhenSealed() {
        return condition("have kind() with a constant for each member, when sealed", (type, events) -> {
            Class<?> reflected = type.reflect();
            if (reflected.isSealed() && !partOfFamily(reflected)) {
                long members = members(reflected);
                Optional<Class<?>> kind = kind(reflected);
                if (kind.isEmpty()) {
                    events.add(violated(type, type.getName() + " is sealed and has no kind() that returns an enum"));
                } else if (constants(kind.get()) < members) {
                    events.add(violated(
                            type,
                            type.getName() + " has " + members + " members and its "
                                    + kind.get().getSimpleName() + " has " + constants(kind.get()) + " constants"));
                }
            }
        });
    }

    private static boolean partOfFamily(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed)
                || (type.getSuperclass() != null && type.getSuperclass().isSealed());
    }

    private static long members(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null
                ? 1
                : Arrays.stream(permitted).mapToLong(Conditions::members).sum();
    }

    private static Optional<Class<?>> kind(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals("kind") && method.getParameterCount() == 0)
                .<Class<?>>map(Method::getReturnType)
                .filter(Class::isEnum)
                .findFirst();
    }

    private static int constants(Class<?> kind) {
        Object[] constants = kind.getEnumConstants();
        return constants == null ? 0 : constants.length;
    }

    /** Only the given packages in signatures; anything below a prefix counts. */
    static ArchCondition<JavaClass> showOnly(Collection<String> prefixes) {
        return condition("show only types of " + prefixes + " in signatures", (type, events) -> {
            type.getMethods().stream()
                    .filter(m -> Signatures.isVisible(m.getModifiers()))
                    .forEach(m -> Signatures.of(m)
                            .filter(t -> Signatures.isForeign(t, prefixes))
                            .forEach(t -> events.add(violated(m, m.getFullName() + " shows " + t.getName()))));
            type.getConstructors().stream()
                    .filter(c -> Signatures.isVisible(c.getModifiers()))
                    .forEach(c -> Signatures.of(c)
                            .filter(t -> Signatures.isForeign(t, prefixes))
                            .forEach(t -> events.add(violated(c, c.getFullName() + " shows " + t.getName()))));
        });
    }
}
