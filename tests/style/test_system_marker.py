"""A test that needs a program says so; it is never lost without a word."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).parents[1] / "conftest.py"
TESTS = """
    import pytest

    @pytest.mark.system("chromium")
    def test_page(): pass

    @pytest.mark.system("chromium", "pdftotext")
    def test_pdf(): pass

    def test_figures(): pass
"""


@pytest.fixture
def suite(pytester, monkeypatch):
    """Three tests beside the project's conftest, on a computer without programs."""
    for name in ("CI", "PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PATH", str(pytester.mkdir("empty")))
    pytester.makeconftest(CONFTEST.read_text("utf-8"))
    pytester.makeini("[pytest]\nmarkers = system(*programs): needs programs")
    pytester.makepyfile(TESTS)
    return pytester


@pytest.mark.parametrize("workers", ["0", "2"])
def test_missing_programs_are_listed_at_the_end(suite, workers):
    run = suite.runpytest("-p", "xdist", "-n", workers)
    run.assert_outcomes(passed=1, skipped=2)
    run.stdout.fnmatch_lines(
        [
            "*= could not run here =*",
            "2 tests need chromium: apt install chromium",
            "1 test needs pdftotext: apt install poppler-utils",
        ],
        consecutive=True,
    )


def test_in_ci_a_missing_program_is_a_failure(suite, monkeypatch):
    monkeypatch.setenv("CI", "true")
    run = suite.runpytest()
    run.assert_outcomes(passed=1, errors=2)
    run.stdout.fnmatch_lines(["*needs chromium: apt install chromium*in CI*"])
    run.stdout.no_fnmatch_line("*could not run here*")


def test_nothing_is_listed_where_the_programs_are(suite, monkeypatch):
    programs = suite.mkdir("programs")
    for name in ("chromium", "pdftotext"):
        for file in (programs / name, programs / f"{name}.exe"):
            file.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(programs))
    run = suite.runpytest()
    run.assert_outcomes(passed=3)
    run.stdout.no_fnmatch_line("*could not run here*")


def test_a_program_without_a_known_package_is_a_failure(suite):
    suite.makepyfile(
        test_other="""
        import pytest

        @pytest.mark.system("chromiun")
        def test_misspelt(): pass
        """
    )
    run = suite.runpytest("test_other.py")
    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines(["*not in PACKAGES*chromiun*"])


def test_frame_reads_indented_csv(frame):
    read = frame("""
        commune, year, actual
        Bình Minh, 2027, 1.5
        Vĩnh Lộc,  2028,
        """)
    assert list(read.columns) == ["commune", "year", "actual"]
    assert read["commune"].tolist() == ["Bình Minh", "Vĩnh Lộc"]
    assert read["year"].tolist() == [2027, 2028]
    assert read["actual"].isna().tolist() == [False, True]
