"""One build's check: records, archive and lock become findings."""
