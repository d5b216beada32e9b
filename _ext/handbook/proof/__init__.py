"""付印前核对: what was printed is read back, from the PDF and from the HTML, and compared with the speeches.

Texts are compared verbatim, white space and line ends apart; then what was read is verified against the archive as it is
now.
"""

from .form import Proof, printed_form
from .paper import check_pdf
from .site import check_html

__all__ = ["Proof", "check_html", "check_pdf", "printed_form"]
