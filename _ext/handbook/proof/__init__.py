"""付印前核对: everything that the PDF and the site say is read back and compared with the reading text of the book.

Verbatim, white space and line ends apart, run by run and in order; what a book prints of itself is checked by rule.
"""

from .expected import Expected, expect
from .form import Proof
from .paper import check_pdf
from .site import check_html

__all__ = ["Expected", "Proof", "check_html", "check_pdf", "expect"]
