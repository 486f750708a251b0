#version 330
// Brows, lashes and the dark underlay of the hair: cards whose coverage is in the picture's alpha.
in vec3 p;
in vec3 n;
in vec2 t;
in vec4 m;
uniform sampler2D picture;
uniform vec3 tint;
uniform float alpha_cut;    // above 0: opaque where alpha is larger
uniform float opacity;
out vec4 colour;
#include light
void main() {
    float a = texture(picture, t).a * opacity;
    if (alpha_cut > 0.0) {
        if (a < alpha_cut) discard;
        a = 1.0;
    }
    if (a < 0.004) discard;
    vec3 normal = normalize(n);
    if (normal.z < 0.0) normal = -normal;
    float shadow = key_visibility(p + normal * 0.04, 0.01, 0.006).x;
    vec3 light = key_colour * max(dot(normal, key_direction) * 0.6 + 0.4, 0.0) * shadow + fill_colour * 0.6 + ambient(normal);
    vec3 shown = display(tint * light);
    colour = vec4(shown * a, a);
}
