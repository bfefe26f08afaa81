"""The tests about the tests: each asserts something, and none patches our own code."""

import ast
from collections.abc import Iterator

import pytest

from tests.support.places import ROOMS, ROOT

TESTS = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8"))
    for path in sorted((ROOT / "tests").rglob("*.py"))
}
PATCHES = {"setattr", "setitem", "delattr", "delitem", "patch"}
CHECKS = {"raises", "warns", "run_state_machine_as_test"}
FAILS = ("assert", "check", "expect")
"""How the name of a helper begins that fails the test by itself."""


def called(call: ast.Call) -> str:
    """The last part of the name of what is called: `raises` of `pytest.raises(...)`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def asserts(test: ast.FunctionDef, helpers: dict[str, ast.FunctionDef]) -> bool:
    """Whether a test can fail by what it finds, itself or in a helper of the same file."""
    if any(isinstance(node, ast.Assert) for node in ast.walk(test)):
        return True
    names = {called(call) for call in calls(test)}
    if any(name in CHECKS or name.startswith(FAILS) for name in names):
        return True
    others = {name: helper for name, helper in helpers.items() if name != test.name}
    return any(asserts(others[name], others) for name in names & others.keys())


def ours(tree: ast.Module) -> set[str]:
    """The names under which a file knows modules, classes and functions of our packages."""
    names: set[str] = set()
    for node in ast.walk(tree):
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
            if (module or alias.name).split(".")[0] in ROOMS:
                names.add((alias.asname or alias.name).split(".")[0])
    return names


def patched(call: ast.Call) -> str:
    """What a patch replaces: `time` of `setattr(time, "monotonic", ...)`."""
    [target, *_] = [*call.args, ast.Constant("")]
    text = str(target.value) if isinstance(target, ast.Constant) else ast.unparse(target)
    return text.split(".")[0]


def idle(tree: ast.Module) -> list[str]:
    """The tests of a file that pass whatever they find."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    tests = [node for name, node in functions.items() if name.startswith("test_")]
    return [test.name for test in tests if not asserts(test, functions)]


def own_patches(tree: ast.Module) -> list[str]:
    """Settings are set in the environment, fakes are handed in; other libraries may be patched."""
    patches = [call for call in calls(tree) if called(call) in PATCHES]
    forbidden = ours(tree) | ROOMS
    return [ast.unparse(call) for call in patches if patched(call) in forbidden]


def test_every_test_asserts_something() -> None:
    assert {name: found for name, tree in TESTS.items() if (found := idle(tree))} == {}


def test_no_test_patches_our_own_code() -> None:
    assert {name: found for name, tree in TESTS.items() if (found := own_patches(tree))} == {}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("assert one()", []),
        ("with pytest.raises(ValueError): one()", []),
        ("check_page(page)", []),
        ("one()", ["test_it"]),
        ("helper()", []),
    ],
)
def test_an_idle_test_is_found(body: str, found: list[str]) -> None:
    assert idle(ast.parse(f"def helper(): assert one()\ndef test_it():\n {body}")) == found


@pytest.mark.parametrize(
    ("patch", "found"),
    [
        ("monkeypatch.setattr(service, 'ask', one)", True),
        ("monkeypatch.setattr('rag.service.Service.ask', one)", True),
        ("monkeypatch.setattr(time, 'monotonic', one)", False),
        ("monkeypatch.setenv('ONRECORD_DATA', 'here')", False),
    ],
)
def test_a_patch_of_our_own_code_is_found(patch: str, found: bool) -> None:
    tree = ast.parse(f"import time\nfrom rag import service\n{patch}")

    assert bool(own_patches(tree)) == found
