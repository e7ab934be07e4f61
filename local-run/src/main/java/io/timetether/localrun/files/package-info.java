/**
 * Files that everything here needs: private ones, the ends of logs, whole folders that go. Never knowledge of what is in
 * them.
 */
@NullMarked
package io.timetether.localrun.files;

import org.jspecify.annotations.NullMarked;
