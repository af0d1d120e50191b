package io.datalifecycle.dlt.storage.plan;

import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.spi.JobQueue;
import io.datalifecycle.dlt.spi.Reshaper;
import io.datalifecycle.dlt.spi.Storage;
import io.datalifecycle.dlt.spi.UpgradeJournal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A storage under which the process dies at the n-th call that an upgrade makes, before it is made or after it was. */
final class KillingStorage {

    private static final Set<Class<?>> WATCHED =
            Set.of(Reshaper.class, UpgradeJournal.class, FeatureWriter.class, JobQueue.class);

    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean after;

    /** What nobody catches, as when the process is gone. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Dies at that call from now on. */
    void killAt(int call, boolean afterIt) {
        after = afterIt;
        left.set(call);
    }

    /** Lives on. Gives whether it would have died later only. */
    boolean live() {
        return left.getAndSet(Integer.MAX_VALUE) > 0;
    }

    Storage wrap(Storage storage) {
        return proxy(Storage.class, (self, method, arguments) -> {
            Object part = call(storage, method, arguments);
            return WATCHED.contains(method.getReturnType()) && part != null
                    ? watched(method.getReturnType(), part)
                    : part;
        });
    }

    private <T> T watched(Class<T> type, Object part) {
        return proxy(type, (self, method, arguments) -> {
            boolean now = left.decrementAndGet() == 0;
            if (now && !after) {
                throw new Killed();
            }
            Object result = call(part, method, arguments);
            if (now) {
                throw new Killed();
            }
            return result;
        });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
