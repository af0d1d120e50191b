package io.datalifecycle.dlt.fault;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A DataSource that counts what is done with its connections, and calls before each of it: places for something to break. Thread-safe. */
final class Steps {

    private static final Set<String> COUNTED = Set.of(
            "prepareStatement",
            "createStatement",
            "unwrap",
            "setSavepoint",
            "releaseSavepoint",
            "rollback",
            "commit",
            "close");

    private final DataSource database;
    private final Breaker breaker;
    private final AtomicInteger steps = new AtomicInteger();

    /** What happens at a step. */
    interface Breaker {

        /**
         * @param step counted from 1
         * @param what the method, {@code committed} for right after a commit
         * @param connection the one it is done with
         */
        void at(int step, String what, Connection connection);
    }

    private Steps(DataSource database, Breaker breaker) {
        this.database = database;
        this.breaker = breaker;
    }

    static DataSource of(DataSource database, Breaker breaker) {
        Steps steps = new Steps(database, breaker);
        return proxy(DataSource.class, steps::onDataSource);
    }

    private Object onDataSource(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object result = call(database, method, arguments);
        if (result instanceof Connection connection) {
            return proxy(Connection.class, (p, m, a) -> onConnection(connection, m, a));
        }
        return result;
    }

    private Object onConnection(Connection connection, Method method, Object[] arguments) throws Throwable {
        if (COUNTED.contains(method.getName())) {
            breaker.at(steps.incrementAndGet(), method.getName(), connection);
        }
        Object result = call(connection, method, arguments);
        if (method.getName().equals("commit")) {
            breaker.at(steps.incrementAndGet(), "committed", connection);
        }
        return result;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Steps.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
