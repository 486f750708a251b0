// What the geometry pass leaves for the light pass, one material a sample.
// albedo: square root of the linear albedo; material. directions: two unit vectors, octahedral (Meyer et al. 2010).
// surface: roughness, specular, occlusion, extra; what the last means is said where a material is lit.
layout(location = 0) out vec4 out_albedo;
layout(location = 1) out vec4 out_directions;
layout(location = 2) out vec4 out_surface;

vec2 octahedral(vec3 v) {
    v /= abs(v.x) + abs(v.y) + abs(v.z);
    vec2 folded = (1.0 - abs(v.yx)) * vec2(v.x >= 0.0 ? 1.0 : -1.0, v.y >= 0.0 ? 1.0 : -1.0);
    return v.z >= 0.0 ? v.xy : folded;
}

void store(float material, vec3 albedo, vec3 first, vec3 second, vec4 surface) {
    out_albedo = vec4(sqrt(clamp(albedo, 0.0, 1.0)), material / 255.0);
    out_directions = vec4(octahedral(first), octahedral(second));
    out_surface = surface;
}
