"""The generator: network, losses, data, training, evaluation, export."""
