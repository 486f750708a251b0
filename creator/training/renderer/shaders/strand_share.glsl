// How much of a strand is left when only a share of all is to be seen: smooth in the share.
float strand_share(float random, float share) { return clamp((share * 1.12 - random) / 0.12, 0.0, 1.0); }
