#version 330
// Teeth and tongue, darker with their depth behind the lips.
in vec3 p;
in vec3 n;
in vec2 t;
uniform sampler2D picture;
uniform vec3 tint;
uniform float gloss;
uniform float lips_depth;    // z of the lips
#include "materials.glsl"
#include "gbuffer.glsl"
void main() {
    vec3 albedo = pow(texture(picture, t).rgb, vec3(2.2)) * tint;
    vec3 normal = normalize(n);
    if (normal.z < 0.0) normal = -normal;
    float occlusion = clamp(exp((p.z - lips_depth + 0.07) * 5.5), 0.10, 0.95);
    store(MOUTH, albedo, normal, normal, vec4(0.28, gloss, occlusion, 0.0));
}
