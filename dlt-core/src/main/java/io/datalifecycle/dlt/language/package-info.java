/** The text form of templates: reader with positions, canonical writer, published JSON Schema. Structure only; what items say about each other is checked elsewhere. */
@NullMarked
package io.datalifecycle.dlt.language;

import org.jspecify.annotations.NullMarked;
