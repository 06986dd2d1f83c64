"""The command line: what it says, what it leaves, and its exit codes."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from contextvars import Context
from pathlib import Path

import nbformat
import pytest
from published import ROOT, snapshot, vinhloc
from sao_mai import write_programme

from vinhloc.commands.cli import main
from vinhloc.figures import told, why_refused
from vinhloc.figures.faults import REFUSALS

RAW = ROOT / "data" / "raw"


@pytest.fixture
def raw(tmp_path):
    """Return a copy of the programme's data that a test may spoil."""
    return Path(shutil.copytree(RAW, tmp_path / "data" / "raw"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_check_accepts_the_programme_and_says_what_it_holds():
    done = vinhloc("check")
    assert done.returncode == 0
    assert "chỉ tiêu" in done.stdout


def test_check_reports_every_problem_at_once_with_file_row_and_column(raw):
    spoil(raw / "targets.csv", ",97.5,", ',"97,5",')
    spoil(raw / "breaks.csv", "2019,12", "hai nghìn,12")
    spoil(raw / "actuals" / "public.csv", "street_naming_done", "street_nameing")
    done = vinhloc("check", "--data", raw)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert any("targets.csv" in x and "«value»" in x and "97,5" in x for x in lines)
    assert any("breaks.csv" in x and "hai nghìn" in x for x in lines)
    assert any("actuals/public.csv" in x and "street_nameing" in x for x in lines)
    assert all("Traceback" not in x for x in lines)


def test_check_speaks_english_when_asked(raw):
    spoil(raw / "indicators.csv", ",up,", ",upwards,")
    by_option = vinhloc("check", "--data", raw, "--lang", "en")
    by_variable = vinhloc("check", "--data", raw, VINHLOC_LANG="en")
    assert "one of: up, down, none" in by_option.stderr
    assert by_option.stderr == by_variable.stderr


def test_strict_turns_a_question_into_exit_code_2(raw):
    spoil(raw / "indicators.csv", ",sao,0,up,last,,,0,5,", ",sao,0,up,last,,,4,5,")
    assert vinhloc("check", "--data", raw).returncode == 0
    asked = vinhloc("check", "--data", raw, "--strict")
    assert asked.returncode == 2
    assert "Câu hỏi: actuals/public.csv, dòng" in asked.stdout


def test_check_compares_the_figures_with_a_text_of_the_source(raw, tmp_path):
    figures = raw / "source_figures.csv"
    header = "locator,ordinal,as_printed,value,unit,used_by,reason\n"
    figures.write_text(header + "I,1,1,,,,section_number\nI/1,2,75,75,%,x 2025,\n")
    text = tmp_path / "source.txt"
    text.write_text("I. MỤC 1\nđạt 75%\n", "utf-8")
    sha = "3a79d3f8"
    toml = raw / "programme.toml"
    content = toml.read_text("utf-8")
    content = content[: content.index("[source]")]
    toml.write_text(
        content + f'[source]\nsections = ["I"]\nsha256 = "{sha}"\n', "utf-8"
    )
    wrong = vinhloc("check", "--data", raw, "--source", text)
    assert wrong.returncode == 2
    assert sha in wrong.stderr
    text.write_text("I. MỤC 1\nđạt 76%\n", "utf-8")
    changed = vinhloc("check", "--data", raw, "--source", text)
    assert "76" in changed.stderr
    assert "75" in changed.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["review", "--yeer", "2023"], "--yeer"),
        (["review", "--year", "2031"], "2020-2025"),
        (["review", "--year", "twenty"], "--year"),
        (["review", "--lang", "fr"], "vi, en"),
        (["review", "--as-of", "31/12/2023"], "31/12/2023"),
        (["review", "--data", "no/such/folder"], "no/such/folder"),
        (["revue"], "check, build, new, review, verify"),
        (["form", "--year", "2031"], "năm 2031 nằm ngoài nhiệm kỳ 2020-2025"),
        (["status", "--year", "2031"], "năm 2031 nằm ngoài nhiệm kỳ 2020-2025"),
        (["import", "x.csv", "--year", "2031"], "năm 2031 nằm ngoài nhiệm kỳ"),
        (["import", "x.csv", "--as-of", "31/12/2023"], "31/12/2023"),
        (["form", "--year", "2023", "--theme", "nope"], "«nope»; các lĩnh vực: agric"),
        (["form", "--year", "2023", "--department", "x"], "«x»; các bộ phận: dia-"),
        (["history", "clean watr"], "không có chỉ tiêu «clean watr»; gần nhất"),
    ],
)
def test_a_wrong_call_gets_one_clear_error_and_exit_code_2(arguments, says, tmp_path):
    out = ["--out", tmp_path / "out"] if arguments[0] == "review" else []
    done = vinhloc(*arguments, *out)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


