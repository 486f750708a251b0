#version 330
in vec3 p;
in vec3 n;
in vec2 t;
in vec4 m;
uniform sampler2D picture;      // log albedo relative to the face's mean, in 0..1 for -1.28..1.28; alpha: painted hair
uniform vec4 picture_window;    // u0, v0, u1, v1 of the atlas that the picture shows (v from the bottom)
uniform vec3 skin_colour;
uniform vec3 lip_colour;
uniform vec3 stubble_colour;    // painted scalp
uniform float stubble;          // 0..1
uniform float oil;
uniform float bump;
out vec4 colour;
#include light
void main() {
    vec2 at = (t - picture_window.xy) / (picture_window.zw - picture_window.xy);
    bool inside = all(greaterThan(at, vec2(0.0))) && all(lessThan(at, vec2(1.0)));
    vec4 texel = inside ? texture(picture, at) : vec4(vec3(0.5), 0.0);
    float occlusion = m.x;
    float mouth = m.z;
    vec3 albedo = skin_colour * exp((texel.rgb - 0.5) * 2.56);
    albedo = mix(albedo, albedo * lip_colour, m.y);
    albedo = mix(albedo, stubble_colour, texel.a * stubble);
    albedo = mix(albedo, vec3(0.20, 0.045, 0.035), mouth);

    vec3 smooth_normal = normalize(n);
    vec3 view = normalize(eye_direction_far - p);
    if (dot(smooth_normal, view) < 0.0 && !gl_FrontFacing) smooth_normal = -smooth_normal;
    // Bump from the albedo's luminance (Mikkelsen 2010), slope clamped.
    float height = dot(texel.rgb, vec3(0.3, 0.6, 0.1)) * bump * (1.0 - texel.a) * (1.0 - mouth);
    vec3 px = dFdx(p), py = dFdy(p);
    vec3 r1 = cross(py, smooth_normal), r2 = cross(smooth_normal, px);
    float det = dot(px, r1);
    vec3 slope = (dFdx(height) * r1 + dFdy(height) * r2) * sign(det) / max(abs(det), 1e-9);
    slope *= min(1.0, 0.4 / max(length(slope), 1e-6));
    vec3 detail = normalize(smooth_normal - slope);
    vec3 n_red = normalize(mix(detail, smooth_normal, 0.75));
    vec3 n_green = normalize(mix(detail, smooth_normal, 0.4));

    vec3 shadow = vec3(key_visibility(p + smooth_normal * 0.012, 0.0035, 0.0055).x);
    shadow = pow(shadow, vec3(0.62, 0.95, 1.0));
    vec3 ao = pow(vec3(occlusion), vec3(0.75, 1.05, 1.15));
    vec3 wrap = vec3(0.42, 0.16, 0.08);
    vec3 key = vec3(dot(n_red, key_direction), dot(n_green, key_direction), dot(detail, key_direction));
    key = max((key + wrap) / (1.0 + wrap), 0.0);
    key *= key_colour * shadow * mix(vec3(1.0), ao, 0.5);
    vec3 fill = fill_colour * max(dot(detail, fill_direction) * 0.7 + 0.3, 0.0) * ao;
    vec3 rim = rim_colour * (max(dot(detail, rim_left_direction), 0.0) + max(dot(detail, rim_right_direction), 0.0)) * ao * ao;
    vec3 light = key + fill + rim + ambient(detail) * ao;
    vec3 result = albedo * light;

    float n_v = max(dot(smooth_normal, view), 0.0);
    float wet = max(m.y * 0.6, mouth);
    float rough = mix(0.50 - 0.12 * oil, 0.36, wet);
    float spec = 0.76 * highlight(detail, key_direction, view, rough, 0.028)
               + 0.24 * highlight(detail, key_direction, view, 0.30, 0.028);
    spec *= (1.0 - 0.85 * texel.a) * occlusion;
    float spec_fill = highlight(detail, fill_direction, view, rough, 0.028) * occlusion;
    float spec_rim = (highlight(detail, rim_left_direction, view, rough, 0.028)
                    + highlight(detail, rim_right_direction, view, rough, 0.028)) * occlusion * occlusion;
    result += key_colour * shadow.b * spec * 0.85 + fill_colour * spec_fill + rim_colour * spec_rim * 0.7;
    result += ambient(reflect(-view, detail)) * (0.028 + 0.25 * pow(1.0 - n_v, 5.0)) * ao * (1.0 - texel.a);
    result *= mix(1.0, 0.35, mouth);
    colour = vec4(display(result), 1.0);
}
