"""Settings from options, the environment and a file, and names that no setting has."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from index.errors import SettingsError
from rag.setting_sources import ELSEWHERE, SettingOrigin, default_file, settings_file, variable
from rag.settings import ServiceSettings, located_settings, read_settings
from tests.support.places import ROOMS, ROOT


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "onrecord.toml"
    monkeypatch.setenv("ONRECORD_CONFIG", str(path))
    return path


def test_a_value_is_that_of_the_option_the_environment_the_file_or_the_default_in_this_order(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("data = '/srv/file'\nmin_confidence = 0.3\nconcurrent_asks = 2\n")
    monkeypatch.setenv("ONRECORD_DATA", "/srv/environment")
    monkeypatch.setenv("ONRECORD_MIN_CONFIDENCE", "0.4")

    found = located_settings(Path("/srv/option"))

    assert found.file == file
    assert found.settings.data == Path("/srv/option")
    assert found.settings.min_confidence == 0.4
    assert found.settings.concurrent_asks == 2
    assert found.settings.answers_kept == 100
    assert found.origins["data"] is SettingOrigin.OPTION
    assert found.origins["min_confidence"] is SettingOrigin.ENVIRONMENT
    assert found.origins["concurrent_asks"] is SettingOrigin.FILE
    assert found.origins["answers_kept"] is SettingOrigin.DEFAULT


def test_an_empty_variable_leaves_the_file_its_say(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("min_confidence = 0.3\n")
    monkeypatch.setenv("ONRECORD_MIN_CONFIDENCE", "")

    assert read_settings().min_confidence == 0.3


def test_names_in_the_environment_may_be_in_small_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("onrecord_min_confidence", "0.3")

    found = located_settings()

    assert found.settings.min_confidence == 0.3
    assert found.origins["min_confidence"] is SettingOrigin.ENVIRONMENT


def test_a_relative_data_folder_in_a_file_is_beside_that_file(file: Path) -> None:
    file.write_text("data = 'archive'\n")

    assert read_settings().data == file.parent / "archive"


def test_a_file_lists_hosts_without_commas(file: Path) -> None:
    file.write_text("allowed_hosts = ['news.example', 'desk.example']\n")

    assert read_settings().allowed_hosts == "news.example,desk.example"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("min_confidense = 1", "min_confidense (did you mean min_confidence?), found in"),
        ("MIN_CONFIDENCE = 1", "MIN_CONFIDENCE (did you mean min_confidence?), found in"),
        ("[server]\nport = 1", "No setting is called server, found in"),
        ("config = 'other.toml'", "No setting is called config, found in"),
        ("min_confidence = 'high'", "min_confidence in {file}: Input should be a valid number"),
        ("min_confidence =", "{file} is not TOML"),
        ("questions_kept_days = true", "questions_kept_days in {file}: write a number, found True"),
        ("drain_seconds = false", "drain_seconds in {file}: write a number, found False"),
        ("min_confidence = true", "min_confidence in {file}: write a number, found True"),
        ("data = 5", "data in {file}: write a path as text, found 5"),
        ("data = true", "data in {file}: write a path as text, found True"),
        ("rate_limit = 'lots'", "ONRECORD_RATE_LIMIT is 'lots'; write 120/minute"),
        ("allowed_origins = 'desk.example'", "write it as https://desk.example."),
        ("allowed_origins = ['https://a.example', 'b']", "write it as https://b."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(file: Path, written: str, says: str) -> None:
    file.write_text(written)

    with pytest.raises(SettingsError) as refused:
        read_settings()

    assert says.format(file=file) in str(refused.value)


@pytest.mark.parametrize(
    "written", ["data = ''", "reader = ''", "min_confidence = ''", "allowed_hosts = []"]
)
def test_empty_text_in_a_file_counts_as_none(file: Path, written: str) -> None:
    file.write_text(written)

    found = located_settings()

    assert set(found.origins.values()) == {SettingOrigin.DEFAULT}
    assert found.settings == ServiceSettings()


def test_a_setting_that_is_true_or_false_may_be_so(file: Path) -> None:
    file.write_text("log_error_messages = true")

    assert read_settings().log_error_messages is True


def test_a_limit_in_the_environment_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_RATE_LIMIT", "lots")

    with pytest.raises(SettingsError, match="ONRECORD_RATE_LIMIT is 'lots'"):
        read_settings()


def test_a_file_in_another_encoding_is_refused(file: Path) -> None:
    file.write_bytes("data = 'é'".encode("latin-1"))

    with pytest.raises(SettingsError, match="is not TOML"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("onrecord_min_confidense", "did you mean ONRECORD_MIN_CONFIDENCE?"),
        ("ONRECORD_MIN_CONFIDENSE", "did you mean ONRECORD_MIN_CONFIDENCE?"),
        ("ONRECORD_EVAL_CASHE", "did you mean ONRECORD_EVAL_CACHE?"),
        ("ONRECORD_XYZ", "No setting is called ONRECORD_XYZ, found in the environment"),
    ],
)
def test_an_unknown_variable_is_refused_without_its_value(
    name: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "hunter2")

    with pytest.raises(SettingsError, match=re.escape(says)) as refused:
        read_settings()

    assert "hunter2" not in str(refused.value)


def test_a_named_file_must_exist_and_the_usual_one_need_not(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match=rf"{file} cannot be read \(No such file"):
        read_settings()

    monkeypatch.delenv("ONRECORD_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(file.parent))

    assert settings_file() is None
    assert default_file() == file.parent / "onrecord" / "onrecord.toml"


def test_the_usual_file_is_read_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "onrecord").mkdir()
    (tmp_path / "onrecord" / "onrecord.toml").write_text("concurrent_asks = 3\n")

    assert read_settings().concurrent_asks == 3


class WithSecret(ServiceSettings):
    password: SecretStr = SecretStr("")


def test_a_secret_that_cannot_be_used_is_not_repeated(file: Path) -> None:
    file.write_text("password = 12345678\n")

    with pytest.raises(SettingsError, match="found a value that is not shown") as refused:
        located_settings(model=WithSecret)

    assert "12345678" not in str(refused.value)


def test_every_variable_that_the_source_names_is_a_known_one() -> None:
    sources = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    named = {name for path in sources for name in _variables(path)}

    assert named <= {*map(variable, ServiceSettings.model_fields), *ELSEWHERE}
    assert set(ELSEWHERE) <= named


def test_operations_describes_every_variable() -> None:
    described = _variables(ROOT / "docs" / "operations.md")
    described |= _variables(ROOT / "docs" / "evaluation.md")

    assert {*map(variable, ServiceSettings.model_fields), *ELSEWHERE} <= described


def _variables(path: Path) -> set[str]:
    return set(re.findall(r"\bONRECORD_[A-Z_]*[A-Z]\b", path.read_text("utf-8")))
