#version 330
// The hair's own mesh below the strands: dark, so that no scalp shines through.
in vec3 p;
in vec3 n;
in vec2 t;
uniform sampler2D picture;
uniform vec3 tint;
#include "materials.glsl"
#include "gbuffer.glsl"
void main() {
    if (texture(picture, t).a < 0.5) discard;
    vec3 normal = normalize(n);
    if (normal.z < 0.0) normal = -normal;
    vec3 outward = normalize(p - vec3(0.0, 0.05, -0.75));
    vec3 down = normalize(vec3(0.0, -1.0, 0.0) + outward * outward.y);
    store(HAIR, tint, down, normal, vec4(0.6, 0.0, 0.4, 0.35));
}
