"""Making the bundled model: rendering people, training the generator, exporting it. Needs the extra ``training``."""
