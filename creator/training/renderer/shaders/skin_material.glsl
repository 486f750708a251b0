// The skin's material from the maps of skin_atlas.py, without light. Fragment shaders only.
struct SkinSurface {
    vec3 albedo;      // linear RGB
    vec3 normal;      // smooth_normal with wrinkles, grain and lip lines
    vec3 fold_normal; // smooth_normal with most of the wrinkles, but without grain: what light below the surface sees
    float roughness;  // perceptual: the square root of the GGX alpha
    float specular;   // what the reflectance at normal incidence (0.028) is multiplied with
    float lips;       // 1 on the red of the lips
};

uniform sampler2D skin_colour_map;  // rgba16f: log albedo over skin_tone, roughness over the middle value
uniform sampler2D skin_detail_map;  // rgba8: log albedo, slopes, pigment of spots
uniform sampler2D skin_mask_map;    // rgba8: lips, eyeliner, eye shadow, coarseness
uniform sampler2D skin_grain;       // rgba8, repeated: slopes, cavity, mottling
uniform sampler2D scalp_shade;      // rg8 in the whole atlas: shade of the hair's roots, of beard and brows
uniform vec3 skin_tone;             // linear RGB
uniform vec3 skin_lip_factor;       // what the lips' albedo is multiplied with
uniform vec3 skin_pigment;          // log albedo of freckles and age spots
uniform float skin_grain_amount;    // about 0.3 (smooth) to 1.8 (rough)
uniform float skin_oil;             // 0..1
uniform float skin_make_up;         // 0..1
uniform float skin_lip_roughness;
uniform vec3 scalp_colour;          // linear RGB of the hair
uniform vec3 beard_colour;          // linear RGB of beard and brows

const vec2 SKIN_MAP_SIZE = vec2(816.0, 1776.0);
const vec4 SKIN_HEAD_WINDOW = vec4(0.60, 0.13317, 1.0, 0.83317);            // u0, v0, u1, v1, v from the bottom
const vec4 SKIN_BODY_WINDOW = vec4(-0.0179375, 0.656, 0.7789375, 0.9919375);
const float SKIN_HEAD_ROWS = 1432.0;
const float SKIN_BODY_LARGEST_U = 0.63;
const float SKIN_ALBEDO_RANGE = 0.42;
const float SKIN_SLOPE_RANGE = 0.006;       // decimetres from texel to texel
const float SKIN_DECIMETRE = 1.0 / 1.19;    // in units of eye line to chin
const float SKIN_GRAIN_SPAN = 128.0;        // head texels that a tile of the grain spans
const float SKIN_GRAIN_DEPTH = 0.0022;      // decimetres: height change over a head texel at 1.0
const float SKIN_LARGEST_SLOPE = 0.55;

// Texel (x right, y down) of the packed map for atlas coordinates; z: head texels for a texel there.
vec3 skin_texel(vec2 atlas_uv) {
    bool body = atlas_uv.x < SKIN_BODY_LARGEST_U;
    vec4 window = body ? SKIN_BODY_WINDOW : SKIN_HEAD_WINDOW;
    float rows = body ? SKIN_MAP_SIZE.y - SKIN_HEAD_ROWS : SKIN_HEAD_ROWS;
    vec2 at = (atlas_uv - window.xy) / (window.zw - window.xy);
    vec2 texel = vec2(at.x * SKIN_MAP_SIZE.x, (1.0 - at.y) * rows);
    texel.y = clamp(texel.y, 1.0, rows - 1.0) + (body ? SKIN_HEAD_ROWS : 0.0);
    return vec3(texel, body ? 2.0 : 1.0);
}

vec3 limited_slope(vec3 gradient) {
    return gradient * min(1.0, SKIN_LARGEST_SLOPE / max(length(gradient), 1e-6));
}

