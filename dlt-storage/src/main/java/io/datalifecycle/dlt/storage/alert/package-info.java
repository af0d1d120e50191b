/** States and history of alerts in the app database. */
@NullMarked
package io.datalifecycle.dlt.storage.alert;

import org.jspecify.annotations.NullMarked;
