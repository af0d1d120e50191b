/** When an alert is raised, goes on and ends: a pure state machine per label set. Knows no database and no mail. */
@NullMarked
package io.datalifecycle.dlt.alert;

import org.jspecify.annotations.NullMarked;
