"""One function that warns. Type ``speech`` and a closed list of subtypes, so that each warning can be suppressed."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from .core.review.finding import Finding

_logger = logging.getLogger(__name__)


def warn(env: BuildEnvironment, findings: Iterable[Finding]) -> None:
    """Log findings as warnings at their file and line."""
    for finding in findings:
        # Sphinx takes a location without a colon for the name of a document.
        location = f"{finding.path}:{finding.line or 1}" if finding.path else None
        _logger.warning(finding.message, type="speech", subtype=str(finding.subtype), location=location)


def notice(message: str) -> None:
    """Tell the editor something that is not wrong."""
    _logger.info("提示：%s", message)