SkinSurface skin_surface(vec2 atlas_uv, vec3 smooth_normal, vec3 position, vec4 marks) {
    vec3 place = skin_texel(atlas_uv);
    vec2 at = place.xy / SKIN_MAP_SIZE;
    vec4 slow = texture(skin_colour_map, at);
    vec4 fine = texture(skin_detail_map, at);
    vec4 mask = texture(skin_mask_map, at);
    vec4 grain = texture(skin_grain, place.xy * place.z / SKIN_GRAIN_SPAN);
    vec2 shades = texture(scalp_shade, vec2(atlas_uv.x, 1.0 - atlas_uv.y)).rg;
    float shade = max(shades.r, shades.g);
    float lips = mask.r;
    float mouth = clamp(marks.z, 0.0, 1.0);
    float coarseness = mask.a * skin_grain_amount;

    vec3 log_albedo = slow.rgb * (1.0 - lips);
    log_albedo += (fine.r * 255.0 - 128.0) / 127.0 * SKIN_ALBEDO_RANGE * vec3(0.82, 1.04, 1.10);
    log_albedo += skin_pigment * fine.a * (1.0 - 0.7 * lips);
    log_albedo += coarseness * ((grain.b - 0.88) * 0.20 + (grain.a - 0.5) * vec3(0.05, 0.11, 0.10)) * (1.0 - lips);
    vec3 albedo = skin_tone * exp(log_albedo);
    albedo *= mix(vec3(1.0), skin_lip_factor, lips);
    albedo *= exp(vec3(-0.95, -1.20, -1.15) * (skin_make_up * mask.b * 0.85));
    albedo *= 1.0 - 0.30 * mask.g;  // the roots of the lashes
    albedo = mix(albedo, vec3(0.012, 0.010, 0.010), clamp(mask.g * skin_make_up * 1.25, 0.0, 0.92));
    albedo = mix(albedo, 0.12 * albedo + 0.55 * scalp_colour, shades.r);
    albedo = mix(albedo, 0.12 * albedo + 0.55 * beard_colour, shades.g);
    // What lies as deep as the inside of the nostrils is moist and red, and its own light is lost there.
    albedo *= mix(vec3(0.42, 0.30, 0.28), vec3(1.0), smoothstep(0.06, 0.30, marks.x));
    albedo = mix(albedo, vec3(0.20, 0.045, 0.035), mouth);

    // Slopes of height over texels -> the gradient on the surface (after Mikkelsen 2010), through screen derivatives.
    vec2 folds = (fine.gb * 255.0 - 128.0) / 127.0 * SKIN_SLOPE_RANGE;
    vec2 slope = folds + (grain.rg * 255.0 - 128.0) / 127.0 * (SKIN_GRAIN_DEPTH * coarseness * place.z * (1.0 - shade));
    slope *= SKIN_DECIMETRE * (1.0 - mouth);
    folds *= 0.65 * SKIN_DECIMETRE * (1.0 - mouth);
    vec3 px = dFdx(position), py = dFdy(position);
    vec3 r1 = cross(py, smooth_normal), r2 = cross(smooth_normal, px);
    float det = dot(px, r1);
    mat2 texels = mat2(dFdx(place.xy), dFdy(place.xy));
    mat2x3 upwards = mat2x3(r1, r2) * (sign(det) / max(abs(det), 1e-12));
    vec3 gradient = limited_slope(upwards * (slope * texels));

    SkinSurface surface;
    surface.albedo = albedo;
    surface.normal = normalize(smooth_normal - gradient);
    surface.fold_normal = normalize(smooth_normal - limited_slope(upwards * (folds * texels)));
    float rough = 0.575 - 0.18 * skin_oil + slow.a + 0.05 * coarseness;
    rough = mix(rough, skin_lip_roughness, lips);
    surface.roughness = clamp(mix(rough, 0.34, mouth), 0.2, 0.9);
    float cavity = mix(1.0, clamp(grain.b * 1.25 - 0.1, 0.4, 1.0), min(coarseness, 1.0));
    surface.specular = cavity * (1.0 - 0.9 * shade) * (0.58 + 0.72 * skin_oil) * (1.0 - 0.4 * skin_make_up * mask.b);
    surface.lips = lips * (1.0 - mouth);
    return surface;
}
