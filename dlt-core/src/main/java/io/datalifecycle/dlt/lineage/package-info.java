/** Who feeds whom within a template, from connector to recipient; order of work and what breaks when something goes. Pure values. */
@NullMarked
package io.datalifecycle.dlt.lineage;

import org.jspecify.annotations.NullMarked;
