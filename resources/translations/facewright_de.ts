<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Beard: {style}.</source>
        <translation>Bart: {style}.</translation>
    </message>
    <message>
        <source>Portrait of {name}. {description}</source>
        <translation>Porträt von {name}. {description}</translation>
    </message>
    <message>
        <source>A girl of {age}</source>
        <translation>Ein Mädchen von {age} Jahren</translation>
    </message>
    <message>
        <source>A boy of {age}</source>
        <translation>Ein Junge von {age} Jahren</translation>
    </message>
    <message>
        <source>A child of {age}</source>
        <translation>Ein Kind von {age} Jahren</translation>
    </message>
    <message>
        <source>A teenager of {age}</source>
        <translation>Eine jugendliche Person von {age} Jahren</translation>
    </message>
    <message>
        <source>A woman of {age}</source>
        <translation>Eine Frau von {age} Jahren</translation>
    </message>
    <message>
        <source>A man of {age}</source>
        <translation>Ein Mann von {age} Jahren</translation>
    </message>
    <message>
        <source>A person of {age}</source>
        <translation>Eine Person von {age} Jahren</translation>
    </message>
    <message>
        <source>African</source>
        <translation>afrikanischer</translation>
    </message>
    <message>
        <source>East Asian</source>
        <translation>ostasiatischer</translation>
    </message>
    <message>
        <source>European</source>
        <translation>europäischer</translation>
    </message>
    <message>
        <source>, {ancestry} ancestry</source>
        <translation>, {ancestry} Herkunft</translation>
    </message>
    <message>
        <source>, {ancestry} and {last} ancestry</source>
        <translation>, {ancestry} und {last} Herkunft</translation>
    </message>
    <message>
        <source>very light skin</source>
        <translation>sehr helle Haut</translation>
    </message>
    <message>
        <source>light skin</source>
        <translation>helle Haut</translation>
    </message>
    <message>
        <source>medium skin</source>
        <translation>mittelhelle Haut</translation>
    </message>
    <message>
        <source>brown skin</source>
        <translation>braune Haut</translation>
    </message>
    <message>
        <source>dark brown skin</source>
        <translation>dunkelbraune Haut</translation>
    </message>
    <message>
        <source>very dark skin</source>
        <translation>sehr dunkle Haut</translation>
    </message>
    <message>
        <source>freckles</source>
        <translation>Sommersprossen</translation>
    </message>
    <message>
        <source>dark brown eyes</source>
        <translation>dunkelbraune Augen</translation>
    </message>
    <message>
        <source>brown eyes</source>
        <translation>braune Augen</translation>
    </message>
    <message>
        <source>hazel eyes</source>
        <translation>haselnussbraune Augen</translation>
    </message>
    <message>
        <source>green eyes</source>
        <translation>grüne Augen</translation>
    </message>
    <message>
        <source>blue eyes</source>
        <translation>blaue Augen</translation>
    </message>
    <message>
        <source>pale grey eyes</source>
        <translation>hellgraue Augen</translation>
    </message>
    <message>
        <source>Hair: {style}.</source>
        <translation>Haar: {style}.</translation>
    </message>
    <message>
        <source>Hair: {style}, {colour}.</source>
        <translation>Haar: {style}, {colour}.</translation>
    </message>
    <message>
        <source>dyed {hue}</source>
        <translation>{hue} gefärbt</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>auburn</source>
        <translation>rotbraun</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>black</source>
        <translation>schwarz</translation>
    </message>
    <message>
        <source>dark brown</source>
        <translation>dunkelbraun</translation>
    </message>
    <message>
        <source>brown</source>
        <translation>braun</translation>
    </message>
    <message>
        <source>light brown</source>
        <translation>hellbraun</translation>
    </message>
    <message>
        <source>blond</source>
        <translation>blond</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>orange</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>gelb</translation>
    </message>
    <message>
        <source>green</source>
        <translation>grün</translation>
    </message>
    <message>
        <source>turquoise</source>
        <translation>türkis</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>blau</translation>
    </message>
    <message>
        <source>violet</source>
        <translation>violett</translation>
    </message>
    <message>
        <source>pink</source>
        <translation>rosa</translation>
    </message>
    <message>
        <source>Striking – {features}.</source>
        <translation>Auffällig – {features}.</translation>
    </message>
    <message>
        <source>Expression: {feeling}</source>
        <translation>Ausdruck: {feeling}</translation>
    </message>
    <message>
        <source>turned to the left</source>
        <translation>nach links gedreht</translation>
    </message>
    <message>
        <source>turned to the right</source>
        <translation>nach rechts gedreht</translation>
    </message>
    <message>
        <source>Wears: {garment}.</source>
        <translation>Kleidung: {garment}.</translation>
    </message>
    <message>
        <source>white</source>
        <translation>weiß</translation>
    </message>
    <message>
        <source>Wears: {garment}, {colour}.</source>
        <translation>Kleidung: {garment}, {colour}.</translation>
    </message>
    <message>
        <source>About Facewright</source>
        <translation>Über Facewright</translation>
    </message>
    <message>
        <source>Portraits for games, made on this machine. Every picture is CC0: use it as you like.</source>
        <translation>Porträts für Spiele, auf diesem Rechner gemacht. Jedes Bild ist CC0 und frei verwendbar.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>Lizenz: {licence}</translation>
    </message>
    <message numerus="yes">
        <source>%n attribute(s)</source>
        <translation>
            <numerusform>%n Merkmal</numerusform>
            <numerusform>%n Merkmale</numerusform>
        </translation>
    </message>
    <message>
        <source>It draws game portraits from attributes. It learned from computer-drawn people alone: no photograph and no pretrained network was used. It is not made to show real people, and it knows none.</source>
        <translation>Es zeichnet Porträts für Spiele nach Merkmalen. Gelernt hat es allein von Menschen, die ein Computer gezeichnet hat: ohne Fotos und ohne vortrainierte Netze. Es ist nicht dafür gemacht, wirkliche Menschen zu zeigen, und kennt keine.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Running on the CPU: {reason}</source>
        <translation>Läuft auf der CPU: {reason}</translation>
    </message>
    <message>
        <source>&apos;facewright devices&apos; tells what else this machine has.</source>
        <translation>„facewright devices“ nennt, was dieser Rechner sonst noch hat.</translation>
    </message>
    <message>
        <source>The model and all pictures made with it: {licence}</source>
        <translation>Das Modell und alle Bilder daraus: {licence}</translation>
    </message>
    <message>
        <source>The head assets that the training pictures were drawn from: CC0-1.0 (MakeHuman project)</source>
        <translation>Die Kopfdaten, nach denen die Trainingsbilder gezeichnet wurden: CC0-1.0 (Projekt MakeHuman)</translation>
    </message>
    <message>
        <source>Parts by others:</source>
        <translation>Teile von anderen:</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>Neue Person</translation>
    </message>
    <message>
        <source>Another person with random attributes</source>
        <translation>Eine andere Person mit zufälligen Merkmalen</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>Neue Startzahl</translation>
    </message>
    <message>
        <source>The same attributes on somebody else</source>
        <translation>Dieselben Merkmale an jemand anderem</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Export PNG…</source>
        <translation>PNG exportieren …</translation>
    </message>
    <message>
        <source>Write the portrait as a PNG with transparency</source>
        <translation>Das Porträt als PNG mit Transparenz schreiben</translation>
    </message>
    <message>
        <source>Export again</source>
        <translation>Noch einmal exportieren</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Copy description</source>
        <translation>Beschreibung kopieren</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>Regler</translation>
    </message>
    <message>
        <source>Cast sheet</source>
        <translation>Besetzung</translation>
    </message>
    <message>
        <source>Three steps to begin</source>
        <translation>Drei Schritte zum Anfang</translation>
    </message>
    <message>
        <source>Show the log&apos;s folder</source>
        <translation>Ordner des Protokolls zeigen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Undo {step}</source>
        <translation>Rückgängig: {step}</translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation>Wiederholen: {step}</translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation>Etwas Unerwartetes ist geschehen</translation>
    </message>
    <message>
        <source>Facewright met an error that it did not expect. You can go on; save your work under a new name. The error is also in the log: {file}</source>
        <translation>Facewright ist auf einen unerwarteten Fehler gestoßen. Die Arbeit kann weitergehen; am besten unter einem neuen Namen speichern. Der Fehler steht auch im Protokoll: {file}</translation>
    </message>
    <message>
        <source>Search names and #tags</source>
        <translation>Namen und #Stichwörter suchen</translation>
    </message>
    <message>
        <source>Search the cast</source>
        <translation>Die Besetzung durchsuchen</translation>
    </message>
    <message>
        <source>Cast</source>
        <translation>Besetzung</translation>
    </message>
    <message>
        <source>Look-alikes</source>
        <translation>Doppelgänger</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n Figur</numerusform>
            <numerusform>%n Figuren</numerusform>
        </translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) could be mistaken for each other. Choose one to see both.</source>
        <translation>
            <numerusform>%n Paar ist leicht zu verwechseln. Eine Auswahl zeigt beide.</numerusform>
            <numerusform>%n Paare sind leicht zu verwechseln. Eine Auswahl zeigt beide.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everybody differs clearly from everybody else, as far as the attributes tell.</source>
        <translation>Alle unterscheiden sich deutlich voneinander, soweit es die Merkmale sagen.</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} und {second}</translation>
    </message>
    <message>
        <source>Distance {distance}; random people lie at 1.4</source>
        <translation>Abstand {distance}; zufällige Menschen liegen bei 1,4</translation>
    </message>
    <message>
        <source>The character could not be opened</source>
        <translation>Die Figur konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Opened {file}</source>
        <translation>{file} geöffnet</translation>
    </message>
    <message>
        <source>Attributes of {file}</source>
        <translation>Merkmale aus {file}</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) added to the library</source>
        <translation>
            <numerusform>%n Figur in die Bibliothek aufgenommen</numerusform>
            <numerusform>%n Figuren in die Bibliothek aufgenommen</numerusform>
        </translation>
    </message>
    <message>
        <source>The character was not saved</source>
        <translation>Die Figur wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>Saved {file}</source>
        <translation>{file} gespeichert</translation>
    </message>
    <message>
        <source>Copied the description</source>
        <translation>Beschreibung kopiert</translation>
    </message>
    <message>
        <source>Copied the diagnostics</source>
        <translation>Diagnose kopiert</translation>
    </message>
    <message>
        <source>Shape a person</source>
        <translation>Eine Person formen</translation>
    </message>
    <message>
        <source>Drag a slider and watch the face; a double click resets it. R draws somebody new, and Ctrl+Z takes anything back.</source>
        <translation>Einen Regler ziehen und dem Gesicht zusehen; ein Doppelklick setzt zurück. R zeichnet jemand Neues, Strg+Z nimmt alles zurück.</translation>
    </message>
    <message>
        <source>Watch the portrait</source>
        <translation>Das Porträt ansehen</translation>
    </message>
    <message>
        <source>A quick draft follows every move, the full picture comes at rest. Drop an exported portrait here to see how it was made.</source>
        <translation>Ein schneller Entwurf folgt jeder Bewegung, das volle Bild kommt in der Ruhe. Ein exportiertes Porträt, hierher gezogen, verrät, wie es entstand.</translation>
    </message>
    <message>
        <source>Keep it and take it along</source>
        <translation>Behalten und mitnehmen</translation>
    </message>
    <message>
        <source>Give it a name, save it to your library with Ctrl+S, and export it for your game with Ctrl+E.</source>
        <translation>Einen Namen geben, mit Strg+S in der Bibliothek speichern und mit Strg+E für das Spiel exportieren.</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>{step}  · saved</source>
        <translation>{step}  · gespeichert</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>What is in {file}</source>
        <translation>Was in {file} steckt</translation>
    </message>
    <message>
        <source>A character without a name</source>
        <translation>Eine Figur ohne Namen</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>In der Datei</translation>
    </message>
    <message>
        <source>As this model draws it</source>
        <translation>Wie dieses Modell es zeichnet</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Go on with this character instead of the present one</source>
        <translation>Mit dieser Figur statt der jetzigen weitermachen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Give the present character these attributes: one undo step</source>
        <translation>Der jetzigen Figur diese Merkmale geben: ein Schritt im Verlauf</translation>
    </message>
    <message>
        <source>Add to library</source>
        <translation>In die Bibliothek</translation>
    </message>
    <message>
        <source>Copy this character into the library</source>
        <translation>Diese Figur in die Bibliothek kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Differs from the present character in %n place(s):</source>
        <translation>
            <numerusform>Weicht an %n Stelle von der jetzigen Figur ab:</numerusform>
            <numerusform>Weicht an %n Stellen von der jetzigen Figur ab:</numerusform>
        </translation>
    </message>
    <message>
        <source>The present character is the same.</source>
        <translation>Die jetzige Figur ist gleich.</translation>
    </message>
    <message>
        <source>Made with the model in use, {model}.</source>
        <translation>Mit dem benutzten Modell gemacht, {model}.</translation>
    </message>
    <message>
        <source>Made with another model, {model}: the picture will differ.</source>
        <translation>Mit einem anderen Modell gemacht, {model}: das Bild wird anders aussehen.</translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>{name}, tags {tags}</source>
        <translation>{name}, Stichwörter {tags}</translation>
    </message>
    <message>
        <source>{name}, cannot be read</source>
        <translation>{name}, nicht lesbar</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>Die Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>Figuren</translation>
    </message>
    <message>
        <source>Tags, separated by commas</source>
        <translation>Stichwörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Tags of the chosen character</source>
        <translation>Stichwörter der gewählten Figur</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>More about the library</source>
        <translation>Mehr zur Bibliothek</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>Anderer Ordner …</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Den Ordner zeigen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>No character fits the search.</source>
        <translation>Keine Figur passt zur Suche.</translation>
    </message>
    <message>
        <source>No characters yet.

