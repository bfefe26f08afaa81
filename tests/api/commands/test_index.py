"""`onrecord index` and `onrecord demo` over a real data folder; only the encoder is a fake."""

import json
import os
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.jobs.job import JobKind
from api.jobs.store import JobStore
from api.schemas.replies import IndexBody
from eval.datasets.loading import demo_questions
from index.documents import Article
from index.errors import DamagedIndexError
from tests.support.fakes import silent
from tests.support.fakes_cli import Shell, failing, run, unwrapped

SENTENCE = "The ferry to the islands will sail at noon from the north quay from Monday."
TEXT = f"{SENTENCE} The harbour master said that the south quay was to be repaired first."


def record(name: str, text: str = TEXT) -> dict[str, Any]:
    return {"id": name, "title": f"On {name}", "text": text, "published_at": "2025-03-04"}


def lines(path: Path, records: Iterable[object]) -> str:
    path.write_text("".join(f"{json.dumps(each)}\n" for each in records))
    return str(path)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "data")


@pytest.fixture
def good(tmp_path: Path) -> str:
    return lines(tmp_path / "good.jsonl", [record("one"), record("two", TEXT * 2)])


@pytest.fixture
def mixed(tmp_path: Path) -> str:
    return lines(tmp_path / "mixed.jsonl", [record("one"), ["no object"]])


def test_added_articles_can_be_asked_about(shell: Shell, good: str) -> None:
    added = shell.run("index", "add", good)
    asked = shell.json("search", "When will the ferry sail from the north quay?")

    assert added.exit_code == 0
    assert added.stdout.startswith("Articles: 2 added.\n")
    assert "The index holds 2 articles" in added.stdout
    assert SENTENCE in asked["hits"][0]["quote"]


def test_adding_again_changes_and_embeds_nothing(shell: Shell, good: str) -> None:
    first = shell.json("index", "add", good)
    again = shell.json("index", "add", good)

    assert (first["added"], first["unchanged"]) == (2, 0)
    assert (again["added"], again["unchanged"], again["embedded"]) == (0, 2, 0)
    assert again["generation"] == first["generation"]


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    shell: Shell, good: str, tmp_path: Path
) -> None:
    records = [record("one"), record("two", TEXT), record("three"), ["no object"]]
    changed = lines(tmp_path / "changed.jsonl", records)
    first = shell.run("index", "add", good, "--dry-run")
    assert not shell.folder.exists()
    shell.run("index", "add", good)

    told = shell.run("index", "add", changed, "--dry-run")
    told_json = shell.json("index", "add", changed, "--dry-run")

    assert first.stdout == "Articles: 2 added. Nothing was written.\n"
    assert told.stdout == (
        "Articles: 1 added, 1 revised, 1 unchanged, 1 rejected. Nothing was written.\n"
    )
    assert told.stderr.startswith(f"{changed}:4: malformed: ")
    assert told_json["ids"] == {
        "added": ["three"],
        "revised": ["two"],
        "updated": [],
        "unchanged": ["one"],
    }
    assert (told_json["revised"], len(told_json["rejected"])) == (1, 1)
    assert shell.json("index", "add", changed)["revised"] == 1


def test_a_dry_run_of_nothing_acceptable_fails_as_the_addition_would(
    shell: Shell, tmp_path: Path
) -> None:
    result = shell.run("index", "add", lines(tmp_path / "bad.jsonl", [1, 2]), "--dry-run")

    assert result.exit_code == 1
    assert result.stdout == "Articles: 2 rejected. Nothing was written.\n"


def test_the_status_shows_the_job_that_runs_and_how_many_wait(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)
    before = shell.json("index", "status")["jobs"]
    with closing(JobStore(shell.folder)) as store:
        for name in ("one", "two"):
            store.take_down(name, is_there=True, kind=JobKind.REMOVE)
        running = store.begin()
        assert running
        store.note_progress(running.id, "embedding", 3, 12, None)

    told, shown = shell.json("index", "status")["jobs"], shell.run("index", "status").stdout

    assert before == {"running": None, "queued": 0}
    assert (told["running"]["id"], told["running"]["article"], told["queued"]) == (1, "one", 1)
    assert "job            1 (remove), embedding 3 of 12\n" in shown
    assert "jobs waiting   1; a running `onrecord serve` does them\n" in shown


