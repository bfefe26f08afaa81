"""The command line before the service: options, words, JSON and exit codes."""

import json
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.schemas.replies import ReplyBody, SearchBody
from index.documents import Filter
from index.errors import NoIndexError, QuestionError, StorageError
from tests.support.fakes_api import FERRIES, NEWSLETTER, TOLLS, FakeService
from tests.support.fakes_cli import run

ANSWERED = "harbour tolls will go"
REFUSED = "volcano eruptions somewhere"
QUOTE = "The harbour tolls will go."
COMMANDS = (
    ["ask"],
    ["search"],
    ["quotes"],
    ["show"],
    ["verify"],
    ["serve"],
    ["demo"],
    ["index", "add"],
    ["index", "remove"],
    ["index", "rebuild"],
    ["index", "status"],
)


def failing(error: BaseException) -> Any:
    service = FakeService()
    service.failure = error  # type: ignore[assignment]  # Ctrl-C is no Exception, and is meant
    return service


def unwrapped(shown: str) -> str:
    """Without the box that Typer draws, whose lines break anywhere."""
    return " ".join(shown.replace("│", " ").split())


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_takes_json_and_data(command: list[str]) -> None:
    result = run(FakeService(), *command, "--help")

    assert result.exit_code == 0
    assert "--json" in result.stdout
    assert "--data" in result.stdout


def test_the_help_lists_the_commands_and_the_exit_codes() -> None:
    result = run(FakeService(), "--help")

    shown = unwrapped(result.stdout)
    assert all(f" {command[0]} " in shown for command in COMMANDS)
    assert "3 not on the record" in shown


def test_the_version_is_the_packages() -> None:
    assert run(FakeService(), "--version").stdout == f"onrecord {version('onrecord')}\n"


def test_help_loads_none_of_the_heavy_modules() -> None:
    code = "import sys, api.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout

    heavy = {"torch", "faiss", "fastapi", "uvicorn", "tantivy", "numpy", "pydantic", "rag.service"}
    assert not heavy & set(loaded.decode().split())


def test_an_answer_shows_the_quote_in_its_paragraph_with_outlet_and_date() -> None:
    result = run(FakeService(), "ask", ANSWERED)

    assert result.exit_code == 0
    assert result.stdout.startswith(f"»{QUOTE}« After four hours")
    assert "The Quay Courier, 4 March 2025" in result.stdout
    assert "article harbour-tolls 0:26" in result.stdout
    assert result.stderr == ""


def test_a_refusal_says_so_and_exits_3() -> None:
    result = run(FakeService(), "ask", REFUSED)

    assert result.exit_code == 3
    assert result.stdout.startswith("Not on the record. ")


@pytest.mark.parametrize(("question", "code"), [(ANSWERED, 0), (REFUSED, 3)])
def test_ask_prints_the_very_json_of_http(question: str, code: int) -> None:
    result = run(FakeService(), "ask", question, "--json", "--alternatives", "1")

    reply = FakeService().ask(question, alternatives=1)
    assert json.loads(result.stdout) == ReplyBody.of(reply).model_dump(mode="json")
    assert result.exit_code == code


def test_search_prints_the_very_json_of_http() -> None:
    result = run(FakeService(), "search", ANSWERED, "--json", "--limit", "2")

    reply = FakeService().search(ANSWERED, limit=2)
    assert json.loads(result.stdout) == SearchBody.of(reply).model_dump(mode="json")


def test_search_lists_passages_with_their_scores() -> None:
    result = run(FakeService(), "search", ANSWERED, "--timings")

    assert result.stdout.startswith(f"1. 1.00  {QUOTE}\n")
    assert result.stdout.endswith("total 1.5 ms\n")


def test_dates_and_outlets_reach_the_service_and_a_last_day_is_included() -> None:
    service = FakeService()

    run(service, "ask", "ferries", "--from", "2025-03-28", "--to", "2025-03-28", "--outlet", "A",
        "--outlet", "B", "--alternatives", "7")  # fmt: skip

    wanted = Filter(
        datetime(2025, 3, 28, tzinfo=UTC), datetime(2025, 3, 29, tzinfo=UTC), ("A", "B")
    )
    assert service.asked == [("ferries", wanted, 7)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--from", "yesterday"], ["--from", "'yesterday' is not a date"]),
        (["--from", "2025-03-02", "--to", "2025-03-01"], ["--from (2025-03-02) must come before"]),
        (["--alternatives", "-1"], ["--alternatives"]),
        (["--outlet", ""], ["--outlet"]),
    ],
    ids=["no date", "backwards", "negative", "empty outlet"],
)
def test_a_wrong_option_is_named_and_exits_2(options: list[str], words: list[str]) -> None:
    result = run(FakeService(), "ask", ANSWERED, *options)

    assert result.exit_code == 2
    assert all(word in unwrapped(result.stderr) for word in words), result.stderr


