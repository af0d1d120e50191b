/** DLT from a shell or a pipeline, over the public API alone. */
@NullMarked
package io.datalifecycle.dlt.examples.cli;

import org.jspecify.annotations.NullMarked;