OUTSIDE = {
    "review": ["--year", "2026", "--format", "xlsx"],
    "build": [],
    "form": ["--year", "2026"],
    "roll-up": ["--year", "2026"],
    "review-all": ["--year", "2026", "--format", "xlsx"],
}


def writing(command: str, place: Path, out: Path) -> list:
    """Return a call of a command that writes, for a programme in a collection."""
    folder = place / "communes" / "an-lac"
    if not folder.exists():
        write_programme(folder)
    of = [folder.parent] if command in ("roll-up", "review-all") else ["--data", folder]
    return [command, *of, *OUTSIDE[command], "--out", out]


@pytest.mark.parametrize("command", OUTSIDE)
def test_no_command_publishes_into_the_data(command, tmp_path):
    out = tmp_path / "communes" / "an-lac" / "actuals" / "out"
    call = writing(command, tmp_path, out)
    before = snapshot(tmp_path)
    done = vinhloc(*call)
    assert done.returncode == 2
    assert "nằm trong thư mục dữ liệu" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert snapshot(tmp_path) == before


def test_no_result_of_a_run_is_written_into_the_data(tmp_path):
    folder, out = write_programme(tmp_path / "raw").path, tmp_path / "out"
    call = ["review", "--data", folder, "--year", 2026, "--format", "xlsx"]
    done = vinhloc(*call, "--out", out, "--notify-file", folder / "run.json")
    assert (done.returncode, out.exists()) == (2, False)
    assert "nằm trong thư mục dữ liệu" in done.stderr
    assert not (folder / "run.json").exists()


@pytest.mark.parametrize("command", [*OUTSIDE, "new"])
def test_what_cannot_be_written_is_one_line_and_exit_code_3(command, tmp_path):
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "below"
    call = ["new", out] if command == "new" else writing(command, tmp_path, out)
    done = vinhloc(*call)
    assert done.returncode == 3
    if command == "review-all":
        assert "an-lac: không đọc hoặc không ghi được" in done.stderr
    else:
        assert "không đọc hoặc không ghi được" in done.stderr
    assert str(tmp_path / "file") in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_result_that_cannot_be_written_is_one_line_and_exit_code_3(tmp_path):
    (tmp_path / "file").touch()
    folder, out = write_programme(tmp_path / "raw").path, tmp_path / "out"
    call = ["review", "--data", folder, "--year", 2026, "--format", "xlsx"]
    done = vinhloc(*call, "--out", out, "--notify-file", tmp_path / "file" / "run.json")
    assert done.returncode == 3
    assert "không đọc hoặc không ghi được" in done.stderr
    assert len(done.stderr.splitlines()) == 1


OUTPUTS = [["--help"], ["build", "--help"], ["status", "--year", "2023"]]


