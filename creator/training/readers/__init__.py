"""Networks that look at portraits: one reads the attributes off a picture, one tells who it is."""
