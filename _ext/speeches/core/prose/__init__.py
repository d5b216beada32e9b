"""The editor's own words: source wording that nobody attributed, and office terms."""
