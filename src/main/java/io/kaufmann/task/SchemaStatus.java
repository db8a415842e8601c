package io.kaufmann.task;

import java.util.Locale;

/** What came of a schema, or would come of it where nothing is written. */
public enum SchemaStatus {

    /** The registry had no such subject. */
    NEW(true),

    /** It was there already. */
    UNCHANGED(true),

    /** It differs from the subject's versions, and may follow them. */
    NEW_VERSION(true),

    /** It is no longer among the files, while it was among those of before. */
    REMOVED(true),

    /** It may not follow what is there. */
    INCOMPATIBLE(false),

    /** The file is no schema, or one that cannot be used. */
    INVALID(false),

    /** The registry refused, or gave no answer. */
    FAILED(false),

    /** Nothing was done with it, because of what became of others. */
    NOT_TRIED(false);

    private final boolean well;

    SchemaStatus(boolean well) {
        this.well = well;
    }

    /** Whether nobody has to do anything. */
    public boolean isWell() {
        return well;
    }

    /** In words: {@code new version}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
