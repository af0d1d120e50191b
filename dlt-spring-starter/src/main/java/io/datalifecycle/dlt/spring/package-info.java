/** What a Spring host may touch: the customizer. The configuration itself is in {@code autoconfigure}. */
@NullMarked
package io.datalifecycle.dlt.spring;

import org.jspecify.annotations.NullMarked;
