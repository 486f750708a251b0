#version 330
// Lights each pixel: image-based ambient, key with soft shadow, fill, two rims, occlusion; filmic, sRGB. Where all samples
// of a pixel are alike (inside a face or a garment) their mean is lit, with more taps; elsewhere each sample is.
#include "materials.glsl"
#include "gbuffer_read.glsl"
uniform sampler2D shadow_map;        // depth towards the key light
uniform sampler2D rim_shadow_map;    // left half: towards the left rim light; right half: towards the right one
uniform mat4 key_matrix;
uniform mat4 rim_matrices[2];
uniform vec3 key_direction;
uniform vec3 key_colour;
uniform vec3 fill_colour;
uniform vec3 rim_colour;
uniform vec3 rim_directions[2];
uniform vec3 sky_colour;
uniform vec3 ground_colour;
uniform vec3 lobe_axes[3];           // spherical Gaussians: soft boxes and overhead light
uniform vec3 lobe_colours[3];
uniform vec3 hair_colour;
out vec4 colour;

const vec3 fill_direction = normalize(vec3(0.0, 0.15, 1.0));
const float lobe_sharpness[3] = float[3](16.0, 12.0, 5.0);

// ---- environment -------------------------------------------------------------------------------------------------
vec3 ambient(vec3 n) {
    vec3 sum = mix(ground_colour, sky_colour, n.y * 0.5 + 0.5);
    for (int i = 0; i < 3; i++) {
        float c = max((dot(n, lobe_axes[i]) + 0.4) / 1.4, 0.0);
        sum += lobe_colours[i] * (2.0 / lobe_sharpness[i]) * c * sqrt(c);
    }
    return sum;
}

// A Gaussian widens with the roughness of what reflects it (Wang et al. 2009).
vec3 reflected(vec3 d, float roughness) {
    vec3 sum = mix(ground_colour, sky_colour, smoothstep(-0.4 - roughness, 0.4 + roughness, d.y));
    for (int i = 0; i < 3; i++) {
        float sharp = 1.0 / (1.0 / (lobe_sharpness[i] * 3.0) + 1.6 * roughness * roughness);
        float scale = sharp / (lobe_sharpness[i] * 3.0);
        sum += lobe_colours[i] * 1.6 * scale * exp(sharp * (dot(d, lobe_axes[i]) - 1.0));
    }
    return sum;
}

// ---- highlights: GGX, Smith (Walter et al. 2007), Schlick ---------------------------------------------------------
// Unit vectors may have a product beyond 1, whose power would be no number.
float schlick(float cosine) { return pow(clamp(1.0 - cosine, 0.0, 1.0), 5.0); }

float highlight(vec3 n, vec3 l, vec3 v, float roughness, float f0) {
    vec3 h = normalize(l + v);
    float n_l = max(dot(n, l), 0.0), n_v = max(dot(n, v), 0.08), n_h = max(dot(n, h), 0.0);
    float a = roughness * roughness;
    float d = n_h * n_h * (a * a - 1.0) + 1.0;
    float k = a * 0.5;
    float geometry = 1.0 / ((n_l * (1.0 - k) + k) * (n_v * (1.0 - k) + k) * 4.0);
    float fresnel = f0 + (1.0 - f0) * schlick(dot(h, v));
    return a * a / (d * d) * geometry * fresnel * n_l;
}

// ---- shadows ------------------------------------------------------------------------------------------------------
// Samples of one pixel take different taps, so that together they are smooth.
float turn;
int taps;

// Depth to the key light of what lies before a point, mean over a few taps: a sum in x, how many taps in y.
vec2 blockers(vec3 q, float bias, float size) {
    vec2 found = vec2(0.0);
    for (int i = 0; i < 4; i++) {
        float angle = turn + 1.5708 * float(i);
        float above = q.z - texture(shadow_map, q.xy + vec2(cos(angle), sin(angle)) * size).r;
        if (above > bias) found += vec2(above, 1.0);
    }
    return found;
}

vec3 key_place(vec3 p) { return (key_matrix * vec4(p, 1.0)).xyz * 0.5 + 0.5; }

