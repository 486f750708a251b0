"""Hair, beards, brows and lashes, grown strand by strand on the base mesh."""
