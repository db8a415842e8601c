package io.kaufmann.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.CreatorProperty;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import java.io.IOException;

/**
 * A constructor's parameter that comes again, by its other name, after the object is made is passed over. Jackson makes the
 * object as soon as all parameters are there, and fails otherwise.
 */
final class CreatedOnce extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public BeanDeserializerBuilder updateBuilder(
            DeserializationConfig config, BeanDescription description, BeanDeserializerBuilder builder) {
        builder.getProperties().forEachRemaining(property -> {
            if (property instanceof CreatorProperty parameter) {
                parameter.setFallbackSetter(new PassedOver(parameter));
            }
        });
        return builder;
    }

    private static final class PassedOver extends SettableBeanProperty.Delegating {

        private static final long serialVersionUID = 1L;

        PassedOver(SettableBeanProperty parameter) {
            super(parameter);
        }

        @Override
        protected SettableBeanProperty withDelegate(SettableBeanProperty parameter) {
            return new PassedOver(parameter);
        }

        @Override
        public void fixAccess(DeserializationConfig config) {
            // The parameter does it itself, and through it this, for ever.
        }

        @Override
        public void set(Object made, Object value) {
            // Made already.
        }

        @Override
        public Object setAndReturn(Object made, Object value) {
            return made;
        }

        @Override
        public void deserializeAndSet(JsonParser tokens, DeserializationContext context, Object made)
                throws IOException {
            tokens.skipChildren();
        }

        @Override
        public Object deserializeSetAndReturn(JsonParser tokens, DeserializationContext context, Object made)
                throws IOException {
            tokens.skipChildren();
            return made;
        }
    }
}
