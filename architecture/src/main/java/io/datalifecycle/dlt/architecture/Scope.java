package io.datalifecycle.dlt.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;

/** Which classes a rule is about. */
final class Scope {

    static final DescribedPredicate<JavaClass> TESTS = DescribedPredicate.describe(
            "test classes",
            type -> type.getSource()
                    .map(source -> source.getUri().getPath())
                    .filter(path -> path.contains("/test-classes/"))
                    .isPresent());

    static final DescribedPredicate<JavaClass> MAIN =
            DescribedPredicate.not(TESTS).as("main classes");

    static final DescribedPredicate<JavaClass> INTERNAL = DescribedPredicate.describe(
            "internal classes", type -> (type.getPackageName() + ".").contains(".internal."));

    /** What a user sees: public in a package that is not internal, and so all around it. */
    static final DescribedPredicate<JavaClass> API = MAIN.and(DescribedPredicate.not(INTERNAL))
            .and(DescribedPredicate.describe("public", Scope::isVisible))
            .as("API types");

    private Scope() {}

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(Scope::isVisible).orElse(true);
    }
}
