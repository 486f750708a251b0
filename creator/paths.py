"""The one place that knows where Facewright's own files and the user's folders are."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APPLICATION = "facewright"
MODELS_VARIABLE = "FACEWRIGHT_MODELS"

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """Folder ``name`` beside the package in a checkout, inside it in an installed wheel."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def resource_folder() -> Path:
    """Icons and other fixed files."""
    return _shipped("resources")


def model_folder() -> Path:
    """The folder with ``facewright.json`` and its graphs; the environment's FACEWRIGHT_MODELS names another."""
    chosen = os.environ.get(MODELS_VARIABLE)
    return Path(chosen).expanduser() if chosen else bundled_model_folder()


def user_log_folder() -> Path:
    """Where the log of unexpected errors goes; may not exist yet."""
    return Path(platformdirs.user_log_dir(APPLICATION, appauthor=False))


def bundled_model_folder() -> Path:
    """The folder of the model that came with Facewright."""
    return _shipped("onnx_models")


def user_documents_folder() -> Path:
    """Where file dialogs begin; may not exist."""
    return Path(platformdirs.user_documents_dir())


def user_settings_folder() -> Path:
    """Settings that a user would like to keep; may not exist yet."""
    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False, roaming=True))


def user_state_folder() -> Path:
    """What a later start needs, such as changes that were not saved; may not exist yet."""
    return Path(platformdirs.user_state_dir(APPLICATION, appauthor=False))


def user_cache_folder() -> Path:
    """What can be made again, such as thumbnails; may not exist yet."""
    return Path(platformdirs.user_cache_dir(APPLICATION, appauthor=False))


def user_library_folder() -> Path:
    """Where characters are kept until the user chooses another folder; may not exist yet."""
    return user_documents_folder() / "Facewright"
