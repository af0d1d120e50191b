package io.datalifecycle.dlt.parquet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.datalifecycle.dlt.architecture.Borders;
import io.datalifecycle.dlt.architecture.HouseRules;
import java.io.IOException;

/** The rules of the house, and that this module knows core and nothing else of ours. */
@AnalyzeClasses(packages = "io.datalifecycle.dlt.parquet")
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule knowsOnlyCore = Borders.importNothingOf(
            "modules meet in core; say what is needed as an interface in core's spi, and the host names who does it",
            "io.datalifecycle.dlt.storage..",
            "io.datalifecycle.dlt.ml..",
            "io.datalifecycle.dlt.notify..",
            "io.datalifecycle.dlt.spring..",
            "io.datalifecycle.dlt.test..",
            "io.datalifecycle.dlt.testdb..");

    @ArchTest
    static final ArchRule leavesCoresInternalsAlone = Borders.importNothingOf(
            "core's internals change without notice; ask for an interface in its spi",
            "io.datalifecycle.dlt.*.internal..");

    @ArchTest
    static final ArchRule signaturesShowOnlyTheJdkAndDlt = Borders.showOnly(
            "io.datalifecycle.dlt.parquet..",
            "java.io.",
            "java.lang.",
            "java.nio.",
            "java.time.",
            "java.util.",
            "io.datalifecycle.dlt.");

    @ArchTest
    static void sourcesLieInOurOwnPackage(JavaClasses classes) throws IOException {
        Borders.ownPackages("io.datalifecycle.dlt.parquet");
    }
}
