"""What is quoted from: records, received texts, their outline and their folded form."""
