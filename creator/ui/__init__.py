"""The window: a client of the same core that the command line uses. Only this package imports Qt."""