def test_a_question_that_cannot_be_asked_exits_2() -> None:
    result = run(failing(QuestionError("The question is empty.")), "ask", " ")

    assert (result.exit_code, result.stderr) == (2, "onrecord: The question is empty.\n")


def test_an_error_is_one_line_on_standard_error_and_exits_1() -> None:
    result = run(failing(NoIndexError("Nothing here: add \x1b[2J some.")), "ask", "x")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == "onrecord: Nothing here: add \ufffd[2J some.\n"


@pytest.mark.parametrize("args", [["ask", "x", "--json"], ["--json", "ask", "x"]])
def test_with_json_an_error_is_json_on_standard_output(args: list[str]) -> None:
    result = run(failing(StorageError("The disk is full.")), *args)

    error = {"type": "StorageError", "message": "The disk is full."}
    assert json.loads(result.stdout) == {"error": error}
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["ask", "--json"], "QUESTION"),
        (["ask", "--nope", "x", "--json"], "--nope"),
        (["--json", "ask", "x", "--from", "2024-99-99"], "--from"),
        (["--json", "--nope"], "--nope"),
        (["--json", "nope"], "nope"),
        (["--json"], "command"),
    ],
    ids=" ".join,
)
def test_with_json_being_asked_wrongly_is_json_too(args: list[str], words: str) -> None:
    result = run(FakeService(), *args)

    assert result.exit_code == 2
    assert words in json.loads(result.stdout)["error"]["message"]


def test_a_question_that_reads_like_an_option_asks_for_no_json() -> None:
    result = run(FakeService(), "ask", "--nope", "--", "--json")

    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["words", "json"])
@pytest.mark.parametrize("shell", ["{} >/dev/full", "{} >&-"], ids=["full", "closed"])
def test_standard_output_that_takes_nothing_ends_without_a_traceback(
    options: list[str], shell: str, tmp_path: Path
) -> None:
    command = shlex.join(
        [sys.executable, "-m", "api.cli", "index", "status", "--data", str(tmp_path), *options]
    )

    ran = subprocess.run(
        ["sh", "-c", shell.format(command)], capture_output=True, text=True, check=False
    )

    assert "Traceback" not in ran.stderr


def test_an_error_of_the_operating_system_names_the_file() -> None:
    result = run(failing(PermissionError(13, "Permission denied", "/x/y")), "ask", "x")

    assert (result.exit_code, result.stderr) == (1, "onrecord: /x/y: Permission denied\n")


def test_ctrl_c_exits_130_and_says_that_nothing_changed() -> None:
    result = run(failing(KeyboardInterrupt()), "ask", "x")

    assert (result.exit_code, result.stderr) == (130, "\nStopped. Nothing was changed.\n")


