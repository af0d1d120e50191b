package io.datalifecycle.dlt.storage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.datalifecycle.dlt.architecture.Borders;
import io.datalifecycle.dlt.architecture.HouseRules;
import java.io.IOException;

/** The rules of the house; storage alone knows JDBC, and shows no more of it than a DataSource. */
@AnalyzeClasses(packages = "io.datalifecycle.dlt.storage")
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule knowsOnlyCore = Borders.importNothingOf(
            "modules meet in core; say what is needed as an interface in core's spi, and the host names who does it",
            "io.datalifecycle.dlt.ml..",
            "io.datalifecycle.dlt.notify..",
            "io.datalifecycle.dlt.spring..",
            "io.datalifecycle.dlt.test..");

    @ArchTest
    static final ArchRule leavesCoresInternalsAlone = Borders.importNothingOf(
            "core's internals change without notice; ask for an interface in its spi",
            "io.datalifecycle.dlt.*.internal..");

    @ArchTest
    static final ArchRule signaturesShowOnlyTheJdkAndDlt = Borders.showOnly(
            "io.datalifecycle.dlt.storage",
            "java.io.",
            "java.lang.",
            "java.math.",
            "java.net.",
            "java.nio.",
            "java.time.",
            "java.util.",
            "javax.sql.",
            "io.datalifecycle.dlt.");

    @ArchTest
    static void sourcesLieInOurOwnPackage(JavaClasses classes) throws IOException {
        Borders.ownPackages("io.datalifecycle.dlt.storage");
    }
}
