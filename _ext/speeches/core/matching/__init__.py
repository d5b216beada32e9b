"""A printed text against the archive: readings, places, marks, sense, and the verdict."""