def printed_to(stdout, *arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "vinhloc", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, stdout=stdout, stderr=-1, text=True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("call", OUTPUTS)
def test_an_output_that_is_full_is_one_line_and_exit_code_3(call):
    with Path("/dev/full").open("w") as full:
        done = printed_to(full, *call)
    assert done.returncode == 3
    assert "không ghi được" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("call", OUTPUTS)
def test_an_output_that_nobody_reads_to_its_end_is_no_error_of_ours(call):
    read, write = os.pipe()
    os.close(read)
    done = printed_to(write, *call)
    os.close(write)
    assert (done.returncode, done.stderr) == (3, "")


@pytest.mark.parametrize(
    "error", [ValueError("x"), FileNotFoundError("x"), KeyError(1)]
)
def test_an_error_of_ours_is_not_laid_on_the_data(error, monkeypatch, capsys):
    def broken(*_given, **_options):
        raise error

    monkeypatch.setattr("vinhloc.data.load", broken, raising=False)
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == 3
    told, *details = capsys.readouterr().err.splitlines()
    assert told.startswith(f"Lỗi: bộ công cụ tự gặp lỗi ({type(error).__name__})")
    assert details[0].startswith("Traceback")
    assert "in broken" in "\n".join(details)


def test_an_error_of_ours_in_a_review_leaves_its_traceback_in_the_log(
    tmp_path, monkeypatch, capsys
):
    def broken(*_given, **_options):
        raise ValueError("x")

    monkeypatch.setattr("vinhloc.review.publish.load", broken)
    folder, out = write_programme(tmp_path / "raw").path, tmp_path / "out"
    call = ["review", "--data", folder, "--year", 2026, "--out", out]
    notify = tmp_path / "run.json"
    with pytest.raises(SystemExit) as ended:
        main([*map(str, call), "--format=xlsx", f"--notify-file={notify}"])
    assert ended.value.code == 3
    (log,) = (out / "runs").glob("*.jsonl")
    (told,) = capsys.readouterr().err.splitlines()
    assert told.endswith(f"(ValueError); hãy báo lại kèm chi tiết: {log}")
    assert "in broken" in json.loads(log.read_text("utf-8"))["traceback"]
    assert json.loads(notify.read_text("utf-8"))["result"] == "failed"


def test_a_cell_without_end_is_a_fault_of_the_data_in_a_review_too(tmp_path):
    folder = write_programme(tmp_path / "raw").path
    with (folder / "themes.csv").open("a") as file:
        file.write(f"{'x' * 200_000},9,x,x\n")
    done = vinhloc("review", "--data", folder, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.startswith("Lỗi: themes.csv")
    assert not (tmp_path / "out").exists()


def test_help_needs_no_manual():
    texts = {
        name: vinhloc(name, "--help").stdout for name in ("check", "build", "review")
    }
    assert "--strict" in texts["check"]
    assert "data/processed" in texts["build"]
    for option in ("--year", "--data", "--lang", "--as-of", "--out", "--force"):
        assert option in texts["review"]
    assert "Cách dùng" in texts["review"]
    assert "Usage" in vinhloc("review", "--help", "--lang", "en").stdout


def test_review_publishes_pages_notebooks_assessment_and_manifest(reviews):
    review = reviews.published()
    files = [path for path in review.rglob("*") if path.is_file()]
    names = {path.relative_to(review).as_posix() for path in files}
    assert {"index.html", "overview.html", "overview.ipynb"} <= names
    assert {"agriculture.html", "agriculture.ipynb"} <= names
    manifest = json.loads((review / "manifest.json").read_text("utf-8"))
    assert set(manifest["outputs"]) == names - {"manifest.json"}
    assert manifest["parameters"]["year"] == int(review.name)


def test_a_notebook_that_fails_leaves_the_earlier_report_and_its_own_copy(tmp_path):
    from vinhloc.review.notebooks import Failed
    from vinhloc.review.run import run_review

    first = _notebook(tmp_path / "00_only.ipynb", "print('published')")
    out = tmp_path / "out"
    asked = _request(tmp_path, first)
    index = run_review(asked)
    before = snapshot(index.parent)
    _notebook(first, "print('kept')", "1 / 0")
    with pytest.raises(Failed, match="ZeroDivisionError") as failed:
        run_review(asked)
    assert snapshot(index.parent) == before
    assert "kept" in failed.value.copy.read_text("utf-8")
    assert not list(out.glob(".staging*"))


def test_a_parameter_that_a_notebook_lacks_is_refused_before_anything_runs(tmp_path):
    from vinhloc.review.notebooks import UnknownParameter
    from vinhloc.review.run import run_review

    path = _notebook(tmp_path / "00_only.ipynb", "1 / 0", parameters="year = 0")
    with pytest.raises(UnknownParameter, match="as_of, data, lang"):
        run_review(_request(tmp_path, path))


def test_a_second_run_with_nothing_changed_keeps_the_report(tmp_path):
    from vinhloc.review.run import run_review

    runs = []
    path = _notebook(tmp_path / "00_only.ipynb", "1")

    def publish(**options):
        steps = []
        asked = _request(tmp_path, path)
        run_review(asked, on_step=steps.append, **options)
        runs.append(len(steps))

    publish()
    publish()
    publish(force=True)
    (tmp_path / "out" / "2026" / "index.html").write_text("edited by hand")
    publish()
    assert runs == [2, 1, 2, 2]
    assert "edited" not in (tmp_path / "out" / "2026" / "index.html").read_text()


def test_progress_is_said_in_the_language_of_the_review(tmp_path):
    from contextvars import copy_context

    from vinhloc.figures.translation import use_language
    from vinhloc.review.run import run_review

    path, steps = _notebook(tmp_path / "00_only.ipynb", "1"), []

    def publish():
        use_language("en")
        asked = _request(tmp_path, path, lang="en")
        run_review(asked, on_step=steps.append)

    copy_context().run(publish)
    assert len(steps) == 2
    assert not [step for step in steps if step.startswith("Đã")]


def _request(place: Path, *notebooks: Path, **options):
    """Return a request for the pages of a small programme, with these notebooks."""
    from vinhloc.review.request import Request

    folder = write_programme(place / "data" / "raw").path
    facts = {"year": 2026, "formats": ("html",), "only": notebooks}
    return Request(folder=folder, out=place / "out", **facts, **options)


def _notebook(path: Path, *sources: str, parameters=None) -> Path:
    given = parameters or 'year = 0\ndata = ""\nlang = "vi"\nas_of = ""'
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {
        "name": "python3",
        "language": "python",
        "display_name": "Python 3",
    }
    tagged = nbformat.v4.new_code_cell(given, metadata={"tags": ["parameters"]})
    code = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook.cells = [nbformat.v4.new_markdown_cell("# Only"), tagged, *code]
    nbformat.write(notebook, path)
    return path


CALLS = [
    (["check", "x"], "thừa: x", "too much: x"),
    (["check", "--data"], "--data cần một giá trị", "--data needs a value"),
    (["check", "--strict=1"], "--strict không nhận giá trị", "--strict takes no value"),
    (["new"], "THƯ_MỤC: chưa ghi", "FOLDER: is missing"),
    (["review-all", ".", "--jobs", "a"], "cần số nguyên", "a whole number"),
    (["review", "--wait", "abc"], "cần một số, không âm", "a number, not negative"),
    (["roll-up", "no-such"], "cần một thư mục có thật", "a folder that is there"),
    (["form", "--out", "."], "cần một tệp, không phải thư mục", "a file, not a folder"),
    (["check", "--write"], "--write cần có --source", "--write needs --source"),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: " ".join(call[0]))
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_faulty_call_is_told_in_one_language(call, lang, monkeypatch, capsys):
    monkeypatch.setenv("VINHLOC_LANG", lang)
    arguments, *said = call
    with pytest.raises(SystemExit) as left:
        Context().run(main, arguments)  # in no language that a test has set
    assert left.value.code == 2
    error = capsys.readouterr().err
    assert said[lang == "en"] in error
    assert not re.search(r"valid|exist|argument|require|unexpected", error)


def test_every_refusal_of_a_system_has_its_words():
    for number in REFUSALS:
        error = OSError(number, "No space left on device", "x.csv")
        assert why_refused(error) != ""
        assert errno.errorcode[number] not in why_refused(error)
        assert "No space" not in str(told(error))
