"""What a reader changed in the Word file of the book: told by the chapter's file and line, quotations first. Pure.

``read`` takes a revised file apart, ``compare`` finds what is not as it was written, ``telling`` says it.
"""
