/** Works out plans and carries them out, step by step, with a journal. */
@NullMarked
package io.datalifecycle.dlt.plan.internal;

import org.jspecify.annotations.NullMarked;