// x: lit share; y: mean depth of what lies between; after Fernando 2005, with the search among few taps.
vec2 key_visibility(vec3 p, float bias, float size) {
    vec3 q = key_place(p);
    vec2 before = blockers(q, bias, size);
    float lit = 0.0;
    float reach = clamp(before.x / max(before.y, 1.0) * 0.55, 0.0048, size);
    for (int i = 0; i < taps; i++) {
        float angle = turn * 0.5 + 2.39996 * float(i);
        float far = sqrt((float(i) + 0.5) / float(taps));
        float depth = texture(shadow_map, q.xy + vec2(cos(angle), sin(angle)) * reach * far).r;
        lit += clamp((depth - q.z + bias) / bias + 0.5, 0.0, 1.0);
    }
    return vec2(lit / float(taps), before.x * 0.25);
}

float rim_visibility(vec3 p, int which) {
    vec3 q = (rim_matrices[which] * vec4(p, 1.0)).xyz * 0.5 + 0.5;
    float lit = 0.0;
    for (int i = 0; i < 2; i++) {
        float angle = turn + 3.14159 * float(i);
        vec2 at = clamp(q.xy + vec2(cos(angle), sin(angle)) * 0.005, 0.002, 0.998);
        at.x = (at.x + float(which)) * 0.5;
        lit += smoothstep(-0.010, 0.0, texture(rim_shadow_map, at).r - q.z + 0.004);
    }
    return lit * 0.5;
}

// Screen-space occlusion (McGuire et al. 2011, "Alchemy").
float occlusion_at(ivec2 at, vec3 p, vec3 n) {
    float near_size = 0.10 * SCALE * 0.5 * float(SIDE) / (CAMERA_DISTANCE - p.z);
    float sum = 0.0;
    for (int i = 0; i < taps; i++) {
        float angle = turn + 2.39996 * float(i);
        float share = (float(i) + 0.35) / float(taps);
        ivec2 tap = at + ivec2(vec2(cos(angle), sin(angle)) * near_size * share);
        tap = clamp(tap, ivec2(0), ivec2(SIDE - 1));
        vec3 v = position_at(tap) - p;
        float d2 = dot(v, v);
        sum += max(dot(v, n) - 0.004, 0.0) / (d2 + 0.0012) * smoothstep(0.05, 0.015, d2);
    }
    return clamp(1.0 - 0.18 * sum / float(taps), 0.0, 1.0);
}

// ---- materials ----------------------------------------------------------------------------------------------------
vec3 skin(vec3 albedo, vec3 detail, vec3 smooth_normal, vec4 surface, vec3 p, vec3 view, float ao) {
    float lips = surface.w;
    // Light spreads below the surface, red farthest: softer normals, wrap and shadows for it than for blue.
    vec3 n_red = normalize(mix(detail, smooth_normal, 0.78));
    vec3 n_green = normalize(mix(detail, smooth_normal, 0.42));
    vec2 seen = key_visibility(p + smooth_normal * 0.012, 0.0030, 0.0120);
    vec3 shadow = pow(vec3(seen.x), vec3(0.74, 0.96, 1.0));
    vec3 cavity = pow(vec3(ao), vec3(0.72, 1.05, 1.15));
    vec3 wrap = vec3(0.42, 0.16, 0.08);
    vec3 cosine = vec3(dot(n_red, key_direction), dot(n_green, key_direction), dot(detail, key_direction));
    vec3 key = max((cosine + wrap) / (1.0 + wrap), 0.0);
    vec3 light = key * key_colour * shadow * mix(vec3(1.0), cavity, 0.5);
    light += key_colour * vec3(0.075, 0.026, 0.014) * (1.0 - seen.x) * cavity;  // what lit skin beside it passes on
    // Thin parts (ears, wings of the nose) glow when lit from behind: Beer-Lambert through the depth to the light.
    float thickness = seen.y * 9.0;
    vec3 through = exp(-thickness * vec3(2.6, 7.5, 11.0)) * smoothstep(0.1, 0.7, -dot(smooth_normal, key_direction));
    light += key_colour * through * vec3(0.30, 0.10, 0.06) * step(0.0005, seen.y);
    light += fill_colour * max(dot(detail, fill_direction) * 0.7 + 0.3, 0.0) * cavity;
    light += ambient(mix(detail, smooth_normal, 0.4)) * cavity;
    float open = ao * ao;
    vec3 rims = vec3(0.0);
    float rim_spec = 0.0;
    for (int i = 0; i < 2; i++) {
        float visible = rim_visibility(p + smooth_normal * 0.012, i) * open;
        rims += rim_colour * max(dot(detail, rim_directions[i]), 0.0) * visible;
        rim_spec += highlight(detail, rim_directions[i], view, surface.x, 0.028) * visible;
    }
    vec3 result = albedo * (light + rims);

    float f0 = 0.028 * surface.y * 2.0;
    float sharp = mix(0.30, 0.20, lips);
    float spec = 0.78 * highlight(detail, key_direction, view, surface.x, f0)
               + 0.22 * highlight(detail, key_direction, view, min(sharp, surface.x), f0);
    result += key_colour * seen.x * spec * ao;
    result += fill_colour * highlight(detail, fill_direction, view, surface.x, f0) * ao;
    result += rim_colour * rim_spec * 0.8 * surface.y * 2.0;
    float n_v = max(dot(detail, view), 0.0);
    float fresnel = f0 + 0.22 * schlick(n_v) * surface.y * 2.0;
    result += reflected(reflect(-view, detail), surface.x) * fresnel * open;
    return result;
}

