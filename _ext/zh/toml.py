"""A TOML file that may come from anyone: what is wrong with it is always one kind of error, told in Chinese."""

from __future__ import annotations

import re
import tomllib


class TomlError(ValueError):
    """The text is no TOML that can be read; ``line``, from 1, where that is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def from_toml(source: str) -> dict[str, object]:
    """The tables. TomlError also for numbers too long to be read and for brackets in brackets without end."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line ([0-9]{1,9})", str(error))
        raise TomlError(f"不是合法的 TOML，请检查引号、方括号和等号：{error}", int(line[1]) if line else None) from None
    except ValueError:
        raise TomlError("有一个数太长，读不懂，请改正") from None
    except RecursionError:
        raise TomlError("括号套得太深，读不懂，请改正") from None