Save the present one with Ctrl+S, or drop recipes and exported portraits here.</source>
        <translation>Noch keine Figuren.

Die jetzige mit Strg+S speichern oder Rezepte und exportierte Porträts hierher ziehen.</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Chooses all that the attributes do not say: a whole number, 0 to {maximum}</source>
        <translation>Bestimmt alles, was die Merkmale nicht sagen: eine ganze Zahl von 0 bis {maximum}</translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Model and pictures: {licence}</source>
        <translation>Modell und Bilder: {licence}</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the message</source>
        <translation>Die Meldung kopieren</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Die Meldung schließen</translation>
    </message>
    <message>
        <source>Exporting {file}…</source>
        <translation>{file} wird exportiert …</translation>
    </message>
    <message>
        <source>The portrait was not exported</source>
        <translation>Das Porträt wurde nicht exportiert</translation>
    </message>
    <message>
        <source>Exported {file}</source>
        <translation>{file} exportiert</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Nicht gespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Save the changes to this character?</source>
        <translation>Die Änderungen an dieser Figur speichern?</translation>
    </message>
    <message>
        <source>Otherwise they are lost.</source>
        <translation>Sonst gehen sie verloren.</translation>
    </message>
    <message>
        <source>Characters and portraits</source>
        <translation>Figuren und Porträts</translation>
    </message>
    <message>
        <source>Open character</source>
        <translation>Figur öffnen</translation>
    </message>
    <message>
        <source>Save character</source>
        <translation>Figur speichern</translation>
    </message>
    <message>
        <source>Library folder</source>
        <translation>Ordner der Bibliothek</translation>
    </message>
    <message>
        <source>a character without a name</source>
        <translation>einer Figur ohne Namen</translation>
    </message>
    <message>
        <source>Facewright did not end as it should. Your changes to {name} were kept ({when}).</source>
        <translation>Facewright wurde nicht richtig beendet. Die Änderungen an {name} sind erhalten ({when}).</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>{attribute} {before} to {after}</source>
        <translation>{attribute}: {before} → {after}</translation>
    </message>
    <message>
        <source>Seed {before} to {after}</source>
        <translation>Startzahl: {before} → {after}</translation>
    </message>
    <message>
        <source>Name {name}</source>
        <translation>Name: {name}</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>Kein Name</translation>
    </message>
    <message>
        <source>Recovered changes</source>
        <translation>Zurückgeholte Änderungen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Another language shows at the next start.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Keys for {action}</source>
        <translation>Tasten für {action}</translation>
    </message>
    <message>
        <source>Reset the keys for {action}</source>
        <translation>Tasten für {action} zurücksetzen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Used twice: {keys}</source>
        <translation>Doppelt vergeben: {keys}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this page</source>
        <translation>Diese Seite schließen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>{step} of {count}</source>
        <translation>{step} von {count}</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Anfangen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Unsaved changes are not safe from a crash: {reason}</source>
        <translation>Nicht gespeicherte Änderungen sind bei einem Absturz nicht sicher: {reason}</translation>
    </message>
    <message>
        <source>{name} is in the trash.</source>
        <translation>{name} liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Zurücklegen</translation>
    </message>
</context>
</TS>
