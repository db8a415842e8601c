package io.kaufmann.codec.avro;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;

/**
 * Reads one property of a Java record or a POJO.
 *
 * @param name the property's name, as Jackson has it
 * @param handle takes the object and gives the property's value
 * @param omitsNull whether a null is not given at all, so that the schema's default counts
 */
record BeanAccessor(String name, MethodHandle handle, boolean omitsNull) {

    private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

    /**
     * An accessor of a member that Jackson has made accessible.
     *
     * @throws IllegalAccessException when it is not
     */
    static BeanAccessor of(String name, Member member, boolean omitsNull) throws IllegalAccessException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle handle =
                member instanceof Method method ? lookup.unreflect(method) : lookup.unreflectGetter((Field) member);
        return new BeanAccessor(name, handle.asType(READ), omitsNull);
    }

    /**
     * The property's value, unwrapped.
     *
     * @throws Misfit when the object's own code fails
     */
    Object read(Object bean) {
        return Values.plain(raw(bean));
    }

    @SuppressWarnings("IllegalCatch") // Whatever the object's own code throws: a handle declares Throwable.
    Object raw(Object bean) {
        try {
            return (Object) handle.invokeExact(bean);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new Misfit("reading it failed with " + e.getClass().getName(), e);
        }
    }
}
