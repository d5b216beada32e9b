"""One entry of a list of references by GB/T 7714-2025, and its exchange formats. Pure: knows neither Sphinx nor speeches."""
