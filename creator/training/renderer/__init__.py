"""Drawing people: geometry pass, light pass, maps."""
