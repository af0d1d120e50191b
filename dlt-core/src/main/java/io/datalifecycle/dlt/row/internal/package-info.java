/**
 * How bytes, records and maps become typed rows: schemas compiled to rules, the readers that apply them in one pass, and the
 * arbiter for what cannot be compiled. Knows no template, no workspace, no database; not for users.
 */
@NullMarked
package io.datalifecycle.dlt.row.internal;

import org.jspecify.annotations.NullMarked;
