"""Each module says in `__all__` what others may use, and the errors are drawn as they are."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

from assistant import errors
from assistant.settings import PROJECT


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts)


FILES = {name_of(path): path for path in sorted((PROJECT / "assistant").rglob("*.py"))}
MODULES = [name for name in FILES if not name.endswith(("__init__", "__main__"))]
USERS = [*FILES.values(), PROJECT / "ingest.py"]


def order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions; each by name."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def imports(path: Path) -> list[tuple[str, str]]:
    """Every (module, name) that a file takes from the package."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in MODULES
        for alias in node.names
    ]


@pytest.mark.parametrize("module", MODULES)
def test_all_is_sorted_and_true(module):
    found = importlib.import_module(module)
    names = list(found.__all__)
    assert names == sorted(names, key=order)
    assert len(names) == len(set(names))
    for name in names:
        assert not name.startswith("_")
        here = getattr(getattr(found, name), "__module__", module)
        assert here == module or not here.startswith("assistant"), f"{name} is of {here}"


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.name)
def test_only_public_names_are_taken_from_another_module(path):
    for module, name in imports(path):
        public = importlib.import_module(module).__all__
        assert name in public, f"{path.name} takes {name} from {module}"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_opens_with_what_it_does(module):
    doc = importlib.import_module(module).__doc__
    assert doc
    assert doc.split("\n", 1)[0].rstrip().endswith((".", ":")), "the first line is a sentence"


def test_the_errors_tree_names_every_error_under_its_parent():
    classes = {
        name: value
        for name, value in vars(errors).items()
        if inspect.isclass(value) and value.__module__ == errors.__name__
    }
    drawn = re.findall(r"^( {4}[│├└─ ]*)(\w+) {2,}\S", errors.__doc__, re.MULTILINE)
    assert {name for _, name in drawn} == set(classes) == set(errors.__all__)
    assert len(drawn) == len(classes)
    above: dict[int, str] = {}
    for branch, name in drawn:
        depth = len(branch)
        above[depth] = name
        parents = [at for at in above if at < depth]
        parent = above[max(parents)] if parents else "Exception"
        assert classes[name].__bases__[0].__name__ == parent


def test_every_error_can_be_caught_as_one():
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), errors.AssistantError)


@pytest.mark.parametrize("lower", ["corpus", "index", "retrieval"])
def test_data_goes_forward_only(lower):
    stages = ["corpus", "index", "retrieval", "answering", "web"]
    later = stages[stages.index(lower) + 1 :]
    for name, path in FILES.items():
        if name.startswith(f"assistant.{lower}."):
            taken = {module.split(".")[1] for module, _ in imports(path)}
            assert not taken & set(later), name
