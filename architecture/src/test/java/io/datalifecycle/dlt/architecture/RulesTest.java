package io.datalifecycle.dlt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules find what they are for. The sample lies among the tests, so conditions are asked without the scope. */
class RulesTest {

    private static final JavaClasses SAMPLE =
            new ClassFileImporter().importPackages("io.datalifecycle.dlt.architecture.sample");

    @Test
    void cycleIsFound() {
        assertThat(broken(HouseRules.noCycles()))
                .anySatisfy(message -> assertThat(message).contains("Cycle detected", "High", "Low"));
    }

    @Test
    void arrowAgainstTheTableIsFoundAndOneInItIsNot() {
        ArchCondition<JavaClass> arrows = Borders.arrows(
                "io.datalifecycle.dlt.architecture.sample", Map.of("low", Set.of(), "high", Set.of("low")));
        assertThat(violations(arrows))
                .anyMatch(m -> m.startsWith("low → high"))
                .noneMatch(m -> m.startsWith("high → low"));
        assertThat(violations(arrows)).anyMatch(m -> m.startsWith("low → low.internal"));
    }

    @Test
    void packageThatTheTableForgotIsFound() {
        ArchCondition<JavaClass> arrows =
                Borders.arrows("io.datalifecycle.dlt.architecture.sample", Map.of("low", Set.of("high")));
        assertThat(violations(arrows)).anyMatch(m -> m.contains("high, which the table of arrows does not know"));
    }

    @Test
    void foreignAndInternalTypesInSignaturesAreFound() {
        assertThat(violations(Conditions.showOnly(List.of("java.lang.", "java.util.List", "io.datalifecycle.dlt."))))
                .anyMatch(m -> m.contains("up") && m.endsWith("shows java.util.regex.Pattern"))
                .anyMatch(m -> m.endsWith("sample.low.internal.Inner"))
                .noneMatch(m -> m.endsWith("sample.high.High"));
    }

    @Test
    void ownInternalsAreFound() {
        assertThat(violations(Conditions.notDependOnTheirOwnInternals()))
                .isNotEmpty()
                .allMatch(m -> m.contains("Inner"));
    }

    @Test
    void sealedFamilyWithTooFewKindsIsFound() {
        assertThat(violations(Conditions.nameTheirKindsWhenSealed()))
                .singleElement()
                .asString()
                .contains("Family has 2 members", "Kind has 1 constants");
    }

    @Test
    void packageWithoutNullMarkIsFound() {
        assertThat(violations(Conditions.liveInNullMarkedPackages())).isNotEmpty();
    }

    @Test
    void systemTimeAndThreadsAreFoundAndAGivenClockIsNot() {
        ArchRule time = ArchRuleDefinition.noClasses().should().callMethodWhere(SystemAccess.OF_TIME);
        ArchRule threads = ArchRuleDefinition.noClasses().should().callCodeUnitWhere(SystemAccess.OF_THREADS);
        assertThat(broken(time)).singleElement().asString().contains("Low.now()");
        assertThat(broken(threads)).singleElement().asString().contains("Low.thread()");
    }

    private static List<String> broken(ArchRule rule) {
        return rule.evaluate(SAMPLE).getFailureReport().getDetails();
    }

    private static List<String> violations(ArchCondition<JavaClass> condition) {
        ConditionEvents events = ConditionEvents.Factory.create();
        SAMPLE.forEach(type -> condition.check(type, events));
        return events.getViolating().stream()
                .flatMap(event -> event.getDescriptionLines().stream())
                .toList();
    }
}
