uniform sampler2D picture;
uniform vec3 tint;
uniform float mean_luminance;
void garment_surface(vec2 t, vec3 normal, vec3 p, out vec3 albedo, out vec3 detail_normal, out float roughness, out float metalness) {
    vec3 base = pow(texture(picture, t).rgb, vec3(2.2));
    float y = dot(base, vec3(0.2126, 0.7152, 0.0722));
    albedo = clamp(tint * (y / mean_luminance), 0.0, 0.9);
    detail_normal = normal; roughness = 0.75; metalness = 0.0;
}
