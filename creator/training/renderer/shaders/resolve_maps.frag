#version 330
// The same mean for the maps: sRGB albedo, camera-space normal, depth, and the share of each material.
#include "materials.glsl"
#include "gbuffer_read.glsl"
layout(location = 0) out vec4 albedo;       // premultiplied by coverage
layout(location = 1) out vec4 normal;       // xyz mean (not unit), depth (mean camera z of what is covered)
layout(location = 2) out vec4 face_mask;    // skin, lips, eyes, brows and lashes
layout(location = 3) out vec4 rest_mask;    // hair, beard, inside of the mouth, clothes
void main() {
    ivec2 start = ivec2(gl_FragCoord.xy) * SAMPLES;
    vec3 tone = vec3(0.0);
    vec4 facing = vec4(0.0);
    float covered = 0.0;
    face_mask = rest_mask = vec4(0.0);
    for (int y = 0; y < SAMPLES; y++)
        for (int x = 0; x < SAMPLES; x++) {
            ivec2 at = start + ivec2(x, y);
            vec4 stored = texelFetch(albedo_map, at, 0);
            float material = floor(stored.a * 255.0 + 0.5);
            if (material < 0.5) continue;
            vec4 pair = texelFetch(direction_map, at, 0);
            bool is_strand = material == HAIR || material == BEARD || material == BROW || material == LASH;
            vec3 n = direction(material == EYE || is_strand ? pair.zw : pair.xy);
            covered += 1.0;
            tone += stored.rgb * stored.rgb;
            facing += vec4(n, position_at(at).z);
            if (material == SKIN) {
                float lips = texelFetch(surface_map, at, 0).w;
                face_mask += vec4(1.0 - lips, lips, 0.0, 0.0);
            }
            else if (material == EYE) face_mask.z += 1.0;
            else if (material == BROW || material == LASH) face_mask.w += 1.0;
            else if (material == HAIR) rest_mask.x += 1.0;
            else if (material == BEARD) rest_mask.y += 1.0;
            else if (material == MOUTH) rest_mask.z += 1.0;
            else rest_mask.w += 1.0;
        }
    float count = float(SAMPLES * SAMPLES);
    vec3 mean = tone / max(covered, 1.0);
    vec3 encoded = mix(12.92 * mean, 1.055 * pow(mean, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, mean));
    float alpha = covered / count;
    albedo = vec4(encoded * alpha, alpha);
    normal = facing / max(covered, 1.0);
    face_mask /= count;
    rest_mask /= count;
}
