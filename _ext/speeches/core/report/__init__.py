"""The report of a build, its digest, and the comparison of two."""
