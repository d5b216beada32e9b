"""A speech comes into the archive: text taken from an office's file, a record proposed, nothing overwritten.

``propose`` looks at the text and says what it seems to be; ``twins`` compares it with the archive; ``record`` writes
the TOML; ``store`` puts text, record and the received file in their places, all or none. None of it imports Sphinx.
"""
