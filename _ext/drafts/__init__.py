"""A draft from an office desk (Word, text, web page, PDF): its quotations found, verified, and told in comments.

``read`` makes paragraphs of a file; ``quoted`` finds what they quote; ``judge`` verifies it against the archive;
``comments`` writes the same Word document with one comment a quotation. None of it imports Sphinx.
"""
