package io.datalifecycle.dlt.spring;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.datalifecycle.dlt.architecture.Borders;
import io.datalifecycle.dlt.architecture.HouseRules;
import java.io.IOException;

/** The rules of the house, and that the starter only puts parts together. */
@AnalyzeClasses(packages = "io.datalifecycle.dlt.spring")
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule usesWhatEveryHostCanUse = Borders.importNothingOf(
            "the starter does nothing that a host without Spring could not; open what is needed in the module itself",
            "io.datalifecycle.dlt..internal..",
            "io.datalifecycle.dlt.storage.*..",
            "io.datalifecycle.dlt.test..",
            "io.datalifecycle.dlt.testdb..");

    @ArchTest
    static final ArchRule asksNoDatabaseItself =
            Borders.importNothingOf("JDBC is for dlt-storage", "java.sql..", "org.jdbi..", "org.postgresql..");

    @ArchTest
    static final ArchRule signaturesShowOnlyTheJdkAndDlt = Borders.showOnly(
            "io.datalifecycle.dlt.spring..", "java.lang.", "java.time.", "java.util.", "io.datalifecycle.dlt.");

    @ArchTest
    static void sourcesLieInOurOwnPackage(JavaClasses classes) throws IOException {
        Borders.ownPackages("io.datalifecycle.dlt.spring");
    }
}
