"""A claim against the lock: what someone accepted, what changed since, what to do."""
