"""The pure core: quotation and verification without Sphinx. Nothing here imports sphinx or docutils."""