vec3 strand(vec3 albedo, vec3 t, vec3 n, vec4 surface, vec3 p, vec3 view, float ao, float kind) {
    // Kajiya & Kay 1989; two shifted highlights after Marschner et al. 2003, as simplified by Scheuermann 2004.
    float between = blockers(key_place(p), 0.004, 0.006).x * 0.25;
    float dark = kind == HAIR ? 13.0 : 5.2;  // absorption by hair between here and the light
    vec3 through = exp(-dark * between * (vec3(1.0) - 0.4 * clamp(hair_colour * 2.0, 0.0, 1.0)));
    float t_l = dot(t, key_direction);
    float facing = dot(n, key_direction);
    float sheet = max(facing * 0.72 + 0.28, 0.0);
    // Light hair passes more of the ambient light on to the strands below.
    float open = ao * pow(max(surface.z, 0.02), 1.0 - 0.5 * clamp(dot(albedo, vec3(0.6)), 0.0, 1.0));
    vec3 light = key_colour * sqrt(max(1.0 - t_l * t_l, 0.0)) * sheet * through;
    light += fill_colour * max(dot(n, fill_direction) * 0.7 + 0.3, 0.0) * open;
    light += ambient(n) * open;
    if (kind == LASH || kind == BROW) return albedo * light;
    vec3 shine = vec3(0.0);
    float jitter = (surface.y - 0.5) * 0.16;
    vec3 t1 = normalize(t + (-0.11 + jitter) * n), t2 = normalize(t + (0.15 + jitter) * n);
    vec3 colour1 = vec3(0.055), colour2 = 0.60 * sqrt(albedo) * albedo + 0.012;
    for (int i = 0; i < 4; i++) {
        vec3 l = i == 0 ? key_direction : i == 1 ? lobe_axes[0] : rim_directions[max(i - 2, 0)];
        float cosine = dot(n, l);
        float visible = i == 0 ? sheet : max(cosine * 0.8 + 0.2, 0.0) * open;
        if (visible <= 0.0) continue;
        vec3 strength = i == 0 ? key_colour * through : i == 1 ? lobe_colours[0] * 0.25 : rim_colour * 0.9;
        if (i >= 2) {
            float unblocked = rim_visibility(p, i - 2);
            visible *= unblocked;
            light += rim_colour * max(cosine, 0.0) * unblocked * 0.6 * open;
        }
        vec3 h = normalize(l + view);
        float h1 = dot(t1, h), h2 = dot(t2, h);
        float first = pow(max(1.0 - h1 * h1, 0.0), 55.0), second = pow(max(1.0 - h2 * h2, 0.0), 12.0);
        shine += strength * visible * (colour1 * first + colour2 * second);
    }
    return albedo * light + shine;
}

// How far the lids are above and below, in camera units: samples there until another material comes.
const int lid_steps[14] = int[14](1, 2, 3, 4, 5, 7, 9, 11, 14, 17, 21, 26, 32, 39);
vec2 lid_distance(ivec2 at, float unit) {
    float texel = max(0.0034 / unit, 1.0);
    vec2 found = vec2(1.0);
    for (int i = 0; i < 14; i++) {
        int far = int(float(lid_steps[i]) * texel + 0.5);
        float there = material_at(at + ivec2(0, far));
        if (found.x > 0.9 && there != EYE && there != LASH) found.x = float(far) * unit;
        there = material_at(at - ivec2(0, far));
        if (found.y > 0.9 && there != EYE && there != LASH) found.y = float(far) * unit;
    }
    return found;
}

