"""The head assets: reading them, and making them from MakeHuman's own files."""
