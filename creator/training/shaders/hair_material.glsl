// The colour of one strand, for grooms' `strand` attribute: x random number of the strand, y place (root 0, tip 1),
// z random number of its lock, w share of open sky. Colours are linear; needs no other include.

// Every strand is a little lighter or darker by itself and with its lock, grey strands come one by one. A grey share also
// fades the others, so that single white strands do not stand out as stripes.
vec3 strand_tone(vec4 strand, vec3 hair_colour, vec3 grey_colour, float grey) {
    float own = fract(strand.x * 7.31);
    float white = smoothstep(strand.x - 0.10, strand.x + 0.10, grey * 1.2 - 0.10);
    vec3 pigment = mix(hair_colour, grey_colour, 0.55 * grey * grey);
    vec3 tone = pigment * (0.80 + 0.24 * own + 0.20 * strand.z);
    tone = mix(tone, mix(pigment, grey_colour, 0.75) * (0.82 + 0.36 * own), white);
    // Tips are bleached by the sun, roots are darker.
    return tone * mix(0.90, 1.06, smoothstep(0.0, 0.9, strand.y));
}

// How much of the ambient light reaches a strand inside of the hair: light hair passes more of it on.
vec3 strand_ambient(float open_sky, vec3 tone) {
    return pow(vec3(max(open_sky, 0.02)), vec3(1.0) - 0.5 * clamp(tone * 1.8, 0.0, 1.0));
}

// 0..1: whether a strand is seen when only a share of them grows (beard_density, brow_thickness); scales its width.
float strand_kept(vec4 strand, float share) { return clamp((share * 1.12 - strand.x) / 0.12, 0.0, 1.0); }