def test_rejects_are_listed_and_written_and_do_not_stop_the_rest(
    shell: Shell, mixed: str, tmp_path: Path
) -> None:
    file = tmp_path / "rejects.jsonl"

    result = shell.run("index", "add", mixed, "--rejects", str(file))

    assert result.exit_code == 0
    assert result.stdout.startswith("Articles: 1 added, 1 rejected.\n")
    assert result.stderr.startswith(f"{mixed}:2: malformed: ")
    [written] = [json.loads(line) for line in file.read_text().splitlines()]
    assert (written["path"], written["line"], written["reason"]) == (mixed, 2, "malformed")


def test_an_unwritable_file_for_rejects_fails_before_anything_is_added(
    shell: Shell, mixed: str, tmp_path: Path
) -> None:
    result = shell.run("index", "add", mixed, "--rejects", str(tmp_path / "nowhere" / "file"))

    assert result.exit_code == 1
    assert "nowhere" in result.stderr
    assert not shell.folder.exists()


def test_only_the_first_rejects_are_listed(shell: Shell, tmp_path: Path) -> None:
    path = lines(tmp_path / "bad.jsonl", [record("one"), *range(25)])

    result = shell.run("index", "add", path)

    assert result.stderr.count(": malformed: ") == 20
    assert result.stderr.endswith("… and 5 more rejected (--rejects FILE writes them all)\n")


def test_json_contains_every_reject_with_its_file(shell: Shell, mixed: str) -> None:
    result = shell.run("index", "add", mixed, "--json")

    [reject] = json.loads(result.stdout)["rejected"]
    assert (reject["path"], reject["line"]) == (mixed, 2)
    assert result.stderr == ""


def test_when_everything_is_rejected_the_exit_code_is_1(shell: Shell, tmp_path: Path) -> None:
    result = shell.run("index", "add", lines(tmp_path / "bad.jsonl", [1, 2]))

    assert result.exit_code == 1
    assert "2 rejected" in result.stdout


def test_strict_adds_nothing_if_any_item_is_rejected(shell: Shell, good: str, mixed: str) -> None:
    result = shell.run("index", "add", good, mixed, "--strict")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"{mixed}:2: malformed: " in result.stderr
    assert "--strict added nothing" in result.stderr
    assert not shell.folder.exists()