vec3 eye(vec3 albedo, vec3 cornea, vec3 n, vec4 surface, ivec2 at, vec3 p, vec3 view) {
    float white = surface.w;
    float unit = (CAMERA_DISTANCE - p.z) * 2.0 / (SCALE * float(SIDE));
    vec2 lids = lid_distance(at, unit);
    float lid_shade = 1.0 - 0.66 * exp(-lids.x / 0.027) - 0.30 * exp(-lids.y / 0.018);
    float ao = clamp(lid_shade, 0.12, 1.0);
    float shadow = mix(0.3, 1.0, key_visibility(p + n * 0.03, 0.004, 0.006).x);
    float key = max(dot(n, key_direction) * 0.75 + 0.25, 0.0);
    // The lower lid's edge, moist and pink, is too thin for the mesh.
    float wet = smoothstep(0.017, 0.005, lids.y);
    albedo = mix(albedo, vec3(0.44, 0.235, 0.20), 0.55 * wet);
    vec3 light = key_colour * key * shadow * ao + fill_colour * 0.9 * ao + ambient(n) * ao;
    vec3 result = albedo * light * mix(1.45, 0.82, white);
    // The key light is a soft box of 15 degrees, seen in the cornea; the upper lid cuts it off.
    vec3 bounce = reflect(-view, cornea);
    // It is a tall box: its lower part is seen below the lid when the light stands high.
    vec3 toward = normalize(vec3(key_direction.x, key_direction.y * 0.55, key_direction.z));
    float box = smoothstep(0.940, 0.972, dot(bounce, toward));
    float open = smoothstep(0.002, 0.014, lids.x);
    result += key_colour * 0.85 * box * mix(1.0, 0.12, white) * open;
    float fresnel = 0.03 + 0.5 * schlick(dot(cornea, view));
    result += reflected(bounce, 0.06) * fresnel * 1.6 * ao;
    // The line of tears on the lower lid.
    result += (key_colour * shadow * 0.13 + sky_colour * 0.12) * wet * max(dot(n, normalize(key_direction + view)), 0.0) * 0.5;
    return result;
}

vec3 cloth(vec3 albedo, vec3 n, vec3 smooth_normal, vec4 surface, vec3 p, vec3 view, float ao) {
    float metal = surface.y, roughness = surface.x, sheen = surface.w;
    float shadow = key_visibility(p + smooth_normal * 0.02, 0.0040, 0.0065).x;
    float n_v = max(dot(n, view), 0.0);
    vec3 light = key_colour * max((dot(n, key_direction) + 0.08) / 1.08, 0.0) * shadow * mix(1.0, ao, 0.5);
    light += fill_colour * max(dot(n, fill_direction) * 0.8 + 0.2, 0.0) * ao + ambient(n) * ao;
    vec3 f0 = mix(vec3(0.04), albedo, metal);
    vec3 spec = key_colour * shadow * highlight(n, key_direction, view, roughness, 1.0) * f0;
    spec += fill_colour * highlight(n, fill_direction, view, roughness, 1.0) * f0 * ao;
    for (int i = 0; i < 2; i++) {
        float visible = rim_visibility(p + smooth_normal * 0.02, i) * ao;
        light += rim_colour * max(dot(n, rim_directions[i]), 0.0) * visible;
        spec += rim_colour * highlight(n, rim_directions[i], view, roughness, 1.0) * f0 * visible;
    }
    vec3 fresnel = f0 + (1.0 - f0) * schlick(n_v) * mix(0.35, 1.0, metal) * (1.0 - 0.7 * roughness);
    spec += reflected(reflect(-view, n), roughness) * fresnel * ao * mix(0.6, 1.4, metal);
    vec3 fuzz = sheen * 0.35 * pow(max(1.0 - n_v, 0.0), 3.0) * sqrt(albedo) * (ambient(n) + 0.3 * light);
    return albedo * (1.0 - metal) * light + spec + fuzz * ao;
}

