"""What the README promises is so."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from creator import __version__, cli
from creator.character import from_json, parse_json
from creator.manifest import load_manifest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_debian_packages_are_those_that_ci_installs() -> None:
    named = shlex.split(README[README.index("sudo apt-get install") :].split("\n\n")[0].replace("\\\n", " "))[3:]
    installed = (ROOT / ".ci" / "debian-packages").read_text().split()
    assert {*named} - {"python3-venv"} == {*installed}


def test_every_file_that_is_linked_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert not [link for link in links if "://" not in link and not (ROOT / link).exists()]


@pytest.mark.needs_model
def test_the_examples_work(
    bundled_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FACEWRIGHT_MODELS", str(bundled_model))
    monkeypatch.chdir(tmp_path)
    for line in re.findall(r"^    (facewright .*)$", README, re.MULTILINE):
        command = re.sub(r"\[--json\]", "", re.split(r"\s{3,}", line)[0])
        assert cli.main([*shlex.split(command)[1:]]) == 0, capsys.readouterr().err
    example = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert example
    loaded = from_json(parse_json(example[1].encode()), load_manifest(bundled_model).schema)
    assert loaded.notices == ()


def test_the_version_is_told_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["version"]["path"] == "creator/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
