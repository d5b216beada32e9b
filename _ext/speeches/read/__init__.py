"""A document becomes records; no verdict."""
