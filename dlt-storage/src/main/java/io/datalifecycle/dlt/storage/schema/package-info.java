/** DLT's own tables: created and kept up to date by Flyway in schemas of their own, never the host's. */
@NullMarked
package io.datalifecycle.dlt.storage.schema;

import org.jspecify.annotations.NullMarked;
