#version 330
in vec3 p;
in vec3 n;
in vec2 t;
in vec4 m;
out vec4 colour;
#include light
#include skin_material
void main() {
    float occlusion = m.x;
    float mouth = m.z;
    vec3 smooth_normal = normalize(n);
    vec3 view = normalize(eye_direction_far - p);
    if (dot(smooth_normal, view) < 0.0 && !gl_FrontFacing) smooth_normal = -smooth_normal;
    SkinSurface surface = skin_surface(t, smooth_normal, p, m);
    vec3 albedo = surface.albedo;
    vec3 detail = surface.normal;
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
    float rough = surface.roughness;
    float spec = 0.76 * highlight(detail, key_direction, view, rough, 0.028)
               + 0.24 * highlight(detail, key_direction, view, 0.30, 0.028);
    spec *= surface.specular * occlusion;
    float spec_fill = highlight(detail, fill_direction, view, rough, 0.028) * occlusion;
    float spec_rim = (highlight(detail, rim_left_direction, view, rough, 0.028)
                    + highlight(detail, rim_right_direction, view, rough, 0.028)) * occlusion * occlusion;
    result += key_colour * shadow.b * spec * 0.85 + fill_colour * spec_fill + rim_colour * spec_rim * 0.7;
    result += ambient(reflect(-view, detail)) * (0.028 + 0.25 * pow(1.0 - n_v, 5.0)) * ao * surface.specular;
    result *= mix(1.0, 0.35, mouth);
    colour = vec4(display(result), 1.0);
}
