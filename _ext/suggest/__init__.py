"""Passages that suit a chapter or some words, learned from what the book already quotes where.

``features`` says by what a passage is known; ``bayes`` learns themes from examples; ``rank`` puts unquoted passages in
order, each with its reason. None of it imports Sphinx.
"""
