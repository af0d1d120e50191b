/** DDL: what makes and removes the database objects of a workspace. */
@NullMarked
package io.datalifecycle.dlt.storage.plan;

import org.jspecify.annotations.NullMarked;
