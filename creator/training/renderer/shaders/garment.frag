#version 330
// Garments: their surface from garment_material.glsl. First direction: with weave and seams; second: without.
in vec3 p;
in vec3 n;
in vec2 t;
in vec4 m;
uniform float sheen;
#include "materials.glsl"
#include "gbuffer.glsl"
#include "garment_material.glsl"
void main() {
    vec3 smooth_normal = normalize(n);
    if (dot(smooth_normal, vec3(0.0, 0.0, CAMERA_DISTANCE) - p) < 0.0) smooth_normal = -smooth_normal;
    vec3 albedo, detail;
    float roughness, metalness;
    garment_surface(t, smooth_normal, p, albedo, detail, roughness, metalness);
    store(CLOTH, albedo, detail, smooth_normal, vec4(roughness, metalness, m.x, sheen));
}