def test_ctrl_c_while_adding_says_what_is_safe(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("")

    result = run(failing(KeyboardInterrupt()), "index", "add", str(file))

    assert result.exit_code == 130
    assert "Stored articles are kept" in result.stderr


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    code = "import sys; from api.cli import main; sys.argv[1:] = ['--help']; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()

    assert complaint == b""


@pytest.mark.parametrize(
    ("args", "folder"),
    [
        (["--data", "one", "ask", "x"], "one"),
        (["ask", "x", "--data", "two"], "two"),
        (["--data", "one", "ask", "x", "--data", "two"], "two"),
        (["ask", "x"], None),
    ],
    ids=["before", "after", "both", "neither"],
)
def test_the_data_folder_may_stand_before_or_after_the_command(
    args: list[str], folder: str | None
) -> None:
    asked: list[Path | None] = []

    def opener(data: Path | None) -> FakeService:
        asked.append(data)
        return FakeService()

    CliRunner().invoke(app, args, obj=opener)

    assert asked == [folder and Path(folder)]


def test_a_service_is_closed_even_when_it_fails() -> None:
    service = failing(NoIndexError("Nothing."))

    run(service, "ask", "x")

    assert service.closed


def test_colour_stays_off_in_a_pipe_and_under_no_color() -> None:
    piped = run(FakeService(), "ask", ANSWERED)
    forced = run(FakeService(), "ask", ANSWERED, FORCE_COLOR="1", TERM="xterm")
    refused_colour = run(FakeService(), "ask", ANSWERED, FORCE_COLOR="1", NO_COLOR="1")

    assert "\x1b" not in piped.stdout
    assert f"\x1b[1;4m{QUOTE}" in forced.stdout
    assert "\x1b" not in refused_colour.stdout
    assert f"»{QUOTE}«" in refused_colour.stdout


def test_show_prints_particulars_revisions_and_the_whole_text() -> None:
    result = run(FakeService(), "show", TOLLS.id)

    assert result.exit_code == 0
    assert result.stdout.startswith("Harbour tolls to end in spring\n")
    assert f"{TOLLS.revision}  2025-04-02 06:30 UTC  (this one)" in result.stdout
    assert result.stdout.endswith(f"{TOLLS.text}\n")


def test_show_dims_page_debris() -> None:
    result = run(FakeService(), "show", TOLLS.id, FORCE_COLOR="1", TERM="xterm")

    assert f"\x1b[2m{NEWSLETTER}\x1b[0m" in result.stdout


def test_show_prints_an_article_as_http_does() -> None:
    shown = json.loads(run(FakeService(), "show", FERRIES.id, "--json").stdout)

    assert shown["text"] == FERRIES.text
    assert shown["published_at"] == "2025-03-28T08:00:00Z"
    assert [past["revision"] for past in shown["revisions"]] == [FERRIES.revision]


def test_an_unknown_article_exits_1() -> None:
    result = run(FakeService(), "show", "nowhere")

    assert result.exit_code == 1
    assert "'nowhere'" in result.stderr


def answer_body() -> Any:
    return json.loads(run(FakeService(), "ask", ANSWERED, "--json").stdout)


@pytest.mark.parametrize("shape", ["answer", "citations", "list"])
def test_verify_takes_an_answer_or_its_citations_and_exits_0_when_all_hold(shape: str) -> None:
    body = answer_body()
    shapes = {"answer": body, "citations": {"citations": body["citations"]}}

    result = run(
        FakeService(), "verify", "-", stdin=json.dumps(shapes.get(shape, body["citations"]))
    )

    assert result.exit_code == 0
    assert result.stdout == "verified  harbour-tolls 0:26  Verbatim.\n1 of 1 verified.\n"


def test_verify_exits_3_when_one_does_not_hold(tmp_path: Path) -> None:
    first, *_ = answer_body()["citations"]
    file = tmp_path / "citations.json"
    file.write_text(json.dumps([first, first | {"quote": "The harbour tolls stay."}]))

    told = run(FakeService(), "verify", str(file))
    verdicts = json.loads(run(FakeService(), "verify", str(file), "--json").stdout)

    assert told.exit_code == 3
    assert "FAILED    harbour-tolls 0:26  It reads otherwise.\n1 of 2 verified." in told.stdout
    assert [verdict["verified"] for verdict in verdicts["citations"]] == [True, False]
    assert not verdicts["verified"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("not json", "is not JSON"),
        ("\udcff".encode(errors="surrogateescape").decode("latin-1"), "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("{}", "no citations found"),
        ("[]", "no citations found"),
        ('"text"', "no citations found"),
        ('[{"article_id": "a", "start": 0, "end": 1}]', "citation 1, quote"),
        ('[{"start": 0, "end": 1, "quote": "x"}]', "citation 1"),
    ],
    ids=["words", "latin", "deep", "empty", "none", "string", "no quote", "no article"],
)
def test_verify_exits_2_on_what_holds_no_citations(given: str, words: str) -> None:
    result = run(FakeService(), "verify", "-", stdin=given)

    assert result.exit_code == 2
    assert words in unwrapped(result.stderr)


@pytest.mark.parametrize("name", ["none.json", "."], ids=["missing", "folder"])
def test_verify_exits_2_when_the_file_cannot_be_read(tmp_path: Path, name: str) -> None:
    result = run(FakeService(), "verify", str(tmp_path / name))

    assert result.exit_code == 2
    assert "cannot be read" in unwrapped(result.stderr)
