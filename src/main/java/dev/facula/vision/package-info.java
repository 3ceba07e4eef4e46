/** Published image data sets, folders of images, and transforms of images. */
@NullMarked
package dev.facula.vision;

import org.jspecify.annotations.NullMarked;
