package io.datalifecycle.dlt.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** The few classes that are the clock and the threads of DLT, and the calls that are theirs alone. */
final class SystemAccess {

    /** Where a host may leave out the clock or the executor and gets the system's. Add here with a reason. */
    private static final Set<String> NAMED = Set.of(
            // The facade: the clock that all engines are given, and the threads of start().
            "io.datalifecycle.dlt.Dlt",
            "io.datalifecycle.dlt.Dlt$Builder",
            // Signs requests with the time of sending, and is built by hosts before there is a Dlt.
            "io.datalifecycle.dlt.notify.NotifyPlugin$Builder",
            // A batch is written while the next is parsed; joined before the call returns, so nothing runs behind the
            // host.
            "io.datalifecycle.dlt.ingest.internal.WriterThread",
            // Threads of start() for sources that are read all the time.
            "io.datalifecycle.dlt.connector.internal.ConnectorThreads",
            // Workspaces of a wave side by side, when the caller asks for it; joined before the call returns.
            "io.datalifecycle.dlt.fleet.internal.FleetThreads",
            // Storage may be opened and used without a Dlt above it.
            "io.datalifecycle.dlt.storage.PostgresStorage$Builder",
            // The threads of start().
            "io.datalifecycle.dlt.storage.schedule.RoleThreads",
            // The bean that a host's own clock replaces.
            "io.datalifecycle.dlt.spring.autoconfigure.DltAutoConfiguration");

    static final DescribedPredicate<JavaClass> OWNERS =
            DescribedPredicate.describe("named owners of clock and threads", type -> NAMED.contains(type.getName()));

    static final DescribedPredicate<JavaCall<?>> OF_TIME =
            DescribedPredicate.describe("target is the system's time", call -> isTime(call.getTarget()));

    static final DescribedPredicate<JavaCall<?>> OF_THREADS =
            DescribedPredicate.describe("target is sleep or a new thread", call -> isThreads(call.getTarget()));

    private SystemAccess() {}

    private static boolean isTime(AccessTarget target) {
        String owner = target.getOwner().getName();
        boolean noArguments = target instanceof AccessTarget.CodeUnitAccessTarget call
                && call.getRawParameterTypes().isEmpty();
        return switch (target.getName()) {
            case "currentTimeMillis" -> true;
            case "now" -> owner.startsWith("java.time.") && noArguments;
            case "system" -> owner.equals("java.time.InstantSource") || owner.equals("java.time.Clock");
            default -> owner.equals("java.time.Clock") && target.getName().startsWith("system");
        };
    }

    private static boolean isThreads(AccessTarget target) {
        return target.getOwner().isEquivalentTo(Thread.class)
                && (target.getName().equals("sleep") || target.getName().equals("<init>"));
    }
}
