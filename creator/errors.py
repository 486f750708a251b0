"""Every error that a user may meet. Each text names the thing that is wrong and the remedy."""

from __future__ import annotations


class CreatorError(Exception):
    """Base of all expected failures; ``str(error)`` is one line fit for a user."""


class UsageError(CreatorError):
    """The request itself is wrong (unknown name, value out of range). Exit code 2 on the command line."""


class UnknownAttributeError(UsageError):
    """An attribute or choice that the schema does not know."""


class AttributeValueError(UsageError):
    """A value of the wrong type or outside its attribute's range."""


class CharacterFileError(CreatorError):
    """A recipe (``.face.json``) that cannot be read, or is not a recipe."""


class ModelError(CreatorError):
    """A model or its manifest is missing, damaged, or not ours."""


class DeviceError(CreatorError):
    """An execution provider that was asked for cannot run."""


class RenderError(CreatorError):
    """The generator failed while making a picture."""


class AssetError(CreatorError):
    """Head assets that are missing, damaged, too large, or under a licence that was not allowed."""


class PresetError(CreatorError):
    """An export preset that cannot be read, or asks for what cannot be."""


class SaveError(CreatorError):
    """A file or folder could not be written; what stood there before is untouched."""


class ScriptError(CreatorError):
    """A script or resource of a game that cannot be read for its portraits."""


class LinkError(CreatorError):
    """The file that links characters with a game folder is missing, damaged, or says what cannot be."""
