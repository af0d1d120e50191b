/** Writes archives and reads them: a ZIP whose manifest says of each file how long it is and what hash it has. */
@NullMarked
package io.datalifecycle.dlt.transfer.internal;

import org.jspecify.annotations.NullMarked;
