<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>attributes</name>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>Alter</translation>
        </message>
        <message>
            <source>Apparent age: proportions, skin and wrinkles follow.</source>
            <translation>Scheinbares Alter: Proportionen, Haut und Falten folgen.</translation>
        </message>
        <message>
            <source>years</source>
            <translation>Jahre</translation>
        </message>
        <message>
            <source>child</source>
            <translation>Kind</translation>
        </message>
        <message>
            <source>old</source>
            <translation>alt</translation>
        </message>
        <message>
            <source>Gender</source>
            <translation>Geschlecht</translation>
        </message>
        <message>
            <source>Feminine to masculine build of head and face.</source>
            <translation>Weiblicher bis männlicher Bau von Kopf und Gesicht.</translation>
        </message>
        <message>
            <source>feminine</source>
            <translation>weiblich</translation>
        </message>
        <message>
            <source>masculine</source>
            <translation>männlich</translation>
        </message>
        <message>
            <source>African ancestry</source>
            <translation>Afrikanisch</translation>
        </message>
        <message>
            <source>Share in the ancestry mixture; the three shares are scaled to sum to one.</source>
            <translation>Anteil an der Herkunft; die drei Anteile ergeben zusammen immer eins.</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>much</source>
            <translation>viel</translation>
        </message>
        <message>
            <source>East Asian ancestry</source>
            <translation>Ostasiatisch</translation>
        </message>
        <message>
            <source>European ancestry</source>
            <translation>Europäisch</translation>
        </message>
        <message>
            <source>Body weight</source>
            <translation>Körpergewicht</translation>
        </message>
        <message>
            <source>Weight as seen in face and neck.</source>
            <translation>Gewicht, wie es Gesicht und Hals zeigen.</translation>
        </message>
        <message>
            <source>thin</source>
            <translation>dünn</translation>
        </message>
        <message>
            <source>heavy</source>
            <translation>schwer</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <source>Face shape</source>
            <translation>Gesichtsform</translation>
        </message>
        <message>
            <source>Round to angular outline of the face.</source>
            <translation>Runder bis kantiger Umriss des Gesichts.</translation>
        </message>
        <message>
            <source>round</source>
            <translation>rund</translation>
        </message>
        <message>
            <source>rectangular</source>
            <translation>kantig</translation>
        </message>
        <message>
            <source>Head width</source>
            <translation>Kopfbreite</translation>
        </message>
        <message>
            <source>Width of the whole head.</source>
            <translation>Breite des ganzen Kopfes.</translation>
        </message>
        <message>
            <source>narrow</source>
            <translation>schmal</translation>
        </message>
        <message>
            <source>wide</source>
            <translation>breit</translation>
        </message>
        <message>
            <source>Head height</source>
            <translation>Kopfhöhe</translation>
        </message>
        <message>
            <source>Height of head and face together.</source>
            <translation>Höhe von Kopf und Gesicht zusammen.</translation>
        </message>
        <message>
            <source>low</source>
            <translation>niedrig</translation>
        </message>
        <message>
            <source>high</source>
            <translation>hoch</translation>
        </message>
        <message>
            <source>Forehead height</source>
            <translation>Stirnhöhe</translation>
        </message>
        <message>
            <source>Height of the forehead.</source>
            <translation>Höhe der Stirn.</translation>
        </message>
        <message>
            <source>Temples</source>
            <translation>Schläfen</translation>
        </message>
        <message>
            <source>How far the temples curve outwards.</source>
            <translation>Wie weit sich die Schläfen nach außen wölben.</translation>
        </message>
        <message>
            <source>hollow</source>
            <translation>hohl</translation>
        </message>
        <message>
            <source>full</source>
            <translation>voll</translation>
        </message>
        <message>
            <source>Cheekbones</source>
            <translation>Wangenknochen</translation>
        </message>
        <message>
            <source>How far the cheekbones stand out.</source>
            <translation>Wie weit die Wangenknochen vorstehen.</translation>
        </message>
        <message>
            <source>flat</source>
            <translation>flach</translation>
        </message>
        <message>
            <source>prominent</source>
            <translation>ausgeprägt</translation>
        </message>
        <message>
            <source>Cheek fullness</source>
            <translation>Wangenfülle</translation>
        </message>
        <message>
            <source>Volume of the cheeks.</source>
            <translation>Fülle der Wangen.</translation>
        </message>
        <message>
            <source>Jaw width</source>
            <translation>Kieferbreite</translation>
        </message>
        <message>
            <source>Width of the jaw bone.</source>
            <translation>Breite des Kieferknochens.</translation>
        </message>
        <message>
            <source>Jaw angle</source>
            <translation>Kieferwinkel</translation>
        </message>
        <message>
            <source>How sharply the jaw turns below the ear.</source>
            <translation>Wie scharf der Kiefer unter dem Ohr abknickt.</translation>
        </message>
        <message>
            <source>soft</source>
            <translation>weich</translation>
        </message>
        <message>
            <source>angular</source>
            <translation>kantig</translation>
        </message>
        <message>
            <source>Chin height</source>
            <translation>Kinnhöhe</translation>
        </message>
        <message>
            <source>Height of the chin.</source>
            <translation>Höhe des Kinns.</translation>
        </message>
        <message>
            <source>short</source>
            <translation>kurz</translation>
        </message>
        <message>
            <source>long</source>
            <translation>lang</translation>
        </message>
        <message>
            <source>Chin width</source>
            <translation>Kinnbreite</translation>
        </message>
        <message>
            <source>Width of the chin.</source>
            <translation>Breite des Kinns.</translation>
        </message>
        <message>
            <source>pointed</source>
            <translation>spitz</translation>
        </message>
        <message>
            <source>broad</source>
            <translation>breit</translation>
        </message>
        <message>
            <source>Chin prominence</source>
            <translation>Kinnvorsprung</translation>
        </message>
        <message>
            <source>How far the chin stands out.</source>
            <translation>Wie weit das Kinn vorsteht.</translation>
        </message>
        <message>
            <source>receding</source>
            <translation>fliehend</translation>
        </message>
        <message>
            <source>Chin cleft</source>
            <translation>Kinngrübchen</translation>
        </message>
        <message>
            <source>Depth of the dimple in the chin.</source>
            <translation>Tiefe des Grübchens im Kinn.</translation>
        </message>
        <message>
            <source>deep</source>
            <translation>tief</translation>
        </message>
        <message>
            <source>Neck width</source>
            <translation>Halsbreite</translation>
        </message>
        <message>
            <source>Width of the neck.</source>
            <translation>Breite des Halses.</translation>
        </message>
        <message>
            <source>slender</source>
            <translation>schlank</translation>
        </message>
        <message>
            <source>thick</source>
            <translation>dick</translation>
        </message>
        <message>
            <source>Eyes</source>
            <translation>Augen</translation>
        </message>
        <message>
            <source>Eye size</source>
            <translation>Augengröße</translation>
        </message>
        <message>
            <source>Size of both eyes.</source>
            <translation>Größe beider Augen.</translation>
        </message>
        <message>
            <source>small</source>
            <translation>klein</translation>
        </message>
        <message>
            <source>large</source>
            <translation>groß</translation>
        </message>
        <message>
            <source>Eye opening</source>
            <translation>Augenöffnung</translation>
        </message>
        <message>
            <source>Height of the opening between the lids.</source>
            <translation>Höhe der Öffnung zwischen den Lidern.</translation>
        </message>
        <message>
            <source>Eye height</source>
            <translation>Augenhöhe</translation>
        </message>
        <message>
            <source>Where the eyes lie between brow and nose.</source>
            <translation>Wo die Augen zwischen Braue und Nase liegen.</translation>
        </message>
        <message>
            <source>Eye spacing</source>
            <translation>Augenabstand</translation>
        </message>
        <message>
            <source>Distance between the eyes.</source>
            <translation>Abstand zwischen den Augen.</translation>
        </message>
        <message>
            <source>close</source>
            <translation>eng</translation>
        </message>
        <message>
            <source>apart</source>
            <translation>weit</translation>
        </message>
        <message>
            <source>Eye tilt</source>
            <translation>Augenneigung</translation>
        </message>
        <message>
            <source>Height of the outer corners against the inner.</source>
            <translation>Höhe der äußeren Winkel gegenüber den inneren.</translation>
        </message>
        <message>
            <source>downward</source>
            <translation>abwärts</translation>
        </message>
        <message>
            <source>upward</source>
            <translation>aufwärts</translation>
        </message>
        <message>
            <source>Inner corner</source>
            <translation>Innerer Winkel</translation>
        </message>
        <message>
            <source>Height of the inner corners of the eyes.</source>
            <translation>Höhe der inneren Augenwinkel.</translation>
        </message>
        <message>
            <source>Outer corner</source>
            <translation>Äußerer Winkel</translation>
        </message>
        <message>
            <source>Height of the outer corners of the eyes.</source>
            <translation>Höhe der äußeren Augenwinkel.</translation>
        </message>
        <message>
            <source>Epicanthus</source>
            <translation>Epikanthus</translation>
        </message>
        <message>
            <source>Fold of the upper lid over the inner corner, beyond what the ancestry brings.</source>
            <translation>Falte des Oberlids über dem inneren Winkel, über das hinaus, was die Herkunft mitbringt.</translation>
        </message>
        <message>
            <source>open corner</source>
            <translation>offener Winkel</translation>
        </message>
        <message>
            <source>full fold</source>
            <translation>volle Falte</translation>
        </message>
        <message>
            <source>Lid fold</source>
            <translation>Lidfalte</translation>
        </message>
        <message>
            <source>Height of the crease above the upper lid.</source>
            <translation>Höhe der Falte über dem Oberlid.</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>verborgen</translation>
        </message>
        <message>
            <source>Eye bags</source>
            <translation>Tränensäcke</translation>
        </message>
        <message>
            <source>Swelling below the eyes.</source>
            <translation>Schwellung unter den Augen.</translation>
        </message>
        <message>
            <source>Iris colour</source>
            <translation>Augenfarbe</translation>
        </message>
        <message>
            <source>Dark brown, brown, hazel, green, blue, pale grey, continuous.</source>
            <translation>Dunkelbraun, braun, haselnuss, grün, blau, hellgrau, stufenlos.</translation>
        </message>
        <message>
            <source>dark brown</source>
            <translation>dunkelbraun</translation>
        </message>
        <message>
            <source>pale grey</source>
            <translation>hellgrau</translation>
        </message>
        <message>
            <source>Pupil</source>
            <translation>Pupille</translation>
        </message>
        <message>
            <source>Width of the pupils.</source>
            <translation>Weite der Pupillen.</translation>
        </message>
        <message>
            <source>Gaze left-right</source>
            <translation>Blick links-rechts</translation>
        </message>
        <message>
            <source>Where both eyes look, as seen in the picture.</source>
            <translation>Wohin beide Augen blicken, im Bild gesehen.</translation>
        </message>
        <message>
            <source>left</source>
            <translation>links</translation>
        </message>
        <message>
            <source>right</source>
            <translation>rechts</translation>
        </message>
        <message>
            <source>Gaze up-down</source>
            <translation>Blick oben-unten</translation>
        </message>
        <message>
            <source>Where both eyes look; the lids follow.</source>
            <translation>Wohin beide Augen blicken; die Lider folgen.</translation>
        </message>
        <message>
            <source>down</source>
            <translation>unten</translation>
        </message>
        <message>
            <source>up</source>
            <translation>oben</translation>
        </message>
        <message>
            <source>Brows</source>
            <translation>Brauen</translation>
        </message>
        <message>
            <source>Brow style</source>
            <translation>Brauenform</translation>
        </message>
        <message>
            <source>Shape of the eyebrows.</source>
            <translation>Form der Augenbrauen.</translation>
        </message>
        <message>
            <source>Soft</source>
            <translation>Weich</translation>
        </message>
        <message>
            <source>Straight</source>
            <translation>Gerade</translation>
        </message>
        <message>
            <source>Arched</source>
            <translation>Geschwungen</translation>
        </message>
        <message>
            <source>Bushy</source>
            <translation>Buschig</translation>
        </message>
        <message>
            <source>Thin</source>
            <translation>Dünn</translation>
        </message>
        <message>
            <source>Rounded</source>
            <translation>Rund</translation>
        </message>
        <message>
            <source>Angular</source>
            <translation>Kantig</translation>
        </message>
        <message>
            <source>Brow height</source>
            <translation>Brauenhöhe</translation>
        </message>
        <message>
            <source>Height of the eyebrows.</source>
            <translation>Höhe der Augenbrauen.</translation>
        </message>
        <message>
            <source>Brow angle</source>
            <translation>Brauenneigung</translation>
        </message>
        <message>
            <source>Tilt of the brows.</source>
            <translation>Neigung der Brauen.</translation>
        </message>
        <message>
            <source>inner end low</source>
            <translation>innen tief</translation>
        </message>
        <message>
            <source>inner end high</source>
            <translation>innen hoch</translation>
        </message>
        <message>
            <source>Brow thickness</source>
            <translation>Brauenstärke</translation>
        </message>
        <message>
            <source>Height and density of the brows.</source>
            <translation>Höhe und Dichte der Brauen.</translation>
        </message>
        <message>
            <source>Brow colour</source>
            <translation>Brauenfarbe</translation>
        </message>
        <message>
            <source>Colour of the brows against the hair's.</source>
            <translation>Farbe der Brauen gegenüber der des Haars.</translation>
        </message>
        <message>
            <source>lighter</source>
            <translation>heller</translation>
        </message>
        <message>
            <source>darker</source>
            <translation>dunkler</translation>
        </message>
        <message>
            <source>Nose</source>
            <translation>Nase</translation>
        </message>
        <message>
            <source>Nose length</source>
            <translation>Nasenlänge</translation>
        </message>
        <message>
            <source>Length of the nose.</source>
            <translation>Länge der Nase.</translation>
        </message>
        <message>
            <source>Nose width</source>
            <translation>Nasenbreite</translation>
        </message>
        <message>
            <source>Width of the nose and its wings.</source>
            <translation>Breite der Nase und ihrer Flügel.</translation>
        </message>
        <message>
            <source>Bridge height</source>
            <translation>Rückenhöhe</translation>
        </message>
        <message>
            <source>How far the bridge stands out.</source>
            <translation>Wie weit der Nasenrücken vorsteht.</translation>
        </message>
        <message>
            <source>Bridge curve</source>
            <translation>Rückenbogen</translation>
        </message>
        <message>
            <source>Curve of the bridge, seen from the side.</source>
            <translation>Bogen des Nasenrückens, von der Seite gesehen.</translation>
        </message>
        <message>
            <source>concave</source>
            <translation>eingebogen</translation>
        </message>
        <message>
            <source>convex</source>
            <translation>ausgebogen</translation>
        </message>
        <message>
            <source>Nose hump</source>
            <translation>Nasenhöcker</translation>
        </message>
        <message>
            <source>Hump at the upper third of the bridge.</source>
            <translation>Höcker im oberen Drittel des Nasenrückens.</translation>
        </message>
        <message>
            <source>strong</source>
            <translation>stark</translation>
        </message>
        <message>
            <source>Nose tip</source>
            <translation>Nasenspitze</translation>
        </message>
        <message>
            <source>Where the tip of the nose points.</source>
            <translation>Wohin die Nasenspitze zeigt.</translation>
        </message>
        <message>
            <source>Tip width</source>
            <translation>Spitzenbreite</translation>
        </message>
        <message>
            <source>Width of the tip of the nose.</source>
            <translation>Breite der Nasenspitze.</translation>
        </message>
        <message>
            <source>fine</source>
            <translation>fein</translation>
        </message>
        <message>
            <source>Nostrils</source>
            <translation>Nasenlöcher</translation>
        </message>
        <message>
            <source>Width of the nostrils.</source>
            <translation>Weite der Nasenlöcher.</translation>
        </message>
        <message>
            <source>flared</source>
            <translation>gebläht</translation>
        </message>
        <message>
            <source>Nose size</source>
            <translation>Nasengröße</translation>
        </message>
        <message>
            <source>How far the nose stands out.</source>
            <translation>Wie weit die Nase vorsteht.</translation>
        </message>
        <message>
            <source>projecting</source>
            <translation>vorstehend</translation>
        </message>
        <message>
            <source>Mouth</source>
            <translation>Mund</translation>
        </message>
        <message>
            <source>Mouth width</source>
            <translation>Mundbreite</translation>
        </message>
        <message>
            <source>Width of the mouth.</source>
            <translation>Breite des Mundes.</translation>
        </message>
        <message>
            <source>Mouth height</source>
            <translation>Mundhöhe</translation>
        </message>
        <message>
            <source>Where the mouth lies between nose and chin.</source>
            <translation>Wo der Mund zwischen Nase und Kinn liegt.</translation>
        </message>
        <message>
            <source>Upper lip</source>
            <translation>Oberlippe</translation>
        </message>
        <message>
            <source>Fullness of the upper lip.</source>
            <translation>Fülle der Oberlippe.</translation>
        </message>
        <message>
            <source>Lower lip</source>
            <translation>Unterlippe</translation>
        </message>
        <message>
            <source>Fullness of the lower lip.</source>
            <translation>Fülle der Unterlippe.</translation>
        </message>
        <message>
            <source>Mouth corners</source>
            <translation>Mundwinkel</translation>
        </message>
        <message>
            <source>Resting tilt of the corners.</source>
            <translation>Neigung der Mundwinkel in Ruhe.</translation>
        </message>
        <message>
            <source>Philtrum</source>
            <translation>Philtrum</translation>
        </message>
        <message>
            <source>Depth of the groove between nose and upper lip.</source>
            <translation>Tiefe der Rinne zwischen Nase und Oberlippe.</translation>
        </message>
        <message>
            <source>smooth</source>
            <translation>glatt</translation>
        </message>
        <message>
            <source>Ears</source>
            <translation>Ohren</translation>
        </message>
        <message>
            <source>Ear size</source>
            <translation>Ohrgröße</translation>
        </message>
        <message>
            <source>Size of the ears.</source>
            <translation>Größe der Ohren.</translation>
        </message>
        <message>
            <source>Ear flare</source>
            <translation>Abstehende Ohren</translation>
        </message>
        <message>
            <source>How far the ears stand out.</source>
            <translation>Wie weit die Ohren abstehen.</translation>
        </message>
        <message>
            <source>standing out</source>
            <translation>abstehend</translation>
        </message>
        <message>
            <source>Ear lobe</source>
            <translation>Ohrläppchen</translation>
        </message>
        <message>
            <source>Size of the lobes.</source>
            <translation>Größe der Ohrläppchen.</translation>
        </message>
        <message>
            <source>Pointed ears</source>
            <translation>Spitze Ohren</translation>
        </message>
        <message>
            <source>Long pointed tips, as elves have them.</source>
            <translation>Lange Spitzen, wie Elfen sie haben.</translation>
        </message>
        <message>
            <source>Skin</source>
            <translation>Haut</translation>
        </message>
        <message>
            <source>Skin tone</source>
            <translation>Hautton</translation>
        </message>
        <message>
            <source>Ten steps of the Monk scale, continuous.</source>
            <translation>Zehn Stufen der Monk-Skala, stufenlos.</translation>
        </message>
        <message>
            <source>lightest</source>
            <translation>am hellsten</translation>
        </message>
        <message>
            <source>darkest</source>
            <translation>am dunkelsten</translation>
        </message>
        <message>
            <source>Undertone</source>
            <translation>Unterton</translation>
        </message>
        <message>
            <source>Pink and cool to olive and warm.</source>
            <translation>Rosig und kühl bis oliv und warm.</translation>
        </message>
        <message>
            <source>cool</source>
            <translation>kühl</translation>
        </message>
        <message>
            <source>warm</source>
            <translation>warm</translation>
        </message>
        <message>
            <source>Smoothness</source>
            <translation>Glätte</translation>
        </message>
        <message>
            <source>Size and depth of the pores.</source>
            <translation>Größe und Tiefe der Poren.</translation>
        </message>
        <message>
            <source>coarse</source>
            <translation>grob</translation>
        </message>
        <message>
            <source>Freckles</source>
            <translation>Sommersprossen</translation>
        </message>
        <message>
            <source>Freckles on nose, cheeks and forehead.</source>
            <translation>Sommersprossen auf Nase, Wangen und Stirn.</translation>
        </message>
        <message>
            <source>many</source>
            <translation>viele</translation>
        </message>
        <message>
            <source>Wrinkles</source>
            <translation>Falten</translation>
        </message>
        <message>
            <source>Wrinkles, against what the age brings.</source>
            <translation>Falten, gegenüber dem, was das Alter mitbringt.</translation>
        </message>
        <message>
            <source>fewer</source>
            <translation>weniger</translation>
        </message>
        <message>
            <source>more</source>
            <translation>mehr</translation>
        </message>
        <message>
            <source>Oiliness</source>
            <translation>Hautglanz</translation>
        </message>
        <message>
            <source>How much the skin shines.</source>
            <translation>Wie stark die Haut glänzt.</translation>
        </message>
        <message>
            <source>matt</source>
            <translation>matt</translation>
        </message>
        <message>
            <source>shining</source>
            <translation>glänzend</translation>
        </message>
        <message>
            <source>Blush</source>
            <translation>Wangenröte</translation>
        </message>
        <message>
            <source>Redness of the cheeks.</source>
            <translation>Röte der Wangen.</translation>
        </message>
        <message>
            <source>Lip colour</source>
            <translation>Lippenfarbe</translation>
        </message>
        <message>
            <source>Colour of the lips.</source>
            <translation>Farbe der Lippen.</translation>
        </message>
        <message>
            <source>natural</source>
            <translation>natürlich</translation>
        </message>
        <message>
            <source>deep red</source>
            <translation>tiefrot</translation>
        </message>
        <message>
            <source>Eye make-up</source>
            <translation>Augen-Make-up</translation>
        </message>
        <message>
            <source>Shadow and liner around the eyes.</source>
            <translation>Lidschatten und Lidstrich.</translation>
        </message>
        <message>
            <source>Hair</source>
            <translation>Haar</translation>
        </message>
        <message>
            <source>Hair style</source>
            <translation>Frisur</translation>
        </message>
        <message>
            <source>Cut of the hair.</source>
            <translation>Schnitt des Haars.</translation>
        </message>
        <message>
            <source>Bald</source>
            <translation>Glatze</translation>
        </message>
        <message>
            <source>Buzz cut</source>
            <translation>Stoppelschnitt</translation>
        </message>
        <message>
            <source>Cropped, brushed forward</source>
            <translation>Kurz, nach vorn gekämmt</translation>
        </message>
        <message>
            <source>Short, swept up</source>
            <translation>Kurz, hochgekämmt</translation>
        </message>
        <message>
            <source>Short, side parting</source>
            <translation>Kurz mit Seitenscheitel</translation>
        </message>
        <message>
            <source>Slicked back</source>
            <translation>Zurückgekämmt</translation>
        </message>
        <message>
            <source>Short curls</source>
            <translation>Kurze Locken</translation>
        </message>
        <message>
            <source>Pixie</source>
            <translation>Pixie</translation>
        </message>
        <message>
            <source>Undercut</source>
            <translation>Undercut</translation>
        </message>
        <message>
            <source>Mohawk</source>
            <translation>Irokese</translation>
        </message>
        <message>
            <source>Bob with fringe</source>
            <translation>Bob mit Pony</translation>
        </message>
        <message>
            <source>Shoulder length, wavy</source>
            <translation>Schulterlang, gewellt</translation>
        </message>
        <message>
            <source>Long curls</source>
            <translation>Lange Locken</translation>
        </message>
        <message>
            <source>Long, parted</source>
            <translation>Lang, gescheitelt</translation>
        </message>
        <message>
            <source>Long with fringe</source>
            <translation>Lang mit Pony</translation>
        </message>
        <message>
            <source>Ponytail</source>
            <translation>Pferdeschwanz</translation>
        </message>
        <message>
            <source>Bun</source>
            <translation>Dutt</translation>
        </message>
        <message>
            <source>Plait over the shoulder</source>
            <translation>Zopf über der Schulter</translation>
        </message>
        <message>
            <source>Two plaits</source>
            <translation>Zwei Zöpfe</translation>
        </message>
        <message>
            <source>Cornrows</source>
            <translation>Cornrows</translation>
        </message>
        <message>
            <source>Dreadlocks</source>
            <translation>Dreadlocks</translation>
        </message>
        <message>
            <source>Afro</source>
            <translation>Afro</translation>
        </message>
        <message>
            <source>Hair lightness</source>
            <translation>Haarhelligkeit</translation>
        </message>
        <message>
            <source>Natural pigment of hair and brows.</source>
            <translation>Natürliche Farbe von Haar und Brauen.</translation>
        </message>
        <message>
            <source>black</source>
            <translation>schwarz</translation>
        </message>
        <message>
            <source>blond</source>
            <translation>blond</translation>
        </message>
        <message>
            <source>Hair redness</source>
            <translation>Rotanteil</translation>
        </message>
        <message>
            <source>Red pigment in hair and brows.</source>
            <translation>Roter Farbstoff in Haar und Brauen.</translation>
        </message>
        <message>
            <source>ash</source>
            <translation>aschfarben</translation>
        </message>
        <message>
            <source>red</source>
            <translation>rot</translation>
        </message>
        <message>
            <source>Grey hair</source>
            <translation>Graues Haar</translation>
        </message>
        <message>
            <source>Share of grey strands.</source>
            <translation>Anteil grauer Strähnen.</translation>
        </message>
        <message>
            <source>all grey</source>
            <translation>ganz grau</translation>
        </message>
        <message>
            <source>Hair dye</source>
            <translation>Haarfärbung</translation>
        </message>
        <message>
            <source>How much of the dye's colour shows.</source>
            <translation>Wie stark die gefärbte Farbe zu sehen ist.</translation>
        </message>
        <message>
            <source>Dye hue</source>
            <translation>Färbungston</translation>
        </message>
        <message>
            <source>Hue of the dye around the circle.</source>
            <translation>Farbton der Färbung im Farbkreis.</translation>
        </message>
        <message>
            <source>°</source>
            <translation>°</translation>
        </message>
        <message>
            <source>red again</source>
            <translation>wieder rot</translation>
        </message>
        <message>
            <source>Facial hair</source>
            <translation>Bart</translation>
        </message>
        <message>
            <source>Beard style</source>
            <translation>Bartform</translation>
        </message>
        <message>
            <source>Cut of the beard.</source>
            <translation>Schnitt des Bartes.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keiner</translation>
        </message>
        <message>
            <source>Stubble</source>
            <translation>Stoppeln</translation>
        </message>
        <message>
            <source>Moustache</source>
            <translation>Schnurrbart</translation>
        </message>
        <message>
            <source>Goatee</source>
            <translation>Spitzbart</translation>
        </message>
        <message>
            <source>Short beard</source>
            <translation>Kurzer Bart</translation>
        </message>
        <message>
            <source>Full beard</source>
            <translation>Vollbart</translation>
        </message>
        <message>
            <source>Long beard</source>
            <translation>Langer Bart</translation>
        </message>
        <message>
            <source>Sideburns</source>
            <translation>Koteletten</translation>
        </message>
        <message>
            <source>Chin strap</source>
            <translation>Kinnriemenbart</translation>
        </message>
        <message>
            <source>Beard density</source>
            <translation>Bartdichte</translation>
        </message>
        <message>
            <source>Share of the beard's hairs.</source>
            <translation>Anteil der Barthaare.</translation>
        </message>
        <message>
            <source>sparse</source>
            <translation>spärlich</translation>
        </message>
        <message>
            <source>dense</source>
            <translation>dicht</translation>
        </message>
        <message>
            <source>Beard colour</source>
            <translation>Bartfarbe</translation>
        </message>
        <message>
            <source>Colour against the hair's.</source>
            <translation>Farbe gegenüber der des Haars.</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>The feeling shown.</source>
            <translation>Das gezeigte Gefühl.</translation>
        </message>
        <message>
            <source>Neutral</source>
            <translation>Neutral</translation>
        </message>
        <message>
            <source>Happy</source>
            <translation>Fröhlich</translation>
        </message>
        <message>
            <source>Laughing</source>
            <translation>Lachend</translation>
        </message>
        <message>
            <source>Sad</source>
            <translation>Traurig</translation>
        </message>
        <message>
            <source>Angry</source>
            <translation>Wütend</translation>
        </message>
        <message>
            <source>Afraid</source>
            <translation>Ängstlich</translation>
        </message>
        <message>
            <source>Disgusted</source>
            <translation>Angeekelt</translation>
        </message>
        <message>
            <source>Surprised</source>
            <translation>Überrascht</translation>
        </message>
        <message>
            <source>Contemptuous</source>
            <translation>Verächtlich</translation>
        </message>
        <message>
            <source>Determined</source>
            <translation>Entschlossen</translation>
        </message>
        <message>
            <source>Smirking</source>
            <translation>Grinsend</translation>
        </message>
        <message>
            <source>Tired</source>
            <translation>Müde</translation>
        </message>
        <message>
            <source>Pained</source>
            <translation>Gequält</translation>
        </message>
        <message>
            <source>Winking</source>
            <translation>Zwinkernd</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>Stärke</translation>
        </message>
        <message>
            <source>How strongly the feeling shows.</source>
            <translation>Wie stark das Gefühl zu sehen ist.</translation>
        </message>
        <message>
            <source>faint</source>
            <translation>schwach</translation>
        </message>
        <message>
            <source>Action units</source>
            <translation>Gesichtsmuskeln</translation>
        </message>
        <message>
            <source>Brow raise</source>
            <translation>Brauen heben</translation>
        </message>
        <message>
            <source>Lift both brows (1 and 2).</source>
            <translation>Beide Brauen heben (1 und 2).</translation>
        </message>
        <message>
            <source>at rest</source>
            <translation>in Ruhe</translation>
        </message>
        <message>
            <source>Raise left brow</source>
            <translation>Linke Braue heben</translation>
        </message>
        <message>
            <source>Lift the brow at the right of the picture.</source>
            <translation>Die Braue rechts im Bild heben.</translation>
        </message>
        <message>
            <source>Raise right brow</source>
            <translation>Rechte Braue heben</translation>
        </message>
        <message>
            <source>Lift the brow at the left of the picture.</source>
            <translation>Die Braue links im Bild heben.</translation>
        </message>
        <message>
            <source>Inner brow raise</source>
            <translation>Brauen innen heben</translation>
        </message>
        <message>
            <source>Lift the inner ends of the brows (1).</source>
            <translation>Die inneren Enden der Brauen heben (1).</translation>
        </message>
        <message>
            <source>Brow lower</source>
            <translation>Brauen senken</translation>
        </message>
        <message>
            <source>Draw the brows down and together (4).</source>
            <translation>Die Brauen senken und zusammenziehen (4).</translation>
        </message>
        <message>
            <source>Upper lid raise</source>
            <translation>Oberlid heben</translation>
        </message>
        <message>
            <source>Open the eyes wide (5).</source>
            <translation>Die Augen weit öffnen (5).</translation>
        </message>
        <message>
            <source>Squint</source>
            <translation>Zusammenkneifen</translation>
        </message>
        <message>
            <source>Raise the cheeks and tighten the lids (6 and 7).</source>
            <translation>Die Wangen heben und die Lider anspannen (6 und 7).</translation>
        </message>
        <message>
            <source>Nose wrinkle</source>
            <translation>Nase rümpfen</translation>
        </message>
        <message>
            <source>Wrinkle the nose (9).</source>
            <translation>Die Nase rümpfen (9).</translation>
        </message>
        <message>
            <source>Nostril flare</source>
            <translation>Nasenflügel blähen</translation>
        </message>
        <message>
            <source>Widen the nostrils (38).</source>
            <translation>Die Nasenlöcher weiten (38).</translation>
        </message>
        <message>
            <source>Upper lip raise</source>
            <translation>Oberlippe heben</translation>
        </message>
        <message>
            <source>Lift the upper lip (10).</source>
            <translation>Die Oberlippe heben (10).</translation>
        </message>
        <message>
            <source>Smile</source>
            <translation>Lächeln</translation>
        </message>
        <message>
            <source>Pull the corners of the mouth up and back (12).</source>
            <translation>Die Mundwinkel nach oben und hinten ziehen (12).</translation>
        </message>
        <message>
            <source>Smile on the left</source>
            <translation>Links lächeln</translation>
        </message>
        <message>
            <source>Pull up the corner at the right of the picture.</source>
            <translation>Den Mundwinkel rechts im Bild hochziehen.</translation>
        </message>
        <message>
            <source>Smile on the right</source>
            <translation>Rechts lächeln</translation>
        </message>
        <message>
            <source>Pull up the corner at the left of the picture.</source>
            <translation>Den Mundwinkel links im Bild hochziehen.</translation>
        </message>
        <message>
            <source>Mouth frown</source>
            <translation>Mundwinkel senken</translation>
        </message>
        <message>
            <source>Draw the corners of the mouth down (15).</source>
            <translation>Die Mundwinkel nach unten ziehen (15).</translation>
        </message>
        <message>
            <source>Lower lip depress</source>
            <translation>Unterlippe senken</translation>
        </message>
        <message>
            <source>Draw the lower lip down and show the lower teeth (16).</source>
            <translation>Die Unterlippe senken und die unteren Zähne zeigen (16).</translation>
        </message>
        <message>
            <source>Chin raise</source>
            <translation>Kinn heben</translation>
        </message>
        <message>
            <source>Push the lower lip up and out (17).</source>
            <translation>Die Unterlippe nach oben und vorn schieben (17).</translation>
        </message>
        <message>
            <source>Lip pucker</source>
            <translation>Kussmund</translation>
        </message>
        <message>
            <source>Purse the lips as for a kiss (18).</source>
            <translation>Die Lippen wie zum Kuss spitzen (18).</translation>
        </message>
        <message>
            <source>Lip funnel</source>
            <translation>Lippentrichter</translation>
        </message>
        <message>
            <source>Round and open the lips as for an O (22).</source>
            <translation>Die Lippen wie zu einem O runden und öffnen (22).</translation>
        </message>
        <message>
            <source>Lip stretch</source>
            <translation>Lippen strecken</translation>
        </message>
        <message>
            <source>Stretch the mouth sideways (20).</source>
            <translation>Den Mund zur Seite strecken (20).</translation>
        </message>
        <message>
            <source>Lip press</source>
            <translation>Lippen pressen</translation>
        </message>
        <message>
            <source>Press the lips together (24).</source>
            <translation>Die Lippen zusammenpressen (24).</translation>
        </message>
        <message>
            <source>Lips part</source>
            <translation>Lippen öffnen</translation>
        </message>
        <message>
            <source>Part the lips (25).</source>
            <translation>Die Lippen öffnen (25).</translation>
        </message>
        <message>
            <source>Jaw open</source>
            <translation>Kiefer öffnen</translation>
        </message>
        <message>
            <source>Open the jaw (26 and 27).</source>
            <translation>Den Kiefer öffnen (26 und 27).</translation>
        </message>
        <message>
            <source>Cheek puff</source>
            <translation>Wangen aufblasen</translation>
        </message>
        <message>
            <source>Blow up the cheeks (34).</source>
            <translation>Die Wangen aufblasen (34).</translation>
        </message>
        <message>
            <source>Close left eye</source>
            <translation>Linkes Auge schließen</translation>
        </message>
        <message>
            <source>Close the eye at the right of the picture (43).</source>
            <translation>Das Auge rechts im Bild schließen (43).</translation>
        </message>
        <message>
            <source>Close right eye</source>
            <translation>Rechtes Auge schließen</translation>
        </message>
        <message>
            <source>Close the eye at the left of the picture (43).</source>
            <translation>Das Auge links im Bild schließen (43).</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Head turn</source>
            <translation>Kopfdrehung</translation>
        </message>
        <message>
            <source>Turn of the head, as seen in the picture.</source>
            <translation>Drehung des Kopfes, im Bild gesehen.</translation>
        </message>
        <message>
            <source>Head nod</source>
            <translation>Kopfnicken</translation>
        </message>
        <message>
            <source>Nod of the head.</source>
            <translation>Nicken des Kopfes.</translation>
        </message>
        <message>
            <source>Head tilt</source>
            <translation>Kopfneigung</translation>
        </message>
        <message>
            <source>Tilt of the head towards a shoulder, as seen in the picture.</source>
            <translation>Neigung des Kopfes zur Schulter, im Bild gesehen.</translation>
        </message>
        <message>
            <source>to the left</source>
            <translation>nach links</translation>
        </message>
        <message>
            <source>to the right</source>
            <translation>nach rechts</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Licht</translation>
        </message>
        <message>
            <source>Light direction</source>
            <translation>Lichtrichtung</translation>
        </message>
        <message>
            <source>Where the main light comes from, as seen in the picture; beyond 90 degrees from behind.</source>
            <translation>Woher das Hauptlicht kommt, im Bild gesehen; über 90 Grad von hinten.</translation>
        </message>
        <message>
            <source>from the left</source>
            <translation>von links</translation>
        </message>
        <message>
            <source>from the right</source>
            <translation>von rechts</translation>
        </message>
        <message>
            <source>Light height</source>
            <translation>Lichthöhe</translation>
        </message>
        <message>
            <source>Height of the main light.</source>
            <translation>Höhe des Hauptlichts.</translation>
        </message>
        <message>
            <source>from below</source>
            <translation>von unten</translation>
        </message>
        <message>
            <source>from above</source>
            <translation>von oben</translation>
        </message>
        <message>
            <source>Light warmth</source>
            <translation>Lichtwärme</translation>
        </message>
        <message>
            <source>Colour of the main light.</source>
            <translation>Farbe des Hauptlichts.</translation>
        </message>
        <message>
            <source>blue</source>
            <translation>blau</translation>
        </message>
        <message>
            <source>golden</source>
            <translation>golden</translation>
        </message>
        <message>
            <source>Light contrast</source>
            <translation>Lichtkontrast</translation>
        </message>
        <message>
            <source>Main light against fill and surroundings.</source>
            <translation>Hauptlicht gegenüber Aufhellung und Umgebung.</translation>
        </message>
        <message>
            <source>hard</source>
            <translation>hart</translation>
        </message>
        <message>
            <source>Rim light</source>
            <translation>Kantenlicht</translation>
        </message>
        <message>
            <source>Light along the edges from behind.</source>
            <translation>Licht von hinten entlang der Kanten.</translation>
        </message>
        <message>
            <source>Clothes</source>
            <translation>Kleidung</translation>
        </message>
        <message>
            <source>Garment</source>
            <translation>Kleidung</translation>
        </message>
        <message>
            <source>What the person wears.</source>
            <translation>Was die Person trägt.</translation>
        </message>
        <message>
            <source>T-shirt</source>
            <translation>T-Shirt</translation>
        </message>
        <message>
            <source>Open shirt</source>
            <translation>Offenes Hemd</translation>
        </message>
        <message>
            <source>Suit and tie</source>
            <translation>Anzug mit Krawatte</translation>
        </message>
        <message>
            <source>Overalls</source>
            <translation>Latzhose</translation>
        </message>
        <message>
            <source>Leather jacket</source>
            <translation>Lederjacke</translation>
        </message>
        <message>
            <source>Turtleneck</source>
            <translation>Rollkragen</translation>
        </message>
        <message>
            <source>Hoodie</source>
            <translation>Kapuzenpulli</translation>
        </message>
        <message>
            <source>Shirt and scarf</source>
            <translation>Hemd und Schal</translation>
        </message>
        <message>
            <source>Crossed robe</source>
            <translation>Wickelgewand</translation>
        </message>
        <message>
            <source>Laced tunic</source>
            <translation>Geschnürte Tunika</translation>
        </message>
        <message>
            <source>Hooded cloak</source>
            <translation>Kapuzenumhang</translation>
        </message>
        <message>
            <source>Gown</source>
            <translation>Abendkleid</translation>
        </message>
        <message>
            <source>Leather armour</source>
            <translation>Lederrüstung</translation>
        </message>
        <message>
            <source>Plate armour</source>
            <translation>Plattenrüstung</translation>
        </message>
        <message>
            <source>Dress uniform</source>
            <translation>Galauniform</translation>
        </message>
        <message>
            <source>Doublet and ruff</source>
            <translation>Wams und Halskrause</translation>
        </message>
        <message>
            <source>Space suit</source>
            <translation>Raumanzug</translation>
        </message>
        <message>
            <source>Garment hue</source>
            <translation>Stofffarbe</translation>
        </message>
        <message>
            <source>Hue of the cloth around the circle.</source>
            <translation>Farbton des Stoffs im Farbkreis.</translation>
        </message>
        <message>
            <source>Garment saturation</source>
            <translation>Stoffsättigung</translation>
        </message>
        <message>
            <source>Saturation of the cloth.</source>
            <translation>Sättigung des Stoffs.</translation>
        </message>
        <message>
            <source>grey</source>
            <translation>grau</translation>
        </message>
        <message>
            <source>vivid</source>
            <translation>kräftig</translation>
        </message>
        <message>
            <source>Garment lightness</source>
            <translation>Stoffhelligkeit</translation>
        </message>
        <message>
            <source>Lightness of the cloth.</source>
            <translation>Helligkeit des Stoffs.</translation>
        </message>
        <message>
            <source>dark</source>
            <translation>dunkel</translation>
        </message>
        <message>
            <source>light</source>
            <translation>hell</translation>
        </message>
        <message>
            <source>Accent hue</source>
            <translation>Akzentton</translation>
        </message>
        <message>
            <source>Hue of trims, lining and tie around the circle.</source>
            <translation>Farbton von Besatz, Futter und Krawatte im Farbkreis.</translation>
        </message>
        <message>
            <source>Accent saturation</source>
            <translation>Akzentsättigung</translation>
        </message>
        <message>
            <source>Saturation of the trims.</source>
            <translation>Sättigung des Besatzes.</translation>
        </message>
        <message>
            <source>Accent lightness</source>
            <translation>Akzenthelligkeit</translation>
        </message>
        <message>
            <source>Lightness of the trims.</source>
            <translation>Helligkeit des Besatzes.</translation>
        </message>
        <message>
            <source>Studio</source>
            <translation>Studio</translation>
        </message>
        <message>
            <source>Dramatic</source>
            <translation>Dramatisch</translation>
        </message>
        <message>
            <source>Sunset</source>
            <translation>Sonnenuntergang</translation>
        </message>
        <message>
            <source>Moonlight</source>
            <translation>Mondlicht</translation>
        </message>
        <message>
            <source>From below</source>
            <translation>Von unten</translation>
        </message>
        <message>
            <source>Backlit</source>
            <translation>Gegenlicht</translation>
        </message>
        <message>
            <source>Overcast</source>
            <translation>Bedeckt</translation>
        </message>
        <message>
            <source>control of sliders: mean R2, share of the renders'</source>
            <translation>Steuerung der Regler: mittleres R2, Anteil an dem der gerenderten Bilder</translation>
        </message>
        <message>
            <source>control of choices: mean accuracy</source>
            <translation>Steuerung der Auswahlen: mittlere Trefferquote</translation>
        </message>
        <message>
            <source>disentanglement: other attributes' change, above the renders'</source>
            <translation>Entflechtung: Änderung anderer Attribute, über die der gerenderten Bilder hinaus</translation>
        </message>
        <message>
            <source>identity: AUC, share of the renders'</source>
            <translation>Identität: AUC, Anteil an der der gerenderten Bilder</translation>
        </message>
        <message>
            <source>skin PSNR on held-out people</source>
            <translation>PSNR der Haut bei nie gesehenen Personen</translation>
        </message>
        <message>
            <source>sliced Wasserstein distance, over the floor</source>
            <translation>Wasserstein-Abstand in Schnitten, durch den kleinstmöglichen</translation>
        </message>
        <message>
            <source>top octave of the spectrum, skin: difference</source>
            <translation>oberste Oktave des Spektrums, Haut: Unterschied</translation>
        </message>
        <message>
            <source>top octave of the spectrum, hair: difference</source>
            <translation>oberste Oktave des Spektrums, Haar: Unterschied</translation>
        </message>
        <message>
            <source>coverage, share of the floor</source>
            <translation>Abdeckung, Anteil an der bestmöglichen</translation>
        </message>
        <message>
            <source>worst demographic cell, over the mean</source>
            <translation>schwächste Bevölkerungsgruppe, durch den Mittelwert</translation>
        </message>
        <message>
            <source>nearest training person: distance, over held-out renders'</source>
            <translation>nächste Person des Trainings: Abstand, durch den nie gesehener Bilder</translation>
        </message>
        <message>
            <source>slider sweeps: largest step over the median one, worst slider</source>
            <translation>Reglerwege: größter Schritt durch den mittleren, schlechtester Regler</translation>
        </message>
        <message>
            <source>not told from renders at a glance, at 256 pixels</source>
            <translation>auf einen Blick nicht von gerenderten Bildern zu unterscheiden, bei 256 Pixeln</translation>
        </message>
        <message>
            <source>exported graphs against torch</source>
            <translation>exportierte Graphen gegen torch</translation>
        </message>
        <message>
            <source>rendered people with exact labels; no photographs, no pretrained weights</source>
            <translation>gerenderte Personen mit genauen Angaben; keine Fotos, keine vortrainierten Gewichte</translation>
        </message>
        <message>
            <source>people</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>views</source>
            <translation>Ansichten</translation>
        </message>
        <message>
            <source>parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>data</source>
            <translation>Daten</translation>
        </message>
        <message>
            <source>machine</source>
            <translation>Rechner</translation>
        </message>
        <message>
            <source>at least</source>
            <translation>mindestens</translation>
        </message>
        <message>
            <source>at most</source>
            <translation>höchstens</translation>
        </message>
    </context>
</TS>
