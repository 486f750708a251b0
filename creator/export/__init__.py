"""Characters into a game: presets, sets of portraits, names, files. Used alike by the window and the command line."""