def test_strict_as_json_is_one_error(shell: Shell, mixed: str) -> None:
    result = shell.run("index", "add", mixed, "--strict", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["type"] == "SourceError"
    assert result.stderr == ""


def test_strict_adds_everything_if_nothing_is_rejected(shell: Shell, good: str) -> None:
    result = shell.run("index", "add", good, "--strict")

    assert result.exit_code == 0
    assert result.stdout.startswith("Articles: 2 added.\n")


def test_files_of_a_folder_that_are_not_read_are_listed_with_the_reason(
    shell: Shell, good: str, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a.jsonl").write_text(Path(good).read_text())
    (folder / "b.pdf").write_bytes(b"%PDF")

    words = shell.run("index", "add", str(folder))
    report = shell.json("index", "add", str(folder))

    assert words.exit_code == 0
    assert words.stderr.startswith("Skipped 1 file: files of this format are not read; expected ")
    assert str(folder / "b.pdf") in words.stderr
    [skipped] = report["skipped"]
    assert (skipped["path"], skipped["reason"]) == (str(folder / "b.pdf"), "unsupported")
    assert report["rejected"] == []


@pytest.mark.parametrize("name", [None, "b.pdf", ".hidden.txt"])
def test_a_folder_without_an_article_adds_nothing_publishes_nothing_and_exits_1(
    shell: Shell, tmp_path: Path, name: str | None
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    if name:
        (folder / name).write_bytes(b"%PDF")

    result = shell.run("index", "add", str(folder))

    assert result.exit_code == 1
    assert result.stdout == "Articles: none found.\nThere is still no index: nothing was added.\n"
    assert shell.json("index", "add", str(folder))["generation"] is None
    assert not (shell.folder / "CURRENT").exists()


def test_adding_nothing_leaves_the_index_as_it_is(shell: Shell, good: str, tmp_path: Path) -> None:
    before = shell.json("index", "add", good)

    after = shell.run("index", "add", lines(tmp_path / "bad.jsonl", [1]), "--json")

    assert after.exit_code == 1
    assert json.loads(after.stdout)["generation"] == before["generation"]


def test_the_encoding_of_files_can_be_given(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"Café Müller\n\n{TEXT}".encode("cp1252"))

    refused = shell.run("index", "add", str(path))
    added = shell.run("index", "add", str(path), "--encoding", "windows-1252")
    unknown = shell.run("index", "add", str(path), "--encoding", "nonesuch")

    assert refused.exit_code == 1
    assert "it looks like windows-1252" in refused.stderr
    assert added.exit_code == 0
    assert unknown.exit_code == 2
    assert "'nonesuch' is not the name of an encoding" in unwrapped(unknown.stderr)


def test_one_id_in_two_paths_is_one_article(shell: Shell, good: str, tmp_path: Path) -> None:
    other = lines(tmp_path / "other.jsonl", [record("one", f"Another report. {TEXT}")])

    report = shell.json("index", "add", good, other)

    assert report["added"] == 2
    assert [reject["reason"] for reject in report["rejected"]] == ["duplicate_id"]


def test_a_path_that_does_not_exist_adds_nothing(shell: Shell, good: str) -> None:
    result = shell.run("index", "add", good, "nowhere.jsonl")

    assert result.exit_code == 2
    assert not shell.folder.exists()


def test_removed_articles_are_gone_and_unknown_ids_are_named(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)

    result = shell.run("index", "remove", "one", "three")

    assert result.exit_code == 0
    assert result.stderr == "onrecord: no article here has the id 'three'.\n"
    assert result.stdout.startswith("Articles: 1 removed.\n")
    assert shell.run("show", "one").exit_code == 1
    assert shell.run("show", "two").exit_code == 0


def test_removing_only_unknown_ids_exits_1(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)

    result = shell.run("index", "remove", "three", "four")

    assert result.exit_code == 1
    assert "no article here has the id 'three', 'four'" in result.stderr


def test_a_rebuild_makes_a_new_generation_of_the_same_articles(shell: Shell, good: str) -> None:
    before = shell.json("index", "add", good)

    after = shell.json("index", "rebuild")

    assert after["articles"] == before["articles"]
    assert after["generation"] != before["generation"]


def test_a_rebuild_says_how_many_articles_it_took_from_the_archive(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)

    said = shell.run("index", "rebuild").stdout

    assert said.startswith("The index was rebuilt from the archive's 2 articles.\n")
    assert "none found" not in said


def test_a_rebuild_of_parts_makes_them_again(shell: Shell, good: str) -> None:
    added = shell.json("index", "add", good)
    shell.embedder.embedded.clear()

    report = shell.json("index", "rebuild", "--only", "vectors", "--only", "groups")

    assert report["embedded"] == len(shell.embedder.embedded) == added["passages"]


def test_a_dry_run_of_a_rebuild_says_how_much_would_be_made(shell: Shell, good: str) -> None:
    added = shell.json("index", "add", good)

    words = shell.run("index", "rebuild", "--only", "vectors", "--dry-run").stdout
    found = shell.json("index", "rebuild", "--dry-run")

    assert words == (
        "A new index of 2 articles would be written, after 0 were split, 0 compared with others, "
        f"0 searched for statements, and {added['passages']} passages embedded. "
        "Nothing was written.\n"
    )
    assert found == {"articles": 2, "split": 0, "grouped": 0, "attributed": 0, "embedded": 0}
    assert shell.json("index", "status")["index"]["generation"] == added["generation"]


def test_status_of_an_empty_folder_is_words_not_an_error(shell: Shell) -> None:
    result = shell.run("index", "status")

    assert result.exit_code == 0
    assert "Nothing has been added yet" in result.stdout
    assert shell.json("index", "status")["index"] is None
    assert not shell.folder.exists()


def test_status_shows_the_archive_and_the_index(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)

    words = shell.run("index", "status").stdout
    found = shell.json("index", "status")

    assert found["index"] == IndexBody.model_validate(shell.open().state()).model_dump(mode="json")
    assert (found["archived"], found["complete"]) == (2, True)
    assert found["encoding"] == "onrecord_news_16k"
    assert found["bytes"] >= (shell.folder / "archive.sqlite").stat().st_size
    assert "newest article 2025-03-04\n" in words
    assert "not in the index yet" not in words


def test_status_reports_an_interrupted_add_and_a_rebuild_completes_it(
    shell: Shell, good: str, tmp_path: Path
) -> None:
    shell.run("index", "add", good)
    shell.embedder.embed_passages = _interrupted  # type: ignore[method-assign]  # as Ctrl-C would
    stopped = shell.run("index", "add", lines(tmp_path / "more.jsonl", [record("x", TEXT * 3)]))
    del shell.embedder.embed_passages

    behind = shell.run("index", "status")
    shell.run("index", "rebuild")

    assert stopped.exit_code == 130
    assert behind.exit_code == 0
    assert "are not in the index yet" in behind.stdout
    assert shell.json("index", "status")["complete"]


def test_status_while_an_add_is_running_says_which_process_runs_it(
    shell: Shell, good: str, tmp_path: Path
) -> None:
    shell.run("index", "add", good)
    seen: list[tuple[str, Any]] = []

    def look(texts: object) -> Any:
        words = shell.run("index", "status").stdout
        seen.append((words, shell.json("index", "status")["writer"]))
        return _interrupted(texts)

    shell.embedder.embed_passages = look  # type: ignore[method-assign]  # in the midst of an add
    shell.run("index", "add", lines(tmp_path / "more.jsonl", [record("x", TEXT * 3)]))

    words, writer = seen[0]
    assert f"`add` is running (process {os.getpid()})" in words
    assert "interrupted" not in words
    assert writer == {"process": os.getpid(), "action": "add"}
    assert shell.json("index", "status")["writer"] is None


def test_a_suggested_command_names_the_folder_that_was_given(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "my archive"

    status = shell.run("index", "status", "--data", str(folder)).stdout
    asked = shell.run("ask", "Will the ferry sail?", "--data", str(folder))

    assert f"`onrecord index add --data '{folder}' PATH`" in status
    assert f"`onrecord index add --data '{folder}' PATH`" in asked.stderr


def test_what_is_still_to_come_is_finished_in_the_folder_that_was_given(
    shell: Shell, tmp_path: Path
) -> None:
    path = lines(tmp_path / "good.jsonl", [record("x", TEXT * 3)])

    added = shell.run("index", "add", "--wait", "words", "--data", str(tmp_path / "a b"), path)

    assert f"run `onrecord index finish --data '{tmp_path / 'a b'}'`." in added.stdout


def test_an_error_names_the_folder_that_was_given_as_words_and_as_json() -> None:
    service = failing(DamagedIndexError("It is damaged. Run `onrecord index rebuild`."))

    words = run(service, "--data", "there", "ask", "x").stderr
    as_json = run(service, "ask", "x", "--json", "--data", "there").stdout
    without = run(service, "ask", "x").stderr

    assert "Run `onrecord index rebuild --data there`." in words
    assert "Run `onrecord index rebuild --data there`." in as_json
    assert "Run `onrecord index rebuild`." in without


def _interrupted(texts: object) -> Any:
    raise KeyboardInterrupt


def test_the_demo_adds_the_sample_and_answers_its_questions(shell: Shell) -> None:
    result = shell.run("demo")

    assert result.exit_code == 0
    assert result.stdout.count("\n? ") == len(demo_questions())
    assert "confidence 0." in result.stdout
    assert "onrecord demo --remove" in result.stdout
    assert "Note: Written for the sample archive." in result.stdout


def test_the_demo_suggests_next_steps_for_its_folder(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "my archive"

    result = shell.run("demo", "--data", str(folder))

    for command in ("ask", "serve", "demo", "index add"):
        assert f"onrecord {command} --data '{folder}'" in result.stdout


def test_the_demo_can_run_twice_and_be_removed(shell: Shell) -> None:
    replies = shell.json("demo")["replies"]
    again = shell.run("demo")
    removed = shell.json("demo", "--remove")["removed"]

    assert [reply["question"] for reply in replies] == demo_questions()
    assert again.exit_code == 0
    assert removed > 0
    assert shell.open().archive.count() == 0
    assert shell.json("demo", "--remove") == {"removed": 0}


def test_the_demo_refuses_a_folder_with_other_articles(shell: Shell) -> None:
    shell.open().add([Article(id="mine", title="Mine", text=TEXT)], progress=silent)

    result = shell.run("demo")

    assert result.exit_code == 2
    assert "contains 1 article that the sample does not" in " ".join(
        result.stderr.replace("│", " ").split()
    )
    assert shell.open().archive.count() == 1


def test_removing_the_demo_keeps_other_articles(shell: Shell) -> None:
    shell.run("demo")
    shell.open().add([Article(id="mine", title="Mine", text=TEXT)], progress=silent)

    shell.run("demo", "--remove")

    assert shell.open().archive.live(["mine"]) == {"mine"}
    assert shell.open().archive.count() == 1


def test_remove_can_erase_and_says_so_in_numbers(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)

    erased = shell.run("index", "remove", "one", "--purge")

    assert erased.exit_code == 0
    assert erased.stdout.startswith("Erased: 1 article, 1 text, 0 statements, ")
    assert "The index holds 1 article " in erased.stdout
    assert shell.run("show", "one").exit_code == 1


def test_removed_articles_can_be_erased_later(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)
    shell.run("index", "remove", "one")

    found = shell.json("index", "purge")
    again = shell.run("index", "purge")

    assert found["erased"]["rows"]["articles"] == 1
    assert again.stdout.startswith("Nothing had to be erased.\n")


def test_an_article_that_is_not_removed_is_not_erased_by_mistake(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)

    result = shell.run("index", "purge", "one")

    assert result.exit_code == 2
    assert "onrecord index remove --purge ID" in unwrapped(result.stderr)
    assert shell.run("show", "one").exit_code == 0


def test_nothing_is_erased_of_an_id_that_was_never_here(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)

    for command in (["index", "purge", "nobody"], ["index", "remove", "--purge", "nobody"]):
        result = shell.run(*command)

        assert result.exit_code == 1
        assert "no article here has the id 'nobody'" in result.stderr


def test_a_copy_of_the_archive_is_named_when_an_article_is_erased(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)
    (shell.folder / "archive.sqlite.damaged").write_bytes(b"")

    result = shell.run("index", "remove", "one", "--purge")

    assert result.exit_code == 0
    assert "archive.sqlite.damaged may be a copy that still has it" in result.stderr


def test_compacting_says_what_it_freed(shell: Shell, good: str) -> None:
    shell.run("index", "add", good)
    shell.run("index", "remove", "one")

    result = shell.run("index", "compact")

    assert result.exit_code == 0
    assert "unused vector" in result.stdout
    assert "The index holds 1 article " in result.stdout


def test_an_older_generation_is_put_back_and_named(shell: Shell, good: str, tmp_path: Path) -> None:
    first = shell.json("index", "add", good)["generation"]
    shell.run("index", "add", lines(tmp_path / "more.jsonl", [record("three")]))

    named = shell.json("ask", "ferry north quay", "--generation", first)
    done = shell.run("index", "rollback")
    status = shell.json("index", "status")

    assert named["index"]["generation"] == first
    assert done.stdout.startswith(f"The generation {first} answers now; it was 0")
    assert status["index"]["generation"] == status["generations"][1] == first
    assert shell.run("index", "rollback", "00000099-0123abcd").exit_code == 1