vec3 mouth(vec3 albedo, vec3 n, vec4 surface, vec3 p, vec3 view) {
    float shadow = mix(0.25, 1.0, key_visibility(p + n * 0.02, 0.004, 0.006).x);
    vec3 light = key_colour * max(dot(n, key_direction) * 0.6 + 0.4, 0.0) * shadow;
    light += fill_colour * max(dot(n, fill_direction), 0.0) + ambient(n) * 0.8;
    vec3 result = albedo * light * surface.z;
    result += key_colour * shadow * highlight(n, key_direction, view, surface.x, 0.04) * surface.y * surface.z;
    return result + reflected(reflect(-view, n), 0.3) * 0.03 * surface.y * surface.z;
}

// ---- display ------------------------------------------------------------------------------------------------------
vec3 aces(vec3 x) { return clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0.0, 1.0); }

// Filmic curve (Narkowicz 2016), partly on luminance (keeps hue) and partly per channel, then sRGB (IEC 61966-2-1).
vec3 display(vec3 linear) {
    vec3 x = max(linear, 0.0) * EXPOSURE;
    float y = dot(x, vec3(0.2126, 0.7152, 0.0722));
    vec3 by_luminance = x * (aces(vec3(y)).x / max(y, 1e-4));
    vec3 mapped = clamp(mix(aces(x), by_luminance, 0.6), 0.0, 1.0);
    return mix(12.92 * mapped, 1.055 * pow(mapped, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, mapped));
}

struct Sample { float material; vec3 albedo; vec3 first; vec3 second; vec4 surface; vec3 p; };

Sample sample_at(ivec2 at) {
    vec4 stored = texelFetch(albedo_map, at, 0);
    vec4 pair = texelFetch(direction_map, at, 0);
    return Sample(floor(stored.a * 255.0 + 0.5), stored.rgb * stored.rgb, direction(pair.xy), direction(pair.zw),
                  texelFetch(surface_map, at, 0), position_at(at));
}

vec3 shade(Sample s, ivec2 at) {
    vec3 view = normalize(vec3(0.0, 0.0, CAMERA_DISTANCE) - s.p);
    if (s.material == EYE) return eye(s.albedo, s.first, s.second, s.surface, at, s.p, view);
    if (s.material == MOUTH) return mouth(s.albedo, s.first, s.surface, s.p, view);
    float screen = occlusion_at(at, s.p, s.second);
    if (s.material == SKIN) return skin(s.albedo, s.first, s.second, s.surface, s.p, view, s.surface.z * screen);
    if (s.material == CLOTH) return cloth(s.albedo, s.first, s.second, s.surface, s.p, view, s.surface.z * screen);
    return strand(s.albedo, s.first, s.second, s.surface, s.p, view, screen, s.material);
}

void main() {
    ivec2 start = ivec2(gl_FragCoord.xy) * SAMPLES;
    const float count = float(SAMPLES * SAMPLES);
    Sample mean = sample_at(start);
    bool alike = mean.material == SKIN || mean.material == CLOTH;
    float covered = mean.material > 0.5 ? 1.0 : 0.0;
    for (int i = 1; i < SAMPLES * SAMPLES; i++) {
        Sample s = sample_at(start + ivec2(i % SAMPLES, i / SAMPLES));
        alike = alike && s.material == mean.material && dot(s.second, mean.second) > 0.5;
        covered += s.material > 0.5 ? 1.0 : 0.0;
        mean.albedo += s.albedo;
        mean.first += s.first;
        mean.second += s.second;
        mean.surface += s.surface;
        mean.p += s.p;
    }
    if (covered < 0.5) { colour = vec4(0.0); return; }
    if (alike) {
        taps = 18;
        turn = 0.7;
        mean.albedo /= count;
        mean.surface /= count;
        mean.p /= count;
        // The spread of the normals makes the mean rougher (Toksvig 2005).
        float spread = clamp(1.0 - length(mean.first) / count, 0.0, 0.5);
        mean.surface.x = sqrt(sqrt(min(pow(mean.surface.x, 4.0) + spread, 1.0)));
        mean.first = normalize(mean.first);
        mean.second = normalize(mean.second);
        colour = vec4(display(shade(mean, start + SAMPLES / 2)), 1.0);
        return;
    }
    vec3 sum = vec3(0.0);
    taps = 4;
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
        ivec2 at = start + ivec2(i % SAMPLES, i / SAMPLES);
        Sample s = sample_at(at);
        if (s.material < 0.5) continue;
        turn = 6.2831853 * (float(i) + 0.5) / count * 0.382 + 0.7;
        sum += display(shade(s, at));
    }
    colour = vec4(sum, covered) / count;
}
