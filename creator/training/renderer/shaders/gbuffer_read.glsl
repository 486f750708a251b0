// Reading what gbuffer.glsl stored.
uniform sampler2D albedo_map;
uniform sampler2D direction_map;
uniform sampler2D surface_map;
uniform sampler2D depth_map;

vec3 direction(vec2 e) {
    vec3 v = vec3(e, 1.0 - abs(e.x) - abs(e.y));
    if (v.z < 0.0) v.xy = (1.0 - abs(v.yx)) * vec2(v.x >= 0.0 ? 1.0 : -1.0, v.y >= 0.0 ? 1.0 : -1.0);
    return normalize(v);
}

// Camera-space position of a sample; the inverse of the projection in creator/training/head/head_model.py.
vec3 position_at(ivec2 at) {
    float depth = texelFetch(depth_map, at, 0).r * 2.0 - 1.0;
    float distance = DEPTH_B / (depth - DEPTH_A);
    vec2 ndc = (vec2(at) + 0.5) / float(SIDE) * 2.0 - 1.0;
    return vec3(ndc.x * distance / SCALE, (ndc.y - SHIFT) * distance / SCALE, CAMERA_DISTANCE - distance);
}

float material_at(ivec2 at) { return floor(texelFetch(albedo_map, at, 0).a * 255.0 + 0.5); }
