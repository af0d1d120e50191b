package io.datalifecycle.dlt.expression;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/** Nothing is allowed but the methods of {@link Functions}. */
final class OnlyFunctions implements JexlPermissions {

    @Override
    public boolean allow(Class<?> type) {
        return type == Functions.class;
    }

    @Override
    public boolean allow(Constructor<?> constructor) {
        return false;
    }

    @Override
    public boolean allow(Field field) {
        return false;
    }

    @Override
    public boolean allow(Method method) {
        return method.getDeclaringClass() == Functions.class && Functions.NAMES.contains(method.getName());
    }

    @Override
    public boolean allow(Package pack) {
        return false;
    }

    @Override
    public JexlPermissions compose(String... sources) {
        return this;
    }
}
