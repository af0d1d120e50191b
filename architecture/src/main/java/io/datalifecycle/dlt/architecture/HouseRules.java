package io.datalifecycle.dlt.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.io.IOException;

/**
 * What holds in every module. A module runs it on its own classes:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "io.datalifecycle.dlt.storage")
 * class ArchitectureTest {
 *     @ArchTest
 *     static final ArchTests house = ArchTests.in(HouseRules.class);
 * }
 * }</pre>
 */
public final class HouseRules {

    /** Tests may use the sample data of the package above. */
    @ArchTest
    static final ArchRule packagesHaveNoCycles = noCycles()
            .ignoreDependency(Scope.TESTS, DescribedPredicate.alwaysTrue())
            .because(
                    "a package must be understood without the ones above it; move the shared value down, or turn the call"
                            + " round with an interface in spi")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule timeComesFromTheCaller = noClasses()
            .that(Scope.MAIN)
            .and(DescribedPredicate.not(SystemAccess.OWNERS))
            .should()
            .callMethodWhere(SystemAccess.OF_TIME)
            .because(
                    "time must be movable in tests; take an InstantSource, and the database's clock where nodes compete")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodySleepsOrStartsThreads = noClasses()
            .that(DescribedPredicate.not(SystemAccess.OWNERS))
            .and(Scope.MAIN)
            .should()
            .callCodeUnitWhere(SystemAccess.OF_THREADS)
            .because("threads start with Dlt.start() only; take an executor, or let the job queue call")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule testsDoNotSleep = noClasses()
            .that(Scope.TESTS)
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because(
                    "sleeping tests are slow and still fail by chance; move the clock, or wait for a condition with Awaitility")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule testsDoNotMock = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.mockito..", "org.easymock.."))
            .because("a mock repeats what its author believes; write a small implementation of the interface")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = classes()
            .that(Scope.MAIN)
            .should(Conditions.notBe(simpleNameEndingWith("Manager")
                    .or(simpleNameEndingWith("Helper"))
                    .or(simpleNameEndingWith("Util"))
                    .or(simpleNameEndingWith("Utils"))
                    .or(simpleNameEndingWith("Processor"))))
            .because("such a name fits everything and says nothing; name what it holds or does")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule publicTypesAreNoImpl = classes()
            .that(Scope.API)
            .should(Conditions.notBe(simpleNameEndingWith("Impl")))
            .because("users see interfaces; make the implementation package-private")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule apiHasNoGettersAndSetters = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(Scope.API)
            .should(Conditions.notBeGettersOrSetters())
            .because("values are records and builders speak the template language: drop the prefix")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .that(Scope.MAIN)
            .should(Conditions.liveInNullMarkedPackages())
            .because(
                    "without @NullMarked the null checks of the build see nothing; add a package-info.java that says what lives there")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule sealedFamiliesNameTheirKinds = classes()
            .that(Scope.API)
            .should(Conditions.nameTheirKindsWhenSealed())
            .because("at release 17 a family is switched by its enum; add kind() and a constant for each member")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule featuresDoNotSeeTheirInternals = classes()
            .that(Scope.MAIN)
            .should(Conditions.notDependOnTheirOwnInternals())
            .because("internal is above its feature; move what both need into the feature")
            .allowEmptyShould(true);

    private HouseRules() {}

    static SliceRule noCycles() {
        return slices().matching("io.datalifecycle.dlt.(**)")
                .as("packages")
                .should()
                .beFreeOfCycles();
    }

    @ArchTest
    static void filesAreShortAndExplained(JavaClasses classes) throws IOException {
        SourceFiles.ofThisModule().check();
    }
}
