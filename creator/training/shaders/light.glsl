// Shared by all materials: lights in camera space (x right, y up, z to the camera), shadows, tone mapping.
uniform vec3 key_direction;
uniform mat4 key_matrix;
uniform sampler2D shadow_map;

const vec3 key_colour = vec3(2.15, 2.05, 1.92);
const vec3 fill_direction = normalize(vec3(0.0, 0.15, 1.0));
const vec3 fill_colour = vec3(0.30, 0.32, 0.36);
const vec3 rim_left_direction = normalize(vec3(-0.85, 0.35, -0.55));
const vec3 rim_right_direction = normalize(vec3(0.85, 0.35, -0.55));
const vec3 rim_colour = vec3(0.42, 0.47, 0.55);
const vec3 sky = vec3(0.34, 0.36, 0.40);
const vec3 ground = vec3(0.16, 0.14, 0.13);
const vec3 eye_direction_far = vec3(0.0, 0.0, 11.0);

vec3 ambient(vec3 n) { return mix(ground, sky, n.y * 0.5 + 0.5); }

// Depth of the nearest occluder towards the key light, averaged over a few taps: lit share in x, mean depth in y.
vec2 key_visibility(vec3 p, float bias, float radius) {
    vec3 q = (key_matrix * vec4(p, 1.0)).xyz * 0.5 + 0.5;
    vec2 taps[8] = vec2[8](vec2(-0.62, -0.2), vec2(0.3, -0.72), vec2(0.75, 0.25), vec2(-0.2, 0.7),
                           vec2(-0.85, 0.45), vec2(0.05, -0.1), vec2(0.4, 0.85), vec2(0.8, -0.45));
    float lit = 0.0;
    float depth = 0.0;
    for (int i = 0; i < 8; i++) {
        float d = texture(shadow_map, q.xy + taps[i] * radius).r;
        lit += clamp((d - q.z + bias) / bias + 0.5, 0.0, 1.0);
        depth += max(q.z - d, 0.0);
    }
    return vec2(lit, depth) / 8.0;
}

float ggx(float n_h, float roughness) {
    float a = roughness * roughness;
    float d = n_h * n_h * (a * a - 1.0) + 1.0;
    return a * a / (3.14159 * d * d);
}

// One light's Cook-Torrance highlight, already times n.l.
float highlight(vec3 n, vec3 l, vec3 v, float roughness, float f0) {
    vec3 h = normalize(l + v);
    float n_l = max(dot(n, l), 0.0);
    float n_v = max(dot(n, v), 0.08);
    float k = roughness * roughness * 0.5;
    float geometry = 1.0 / ((n_l * (1.0 - k) + k) * (n_v * (1.0 - k) + k) * 4.0);
    float fresnel = f0 + (1.0 - f0) * pow(1.0 - max(dot(h, v), 0.0), 5.0);
    return ggx(max(dot(n, h), 0.0), roughness) * geometry * fresnel * n_l * 3.14159;
}

vec3 aces(vec3 x) { return clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0.0, 1.0); }

// Filmic curve partly on luminance (keeps hue) and partly per channel (desaturates highlights), then sRGB encoding.
vec3 display(vec3 linear) {
    vec3 x = max(linear, 0.0) * 0.54;
    float y = dot(x, vec3(0.2126, 0.7152, 0.0722));
    vec3 by_luminance = x * (aces(vec3(y)).x / max(y, 1e-4));
    vec3 mapped = clamp(mix(aces(x), by_luminance, 0.6), 0.0, 1.0);
    return mix(12.92 * mapped, 1.055 * pow(mapped, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, mapped));
}
