"""What packages do not promise and is used all the same: named, and still there."""

import ast
import multiprocessing
from multiprocessing import forkserver
from pathlib import Path

import docx
import docx.shape
import joblib._dask
import pytest
from joblib.externals.loky import process_executor

from vinhloc.review import borrowed


def table():
    return docx.Document().add_table(1, 1)


def paragraph():
    return docx.Document().add_paragraph()


# Package and name -> the object that must have it.
BORROWED = {
    "python: multiprocessing.forkserver _forkserver": lambda: forkserver,
    "python: ForkServer _forkserver_alive_fd": lambda: forkserver._forkserver,
    "python: process _config": multiprocessing.current_process,
    "joblib: joblib _dask": lambda: joblib,
    "joblib: joblib._dask DaskDistributedBackend": lambda: joblib._dask,
    "joblib: process_executor TerminatedWorkerError": lambda: process_executor,
    "python-docx: table _element": table,
    "python-docx: table _cells": table,
    "python-docx: row _element": lambda: table().rows[0],
    "python-docx: paragraph _element": paragraph,
    "python-docx: run _element": lambda: paragraph().add_run("x"),
    "python-docx: picture _inline": lambda: docx.shape.InlineShape(object()),
}


@pytest.mark.parametrize("what", BORROWED)
def test_the_package_still_has(what):
    assert hasattr(BORROWED[what](), what.split()[-1])


def test_all_that_is_borrowed_is_named_here():
    tree = ast.parse(Path(borrowed.__file__).read_text("utf-8"))
    used = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            used |= {*node.module.split("."), *(name.name for name in node.names)}
    private = {name for name in used if name.startswith("_")} - {"__future__"}
    assert private <= {what.split()[-1] for what in BORROWED}
