// Numbers of the materials, as stored in the albedo's fourth channel.
const float SKIN = 1.0;
const float EYE = 2.0;
const float BROW = 3.0;
const float HAIR = 4.0;
const float BEARD = 5.0;
const float MOUTH = 6.0;
const float CLOTH = 7.0;
const float LASH = 8.0;
