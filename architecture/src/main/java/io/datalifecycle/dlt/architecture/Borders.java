package io.datalifecycle.dlt.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules that differ from module to module: what may be imported, and what its signatures may show. */
public final class Borders {

    private static final String INTERNAL = ".internal";

    private Borders() {}

    /**
     * Main classes import nothing of these packages.
     *
     * @param because why not, and what to do instead
     * @param packages as ArchUnit writes them, {@code java.sql..}
     */
    public static ArchRule importNothingOf(String because, String... packages) {
        return noClasses()
                .that(Scope.MAIN)
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages))
                .because(because)
                .allowEmptyShould(true);
    }

    /**
     * Public signatures outside internal packages show types of these packages only, and never internal ones.
     *
     * @param packages whose signatures users see, as ArchUnit writes them: {@code io.datalifecycle.dlt..}
     * @param prefixes what they may show, with the dot at the end: {@code java.time.}
     */
    public static ArchRule showOnly(String packages, String... prefixes) {
        return classes()
                .that(Scope.API)
                .and(resideInAPackage(packages))
                .should(Conditions.showOnly(List.of(prefixes)))
                .because(
                        "a library's type in a signature makes the library part of our contract; wrap it in a record or"
                                + " interface of ours")
                .allowEmptyShould(true);
    }

    /**
     * Fails when main sources of the module whose tests run lie outside its root package.
     *
     * @param root the module's own package
     * @param others packages below it that are other modules'
     */
    public static void ownPackages(String root, String... others) throws IOException {
        SourceFiles.ofThisModule().checkPackages(root, others);
    }

    /**
     * Packages below a root import only what the table gives them. An internal package may import what its feature may, the
     * feature, and the internal packages of what its feature may import.
     *
     * @param root package that the names in the table are relative to
     * @param arrows package to the packages it may import; a package that is not a key is a violation
     */
    public static ArchRule followArrows(String root, Map<String, Set<String>> arrows) {
        return classes()
                .that(Scope.MAIN)
                .should(arrows(root, arrows))
                .because(
                        "the table is the map of the code: turn the call round with an interface in spi, move the shared value"
                                + " down, or, when the code has taught better, change the table and keep it acyclic")
                .allowEmptyShould(true);
    }

    static ArchCondition<JavaClass> arrows(String root, Map<String, Set<String>> arrows) {
        return Conditions.condition("follow the table of arrows", (type, events) -> {
            String from = relative(root, type);
            if (!from.isEmpty()) {
                check(root, arrows, type, from, events);
            }
        });
    }

    private static void check(
            String root, Map<String, Set<String>> arrows, JavaClass type, String from, ConditionEvents events) {
        String feature = feature(from);
        Set<String> allowed = arrows.containsKey(from) ? arrows.get(from) : arrows.get(feature);
        if (allowed == null) {
            events.add(violated(
                    type, type.getName() + " lives in " + feature + ", which the table of arrows does not know"));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (!(target.getPackageName() + ".").startsWith(root + ".")) {
                continue;
            }
            String to = relative(root, target);
            boolean own = feature(to).equals(feature) && (to.equals(from) || from.endsWith(INTERNAL));
            boolean given = allowed.contains(feature(to)) && (!to.endsWith(INTERNAL) || from.endsWith(INTERNAL));
            // schedule, which nobody calls, names the internals that it runs one by one.
            if (!own && !given && !allowed.contains(to)) {
                events.add(violated(type, from + " → " + to + ": " + dependency.getDescription()));
            }
        }
    }

    private static String feature(String name) {
        return name.endsWith(INTERNAL) ? name.substring(0, name.length() - INTERNAL.length()) : name;
    }

    private static String relative(String root, JavaClass type) {
        String name = type.getPackageName();
        return name.equals(root) ? "" : name.startsWith(root + ".") ? name.substring(root.length() + 1) : name;
    }
}
