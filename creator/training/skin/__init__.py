"""Skin: relative albedo, wrinkles and pores, colour zones, and the maps of one person."""
