#version 330
// Skin: its surface from skin_material.glsl. First direction: with pores and wrinkles; second: with folds alone.
in vec3 p;
in vec3 n;
in vec2 t;
in vec4 m;
#include "materials.glsl"
#include "gbuffer.glsl"
#include "skin_material.glsl"
void main() {
    vec3 smooth_normal = normalize(n);
    if (!gl_FrontFacing && dot(smooth_normal, vec3(0.0, 0.0, CAMERA_DISTANCE) - p) < 0.0) smooth_normal = -smooth_normal;
    SkinSurface surface = skin_surface(t, smooth_normal, p, m);
    if (m.z > 0.5) {
        store(MOUTH, surface.albedo, surface.normal, smooth_normal, vec4(0.3, 0.5, 0.36 * m.x, 0.0));
        return;
    }
    store(SKIN, surface.albedo, surface.normal, surface.fold_normal,
          vec4(surface.roughness, clamp(surface.specular * 0.5, 0.0, 1.0), m.x, surface.lips));
}
