/** The JUnit test kit: a fresh database, a clock that moves when told, schedules that run with it, and mails that are caught. */
@NullMarked
package io.datalifecycle.dlt.test;

import org.jspecify.annotations.NullMarked;
