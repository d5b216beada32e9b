"""What is left of a style sheet when a site cannot use all of it."""

from __future__ import annotations

import pytest

from booksite.sheets import names_of, needed, properties_of

PAGE = '<html><body class="a b"><p id="one">text class="no"</p><table><tr></tr></table></body></html>'
NAMES = names_of([PAGE], ["element.classList.add('made-later')"])


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".a{color:red}", ".a{color:red;}"),
        (".missing{color:red}", ""),
        (".a .missing{color:red}.b{top:0}", ".b{top:0;}"),
        (".a,.missing{color:red}", ".a{color:red;}"),
        ("#one{top:0}#two{top:0}", "#one{top:0;}"),
        (".made-later{top:0}", ".made-later{top:0;}"),
        ("tbody>tr{top:0}kbd{top:0}", "tbody>tr{top:0;}"),
        (".a:not(.missing):hover::before{top:0}", ".a:not(.missing):hover::before{top:0;}"),
        ("[data-x=missing]{top:0}*{top:0}", "[data-x=missing]{top:0;}*{top:0;}"),
        ("@media print{.a{top:0}.missing{top:0}}", "@media print{.a{top:0;}}"),
        ("@media print{.missing{top:0}}", ""),
        ("@keyframes x{0%{top:0}}", "@keyframes x{0%{top:0}}"),
        ("/*! licence */.missing{top:0}", "/*! licence */"),
        (".a{--used:1px;--unused:2px;top:var(--used)}", ".a{--used:1px;top:var(--used);}"),
        ('.a{content:"}"!important}', '.a{content:"}" !important;}'),
    ],
)
def test_only_what_can_match_is_left(sheet: str, left: str) -> None:
    assert (
        needed(sheet, NAMES, properties_of([sheet]))
        .replace("{ ", "{")
        .replace(": ", ":")
        .replace("!important", " !important")
        .replace("  ", " ")
        == left
    )


def test_a_property_that_another_sheet_asks_for_stays() -> None:
    assert "--x" in needed("body{--x:1px}", NAMES, properties_of([".a{top:var(--x, 2px)}"]))
