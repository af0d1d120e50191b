/** Signed HTTP calls as Standard Webhooks describes them, to addresses that were checked before anything is sent. */
@NullMarked
package io.datalifecycle.dlt.notify.webhook;

import org.jspecify.annotations.NullMarked;
