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
        <source>Measured, and what was aimed at</source>
        <translation>Gemessen, und was angestrebt war</translation>
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
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Write pictures into your game&apos;s folder</source>
        <translation>Bilder in den Ordner des Spiels schreiben</translation>
    </message>
    <message>
        <source>Export again</source>
        <translation>Noch einmal exportieren</translation>
    </message>
    <message>
        <source>Portraits that scripts use…</source>
        <translation>Porträts, die Skripte zeigen…</translation>
    </message>
    <message>
        <source>Who is in this cast…</source>
        <translation>Wer ist in dieser Besetzung …</translation>
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
        <source>Find an attribute</source>
        <translation>Merkmal suchen</translation>
    </message>
    <message>
        <source>Name the person</source>
        <translation>Person benennen</translation>
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
        <source>Next pane</source>
        <translation>Nächster Bereich</translation>
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
        <source>E&amp;xplore</source>
        <translation>&amp;Erkunden</translation>
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
        <source>Write the present character into {folder} as the last one</source>
        <translation>Die jetzige Figur wie die letzte nach {folder} schreiben</translation>
    </message>
    <message>
        <source>Not possible: {reason}</source>
        <translation>Nicht möglich: {reason}</translation>
    </message>
    <message>
        <source>Export again (the folder is gone)</source>
        <translation>Noch einmal exportieren (der Ordner ist weg)</translation>
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
        <translation>Namen, #Stichwörter</translation>
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
    <message>
        <source>Counts the selected characters, or all that are shown</source>
        <translation>Zählt die ausgewählten Figuren, oder alle, die zu sehen sind</translation>
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
    <message>
        <source>Comparing… {number} of {count}</source>
        <translation>Wird verglichen … {number} von {count}</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) could be mistaken for each other. Choose one to see both.</source>
        <translation>
            <numerusform>%n Paar ist leicht zu verwechseln. Eine Auswahl zeigt beide.</numerusform>
            <numerusform>%n Paare sind leicht zu verwechseln. Eine Auswahl zeigt beide.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everybody differs clearly from everybody else, as far as the pictures tell.</source>
        <translation>Alle unterscheiden sich deutlich voneinander, soweit es die Bilder sagen.</translation>
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
        <source>Distance {distance}; 0 is the same</source>
        <translation>Abstand {distance}; 0 ist gleich</translation>
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
        <source>Drawing on {device} from now on</source>
        <translation>Ab jetzt zeichnet {device}</translation>
    </message>
    <message>
        <source>{device} goes on drawing</source>
        <translation>{device} zeichnet weiter</translation>
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
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>{group}, group, open</source>
        <translation>{group}, Gruppe, offen</translation>
    </message>
    <message>
        <source>{group}, group, closed</source>
        <translation>{group}, Gruppe, geschlossen</translation>
    </message>
    <message>
        <source>{count} changed</source>
        <translation>{count} geändert</translation>
    </message>
    <message>
        <source>More for {group}</source>
        <translation>Mehr zu {group}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>Lock all</source>
        <translation>Alle sperren</translation>
    </message>
    <message>
        <source>Unlock all</source>
        <translation>Alle entsperren</translation>
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
        <source>nothing has been exported yet</source>
        <translation>es wurde noch nichts exportiert</translation>
    </message>
    <message>
        <source>the folder {folder} is gone</source>
        <translation>der Ordner {folder} ist nicht mehr da</translation>
    </message>
    <message>
        <source>Exporting {name}…</source>
        <translation>{name} wird exportiert …</translation>
    </message>
    <message>
        <source>Exported into {folder}. {report}</source>
        <translation>Exportiert nach {folder}. {report}</translation>
    </message>
    <message>
        <source>The portrait was not exported</source>
        <translation>Das Porträt wurde nicht exportiert</translation>
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
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
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
        <source>Export {name}</source>
        <translation>{name} exportieren</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Files, at true size</source>
        <translation>Dateien, in wahrer Größe</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>{count} neu</translation>
    </message>
    <message>
        <source>{count} unchanged</source>
        <translation>{count} unverändert</translation>
    </message>
    <message>
        <source>{count} kept</source>
        <translation>{count} behalten</translation>
    </message>
    <message>
        <source>Files: {counts}.</source>
        <translation>Dateien: {counts}.</translation>
    </message>
    <message>
        <source>Nothing to write.</source>
        <translation>Nichts zu schreiben.</translation>
    </message>
    <message>
        <source>Across the pictures the eyes move by at most {eyes} and the shoulders by {shoulders} pixels of 512.</source>
        <translation>Von Bild zu Bild bewegen sich die Augen um höchstens {eyes} und die Schultern um {shoulders} von 512 Pixeln.</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
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
        <source>The fastest that works</source>
        <translation>Das schnellste, das läuft</translation>
    </message>
    <message>
        <source>Another language shows at the next start.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>Wie jetzt</translation>
    </message>
    <message>
        <source>Expressions</source>
        <translation>Ausdrücke</translation>
    </message>
    <message>
        <source>Poses</source>
        <translation>Haltungen</translation>
    </message>
    <message>
        <source>Lights</source>
        <translation>Lichter</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>as the model makes it</source>
        <translation>wie vom Modell gemacht</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>Dateinamen</translation>
    </message>
    <message>
        <source>May have {fields}</source>
        <translation>Möglich sind {fields}</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Files that are there</source>
        <translation>Vorhandene Dateien</translation>
    </message>
    <message>
        <source>Keep the files up to date when I save the character</source>
        <translation>Die Dateien beim Speichern der Figur auf dem neuesten Stand halten</translation>
    </message>
    <message>
        <source>Recipe and origin inside the pictures</source>
        <translation>Rezept und Herkunft in den Bildern</translation>
    </message>
    <message>
        <source>Choose a folder for the files.</source>
        <translation>Bitte einen Ordner für die Dateien wählen.</translation>
    </message>
    <message>
        <source>Portraits that scripts use</source>
        <translation>Porträts, die Skripte zeigen</translation>
    </message>
    <message>
        <source>A game with Ren&apos;Py, Dialogic or Yarn scripts</source>
        <translation>Ein Spiel mit Skripten von Ren&apos;Py, Dialogic oder Yarn</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Read the scripts</source>
        <translation>Skripte lesen</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Wird exportiert…</translation>
    </message>
    <message>
        <source>Reading the scripts…</source>
        <translation>Skripte werden gelesen…</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written.</source>
        <translation>
            <numerusform>%n Datei geschrieben.</numerusform>
            <numerusform>%n Dateien geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Exporting links these characters with the game: saving one of them updates it from then on.</source>
        <translation>Der Export verknüpft diese Figuren mit dem Spiel: Wird eine gespeichert, wird es von da an aufgefrischt.</translation>
    </message>
    <message numerus="yes">
        <source>Export %n missing portrait(s)</source>
        <translation>
            <numerusform>%n fehlendes Porträt exportieren</numerusform>
            <numerusform>%n fehlende Porträts exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose the folder of a game.</source>
        <translation>Wählen Sie den Ordner eines Spiels.</translation>
    </message>
    <message>
        <source>{exported} of the {count} portraits that the scripts use are exported.</source>
        <translation>{exported} der {count} Porträts, die die Skripte zeigen, sind exportiert.</translation>
    </message>
    <message>
        <source>The scripts use no portrait of these characters.</source>
        <translation>Die Skripte zeigen kein Porträt dieser Figuren.</translation>
    </message>
    <message numerus="yes">
        <source>%n script(s) read.</source>
        <translation>
            <numerusform>%n Skript gelesen.</numerusform>
            <numerusform>%n Skripte gelesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Shown too, but not among these characters: {names}</source>
        <translation>Auch gezeigt, aber nicht unter diesen Figuren: {names}</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Character</source>
        <translation>Figur</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>exportiert</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>{expression} (side image)</source>
        <translation>{expression} (Seitenbild)</translation>
    </message>
    <message>
        <source>Poses, lights</source>
        <translation>Haltungen, Lichter</translation>
    </message>
    <message>
        <source>Folder of the game</source>
        <translation>Ordner des Spiels</translation>
    </message>
    <message>
        <source>Bust</source>
        <translation>Büste</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Eyes to chin</source>
        <translation>Augen bis Kinn</translation>
    </message>
    <message>
        <source>Round token</source>
        <translation>Runde Marke</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>Vorn</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Unten</translation>
    </message>
    <message>
        <source>Painterly</source>
        <translation>Gemalt</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>Tusche</translation>
    </message>
    <message>
        <source>Cel shading</source>
        <translation>Cel-Shading</translation>
    </message>
    <message>
        <source>Replace what has changed</source>
        <translation>Geändertes ersetzen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep them and number the new ones</source>
        <translation>Behalten und die neuen nummerieren</translation>
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
        <source>Exporting into {folder}</source>
        <translation>Export nach {folder}</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stay with the present device</source>
        <translation>Beim jetzigen Gerät bleiben</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>full picture</source>
        <translation>ganzes Bild</translation>
    </message>
    <message>
        <source>Changing the device, {seconds} s</source>
        <translation>Gerät wird gewechselt, {seconds} s</translation>
    </message>
    <message>
        <source>Starting {device}, {seconds} s</source>
        <translation>{device} startet, {seconds} s</translation>
    </message>
    <message>
        <source>Trying {device}: {picture}, {seconds} s</source>
        <translation>{device} wird erprobt: {picture}, {seconds} s</translation>
    </message>
    <message>
        <source>Building for {device}: {picture}, {seconds} s</source>
        <translation>{device} wird eingerichtet: {picture}, {seconds} s</translation>
    </message>
    <message>
        <source>About {seconds} s left</source>
        <translation>Noch etwa {seconds} s</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>Exported into {folder}</source>
        <translation>Exportiert nach {folder}</translation>
    </message>
    <message>
        <source>The export stopped; the files above are whole.</source>
        <translation>Der Export hat angehalten; die Dateien oben sind vollständig.</translation>
    </message>
    <message>
        <source>Groups and how many are in each</source>
        <translation>Gruppen und wie viele in jeder sind</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>As a page (HTML) or a picture (PNG)</source>
        <translation>Als Seite (HTML) oder Bild (PNG)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The library {folder}</source>
        <translation>Die Bibliothek {folder}</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen character(s)</source>
        <translation>
            <numerusform>%n ausgewählte Figur</numerusform>
            <numerusform>%n ausgewählte Figuren</numerusform>
        </translation>
    </message>
    <message>
        <source>The report was not saved</source>
        <translation>Der Bericht wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>Gespeichert als {path}</translation>
    </message>
    <message>
        <source>Not counted, because their files cannot be read: {number}</source>
        <translation>Nicht gezählt, weil die Dateien nicht lesbar sind: {number}</translation>
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
    <message>
        <source>Importing… {number} of {count}</source>
        <translation>Import läuft … {number} von {count}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What the characters&apos; attributes say is counted. Evenness is 1 when every group has the same number of people and 0 when all are in one group. Ancestry is mixed where no part of it has 60 %.</source>
        <translation>Gezählt wird, was die Merkmale der Figuren sagen. Die Gleichmäßigkeit ist 1, wenn in jeder Gruppe gleich viele sind, und 0, wenn alle in einer Gruppe sind. Gemischt ist eine Herkunft, von der kein Anteil 60 % hat.</translation>
    </message>
    <message>
        <source>Who is in this cast</source>
        <translation>Wer ist in dieser Besetzung</translation>
    </message>
    <message>
        <source>Characters counted: {number}</source>
        <translation>Gezählte Figuren: {number}</translation>
    </message>
    <message>
        <source>Evenness {evenness} of 1</source>
        <translation>Gleichmäßigkeit {evenness} von 1</translation>
    </message>
    <message>
        <source>Under 13</source>
        <translation>Unter 13</translation>
    </message>
    <message>
        <source>13 to 17</source>
        <translation>13 bis 17</translation>
    </message>
    <message>
        <source>18 to 34</source>
        <translation>18 bis 34</translation>
    </message>
    <message>
        <source>35 to 59</source>
        <translation>35 bis 59</translation>
    </message>
    <message>
        <source>60 and older</source>
        <translation>60 und älter</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Gender presentation</source>
        <translation>Geschlechtlicher Ausdruck</translation>
    </message>
    <message>
        <source>Feminine</source>
        <translation>Feminin</translation>
    </message>
    <message>
        <source>In between</source>
        <translation>Dazwischen</translation>
    </message>
    <message>
        <source>Masculine</source>
        <translation>Maskulin</translation>
    </message>
    <message>
        <source>Mostly African</source>
        <translation>Überwiegend afrikanisch</translation>
    </message>
    <message>
        <source>Mostly East Asian</source>
        <translation>Überwiegend ostasiatisch</translation>
    </message>
    <message>
        <source>Mostly European</source>
        <translation>Überwiegend europäisch</translation>
    </message>
    <message>
        <source>Ancestry</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>Gemischt</translation>
    </message>
    <message>
        <source>Monk {step}</source>
        <translation>Monk {step}</translation>
    </message>
    <message>
        <source>Monk {step} (lightest)</source>
        <translation>Monk {step} (hellster)</translation>
    </message>
    <message>
        <source>Monk {step} (darkest)</source>
        <translation>Monk {step} (dunkelster)</translation>
    </message>
    <message>
        <source>Skin tone</source>
        <translation>Hautton</translation>
    </message>
    <message>
        <source>girls</source>
        <translation>Mädchen</translation>
    </message>
    <message>
        <source>children</source>
        <translation>Kinder</translation>
    </message>
    <message>
        <source>boys</source>
        <translation>Jungen</translation>
    </message>
    <message>
        <source>teenage girls</source>
        <translation>jugendliche Mädchen</translation>
    </message>
    <message>
        <source>teenagers</source>
        <translation>Jugendliche</translation>
    </message>
    <message>
        <source>teenage boys</source>
        <translation>jugendliche Jungen</translation>
    </message>
    <message>
        <source>young women</source>
        <translation>junge Frauen</translation>
    </message>
    <message>
        <source>young people</source>
        <translation>junge Menschen</translation>
    </message>
    <message>
        <source>young men</source>
        <translation>junge Männer</translation>
    </message>
    <message>
        <source>middle-aged women</source>
        <translation>Frauen mittleren Alters</translation>
    </message>
    <message>
        <source>middle-aged people</source>
        <translation>Menschen mittleren Alters</translation>
    </message>
    <message>
        <source>middle-aged men</source>
        <translation>Männer mittleren Alters</translation>
    </message>
    <message>
        <source>older women</source>
        <translation>ältere Frauen</translation>
    </message>
    <message>
        <source>older people</source>
        <translation>ältere Menschen</translation>
    </message>
    <message>
        <source>older men</source>
        <translation>ältere Männer</translation>
    </message>
    <message>
        <source>women</source>
        <translation>Frauen</translation>
    </message>
    <message>
        <source>people</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>men</source>
        <translation>Männer</translation>
    </message>
    <message>
        <source>{people} of light skin tone</source>
        <translation>{people} mit hellem Hautton</translation>
    </message>
    <message>
        <source>{people} of medium skin tone</source>
        <translation>{people} mit mittlerem Hautton</translation>
    </message>
    <message>
        <source>{people} of dark skin tone</source>
        <translation>{people} mit dunklem Hautton</translation>
    </message>
    <message>
        <source>Everybody is {age} years old.</source>
        <translation>Alle sind {age} Jahre alt.</translation>
    </message>
    <message>
        <source>Ages run from {youngest} to {oldest}.</source>
        <translation>Das Alter reicht von {youngest} bis {oldest}.</translation>
    </message>
    <message>
        <source>Ages run from {youngest} to {oldest}; the largest age group is “{group}”, {count} of {total}.</source>
        <translation>Das Alter reicht von {youngest} bis {oldest}; die größte Altersgruppe ist „{group}“, {count} von {total}.</translation>
    </message>
    <message>
        <source>Of {total}, {feminine} look feminine, {masculine} masculine and {between} in between.</source>
        <translation>Es wirken {feminine} von {total} feminin, {masculine} maskulin und {between} dazwischen.</translation>
    </message>
    <message>
        <source>By ancestry: {groups}.</source>
        <translation>Nach Herkunft: {groups}.</translation>
    </message>
    <message>
        <source>Every skin tone is at step {step} of the Monk scale.</source>
        <translation>Alle Hauttöne liegen auf Stufe {step} der Monk-Skala.</translation>
    </message>
    <message>
        <source>Skin tones run from step {lightest} to step {darkest} of the Monk scale.</source>
        <translation>Die Hauttöne reichen von Stufe {lightest} bis Stufe {darkest} der Monk-Skala.</translation>
    </message>
    <message>
        <source>Skin tones run from step {lightest} to step {darkest} of the Monk scale; the most frequent is step {step}, {count} of {total}.</source>
        <translation>Die Hauttöne reichen von Stufe {lightest} bis Stufe {darkest} der Monk-Skala; am häufigsten ist Stufe {step}, {count} von {total}.</translation>
    </message>
    <message>
        <source>No combination is more frequent than this: {count} of {total} are {people}.</source>
        <translation>Keine Kombination ist häufiger als diese: {count} von {total} sind {people}.</translation>
    </message>
    <message>
        <source>{title} – {groups}</source>
        <translation>{title} – {groups}</translation>
    </message>
    <message>
        <source>Every group has somebody in it.</source>
        <translation>In jeder Gruppe ist jemand.</translation>
    </message>
    <message>
        <source>Nobody is in these groups: {groups}.</source>
        <translation>In diesen Gruppen ist niemand: {groups}.</translation>
    </message>
    <message>
        <source>Drag the point between the three ancestries; arrow keys step it</source>
        <translation>Den Punkt zwischen den drei Herkünften ziehen; Pfeiltasten rücken ihn</translation>
    </message>
    <message>
        <source>Search attributes</source>
        <translation>Merkmale suchen</translation>
    </message>
    <message>
        <source>Return goes to the attribute that fits best, Ctrl+Down and Ctrl+Up to the next ones</source>
        <translation>Die Eingabetaste geht zum Merkmal, das am besten passt, Strg+Ab und Strg+Auf zu den nächsten</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Show only what differs from its default</source>
        <translation>Nur zeigen, was von der Vorgabe abweicht</translation>
    </message>
    <message>
        <source>Show only favourites</source>
        <translation>Nur Favoriten zeigen</translation>
    </message>
    <message>
        <source>More for all attributes</source>
        <translation>Mehr zu allen Merkmalen</translation>
    </message>
    <message>
        <source>Point at an attribute to see what it does.</source>
        <translation>Der Mauszeiger über einem Merkmal zeigt, was es tut.</translation>
    </message>
    <message>
        <source>Copy all attributes</source>
        <translation>Alle Merkmale kopieren</translation>
    </message>
    <message>
        <source>Paste attributes</source>
        <translation>Merkmale einfügen</translation>
    </message>
    <message>
        <source>Reset all attributes</source>
        <translation>Alle Merkmale zurücksetzen</translation>
    </message>
    <message>
        <source>Unlock all attributes</source>
        <translation>Alle Merkmale entsperren</translation>
    </message>
    <message>
        <source>Open all groups</source>
        <translation>Alle Gruppen öffnen</translation>
    </message>
    <message>
        <source>Close all groups</source>
        <translation>Alle Gruppen schließen</translation>
    </message>
    <message>
        <source>{attribute}, Monk scale</source>
        <translation>{attribute}, Monk-Skala</translation>
    </message>
    <message>
        <source>Light direction</source>
        <translation>Lichtrichtung</translation>
    </message>
    <message>
        <source>Light: {preset}</source>
        <translation>Licht: {preset}</translation>
    </message>
    <message>
        <source>No favourites yet. The star beside an attribute makes it one.</source>
        <translation>Noch keine Favoriten. Der Stern neben einem Merkmal macht es dazu.</translation>
    </message>
    <message>
        <source>No attribute fits.</source>
        <translation>Kein Merkmal passt.</translation>
    </message>
    <message>
        <source>Reset {group}</source>
        <translation>{group} zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alles zurücksetzen</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>{attribute}, number</source>
        <translation>{attribute}, Zahl</translation>
    </message>
    <message>
        <source>Use this mixture</source>
        <translation>Mischung nehmen</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>{group}, weight of person {number}</source>
        <translation>{group}, Gewicht von Person {number}</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Mischen</translation>
    </message>
    <message>
        <source>This person</source>
        <translation>Diese Person</translation>
    </message>
    <message>
        <source>Random {seed}</source>
        <translation>Zufällig {seed}</translation>
    </message>
    <message>
        <source>Back to before</source>
        <translation>Zurück zu vorher</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>Abwandlung</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Seed of the roll</source>
        <translation>Startzahl des Wurfs</translation>
    </message>
    <message>
        <source>The same seed gives the same rolls and neighbours: a whole number</source>
        <translation>Dieselbe Startzahl gibt dieselben Würfe und Nachbarn: eine ganze Zahl</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>Würfeln</translation>
    </message>
    <message>
        <source>Another random person nearby (Ctrl+R)</source>
        <translation>Eine andere zufällige Person in der Nähe (Strg+R)</translation>
    </message>
    <message>
        <source>The person from before these rolls</source>
        <translation>Die Person von vor diesen Würfen</translation>
    </message>
    <message>
        <source>Other neighbours</source>
        <translation>Andere Nachbarn</translation>
    </message>
    <message>
        <source>Draw the grid from another seed</source>
        <translation>Das Feld aus einer anderen Startzahl ziehen</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>What may change</source>
        <translation>Was sich ändern darf</translation>
    </message>
    <message>
        <source>{count} neighbours</source>
        <translation>{count} Nachbarn</translation>
    </message>
    <message>
        <source>The identity seed: all that the attributes do not say</source>
        <translation>Die Startzahl der Identität: alles, was die Merkmale nicht sagen</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>Alle {count} zeigen</translation>
    </message>
    <message>
        <source>Age of the children</source>
        <translation>Alter der Kinder</translation>
    </message>
    <message>
        <source> years</source>
        <translation> Jahre</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Brother or sister</source>
        <translation>Bruder oder Schwester</translation>
    </message>
    <message>
        <source>Another age</source>
        <translation>Anderes Alter</translation>
    </message>
    <message>
        <source>Children with this person</source>
        <translation>Kinder mit dieser Person</translation>
    </message>
    <message>
        <source>Brothers and sisters</source>
        <translation>Geschwister</translation>
    </message>
    <message>
        <source>The same person at other ages</source>
        <translation>Dieselbe Person in anderem Alter</translation>
    </message>
    <message>
        <source>Draw others: {what}</source>
        <translation>Andere ziehen: {what}</translation>
    </message>
    <message>
        <source>{age:.0f} years</source>
        <translation>{age:.0f} Jahre</translation>
    </message>
    <message>
        <source>Go to this step</source>
        <translation>Zu diesem Schritt</translation>
    </message>
    <message>
        <source>Compare with this</source>
        <translation>Hiermit vergleichen</translation>
    </message>
    <message>
        <source>Drag the light; arrow keys step it. In the ring it shines from behind.</source>
        <translation>Das Licht ziehen; Pfeiltasten rücken es. Im Ring scheint es von hinten.</translation>
    </message>
    <message>
        <source>{across:.0f}° sideways, {up:.0f}° up</source>
        <translation>{across:.0f}° seitlich, {up:.0f}° nach oben</translation>
    </message>
    <message>
        <source>Visual novel, 1280 x 720</source>
        <translation>Visual Novel, 1280 x 720</translation>
    </message>
    <message>
        <source>RPG Maker face, 816 x 624</source>
        <translation>RPG-Maker-Gesicht, 816 x 624</translation>
    </message>
    <message>
        <source>Round tokens on a map</source>
        <translation>Runde Marken auf einer Karte</translation>
    </message>
    <message>
        <source>Nameless</source>
        <translation>Namenlos</translation>
    </message>
    <message>
        <source>You came back. I was not sure that you would, after all that the storm has taken from us.</source>
        <translation>Du bist zurück. Ich war nicht sicher, ob du kommst, nach allem, was der Sturm uns genommen hat.</translation>
    </message>
    <message>
        <source>The bridge is gone, but the ferry still runs at night. Have you got the fare?</source>
        <translation>Die Brücke ist fort, aber die Fähre geht nachts noch. Hast du das Fahrgeld?</translation>
    </message>
    <message>
        <source>Person {number} of {count}</source>
        <translation>Person {number} von {count}</translation>
    </message>
    <message>
        <source>Choose a person</source>
        <translation>Eine Person wählen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Somebody random</source>
        <translation>Jemand Zufälliges</translation>
    </message>
    <message>
        <source>An earlier step</source>
        <translation>Ein früherer Schritt</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei …</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
    <message>
        <source>Characters and portraits ({patterns})</source>
        <translation>Figuren und Porträts ({patterns})</translation>
    </message>
    <message>
        <source>Drag turns the head, with Shift tilts it</source>
        <translation>Ziehen dreht den Kopf, mit Umschalt neigt es ihn</translation>
    </message>
    <message>
        <source>Drag moves the gaze</source>
        <translation>Ziehen bewegt den Blick</translation>
    </message>
    <message>
        <source>Drag moves the light</source>
        <translation>Ziehen bewegt das Licht</translation>
    </message>
    <message>
        <source>Drag moves the picture (the middle mouse button always does)</source>
        <translation>Ziehen bewegt das Bild (die mittlere Maustaste tut es immer)</translation>
    </message>
    <message>
        <source>Zoom: the wheel, + and -; a double click changes between fit and 100 %</source>
        <translation>Vergrößerung: Mausrad, + und -; ein Doppelklick wechselt zwischen ganz und 100 %</translation>
    </message>
    <message>
        <source>Hold to see the picture from before (B)</source>
        <translation>Gedrückt halten: das Bild von vorher (B)</translation>
    </message>
    <message>
        <source>Side by side with another picture</source>
        <translation>Neben einem anderen Bild</translation>
    </message>
    <message>
        <source>What lies behind the portrait here</source>
        <translation>Was hier hinter dem Porträt liegt</translation>
    </message>
    <message>
        <source>Show it in the corner at its true size</source>
        <translation>In der Ecke in wahrer Größe zeigen</translation>
    </message>
    <message>
        <source>See it in a game</source>
        <translation>In einem Spiel ansehen</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ganz</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Zoom, {zoom}</source>
        <translation>Vergrößerung, {zoom}</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Green screen</source>
        <translation>Grüne Wand</translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation>Schachbrett</translation>
    </message>
    <message>
        <source>Other colour…</source>
        <translation>Andere Farbe …</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>Bild …</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>Bilder ({patterns})</translation>
    </message>
    <message>
        <source>Picture behind the portrait</source>
        <translation>Bild hinter dem Porträt</translation>
    </message>
    <message>
        <source>Beside the beginning</source>
        <translation>Neben dem Anfang</translation>
    </message>
    <message>
        <source>Beside this moment</source>
        <translation>Neben diesem Augenblick</translation>
    </message>
    <message>
        <source>Beside a character from a file…</source>
        <translation>Neben einer Figur aus einer Datei …</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>{side} pixels</source>
        <translation>{side} Pixel</translation>
    </message>
    <message>
        <source>The portrait alone</source>
        <translation>Nur das Porträt</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>true size</source>
        <translation>wahre Größe</translation>
    </message>
    <message>
        <source>shown at {scale:.0%}</source>
        <translation>gezeigt mit {scale:.0%}</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Porträt</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Random nearby</source>
        <translation>Zufällig in der Nähe</translation>
    </message>
    <message>
        <source>Paste {groups}</source>
        <translation>{groups} einfügen</translation>
    </message>
    <message>
        <source>attributes</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>Head turned</source>
        <translation>Kopf gedreht</translation>
    </message>
    <message>
        <source>Gaze</source>
        <translation>Blick</translation>
    </message>
    <message>
        <source>Tone {number} of {count}</source>
        <translation>Ton {number} von {count}</translation>
    </message>
    <message>
        <source>Monk tone {number}</source>
        <translation>Monk-Ton {number}</translation>
    </message>
    <message>
        <source>Picture at true size</source>
        <translation>Bild in wahrer Größe</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>is there</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>will change</source>
        <translation>wird geändert</translation>
    </message>
    <message>
        <source>is kept</source>
        <translation>bleibt</translation>
    </message>
    <message>
        <source>{name}: no picture, {size} bytes</source>
        <translation>{name}: kein Bild, {size} Byte</translation>
    </message>
    <message>
        <source>Only a saved character can be followed: save it, and export it again.</source>
        <translation>Nur einer gespeicherten Figur kann das Spiel folgen: die Figur speichern und noch einmal exportieren.</translation>
    </message>
    <message>
        <source>{game} follows this character from now on</source>
        <translation>{game} folgt dieser Figur von jetzt an</translation>
    </message>
    <message>
        <source>{game} was not updated: {reason}</source>
        <translation>{game} wurde nicht aktualisiert: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written in {game}: {names}</source>
        <translation>
            <numerusform>%n Datei geschrieben in {game}: {names}</numerusform>
            <numerusform>%n Dateien geschrieben in {game}: {names}</numerusform>
        </translation>
    </message>
    <message>
        <source>How far the face has drifted from the person it is compared with</source>
        <translation>Wie weit sich das Gesicht von der verglichenen Person entfernt hat</translation>
    </message>
    <message>
        <source>the same person</source>
        <translation>dieselbe Person</translation>
    </message>
    <message>
        <source>hardly the same person</source>
        <translation>kaum dieselbe Person</translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation>jemand anderes</translation>
    </message>
    <message>
        <source>Also changed:</source>
        <translation>Auch geändert:</translation>
    </message>
    <message>
        <source>This looks different now</source>
        <translation>Das sieht jetzt anders aus</translation>
    </message>
    <message>
        <source>Changed by {change:+.1f} of its spread among people. A click takes it back.</source>
        <translation>Um {change:+.1f} seiner Streuung unter Menschen geändert. Ein Klick nimmt es zurück.</translation>
    </message>
    <message>
        <source>Take back the change of {attribute}</source>
        <translation>Die Änderung von {attribute} zurücknehmen</translation>
    </message>
    <message>
        <source>Compensate {attribute}</source>
        <translation>{attribute} ausgleichen</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
</context>
</TS>
