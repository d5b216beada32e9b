"""The values of conf.py that an extension knows, as one frozen dataclass. Pure: the application is only handed what it adds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Values = TypeVar("Values", bound=DataclassInstance)

Rebuild = Literal["", "env", "html"]


def value(default: object, description: str, *, rebuild: Rebuild = "", kinds: Collection[type] = ()) -> Any:
    """A field: its default, what it means, what is made again when it changes, the types it may have in conf.py."""
    return field(
        default_factory=lambda: default.copy() if hasattr(default, "copy") else default,
        metadata={
            "default": default,
            "rebuild": rebuild,
            "kinds": kinds or (type(default),),
            "description": description,
        },
    )


def declared(values: type[Values], prefix: str) -> Iterator[tuple[str, object, Rebuild, Collection[type], str]]:
    """The arguments of ``Sphinx.add_config_value`` for each field."""
    for item in fields(values):
        told = item.metadata
        yield f"{prefix}{item.name}", told["default"], told["rebuild"], told["kinds"], told["description"]


def in_force(values: type[Values], config: object, prefix: str) -> dict[str, Any]:
    """Field → what conf.py says."""
    return {item.name: getattr(config, f"{prefix}{item.name}") for item in fields(values)}
