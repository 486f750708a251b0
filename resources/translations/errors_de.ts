<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>errors</name>
        <message>
            <source>cannot write '%1': it is a folder, not a file</source>
            <translation>'%1' kann nicht geschrieben werden: Es ist ein Ordner, keine Datei</translation>
        </message>
        <message>
            <source>cannot write '%1': %2</source>
            <translation>'%1' kann nicht geschrieben werden: %2</translation>
        </message>
        <message>
            <source>the clipboard holds no attributes; copy a group of a character first</source>
            <translation>die Zwischenablage enthält keine Merkmale; kopieren Sie zuerst eine Gruppe einer Figur</translation>
        </message>
        <message>
            <source>the clipboard holds no attribute that this model has</source>
            <translation>die Zwischenablage enthält kein Merkmal, das dieses Modell hat</translation>
        </message>
        <message>
            <source>'%1' needs a number, not the text '%2'</source>
            <translation>'%1' braucht eine Zahl, nicht den Text '%2'</translation>
        </message>
        <message>
            <source>the copied attributes cannot be used: %1</source>
            <translation>die kopierten Merkmale sind nicht brauchbar: %1</translation>
        </message>
        <message>
            <source>'%1' is not a choice of '%2'%3; it may be %4</source>
            <translation>'%1' steht bei '%2' nicht zur Wahl%3; möglich sind %4</translation>
        </message>
        <message>
            <source>'%1' needs a number, not %2</source>
            <translation>'%1' braucht eine Zahl, nicht %2</translation>
        </message>
        <message>
            <source>'%1' needs a finite number, not %2</source>
            <translation>'%1' braucht eine endliche Zahl, nicht %2</translation>
        </message>
        <message>
            <source>'%1' is %2, outside %3 to %4; the nearest valid value is %5</source>
            <translation>'%1' ist %2, außerhalb von %3 bis %4; der nächste gültige Wert ist %5</translation>
        </message>
        <message>
            <source>the model's manifest holds no usable list of attributes</source>
            <translation>das Manifest des Modells enthält keine brauchbare Liste von Merkmalen</translation>
        </message>
        <message>
            <source>the model's manifest names an attribute twice</source>
            <translation>das Manifest des Modells nennt ein Merkmal zweimal</translation>
        </message>
        <message>
            <source>'%1' needs a number, not '%2'</source>
            <translation>'%1' braucht eine Zahl, nicht '%2'</translation>
        </message>
        <message>
            <source>there is no attribute '%1'%2; 'facewright attributes' lists them all</source>
            <translation>es gibt kein Merkmal '%1'%2; 'facewright attributes' nennt alle</translation>
        </message>
        <message>
            <source>the model's manifest holds a damaged attribute: '%1'</source>
            <translation>das Manifest des Modells enthält ein beschädigtes Merkmal: '%1'</translation>
        </message>
        <message>
            <source>the model's manifest holds a damaged attribute: %1</source>
            <translation>das Manifest des Modells enthält ein beschädigtes Merkmal: %1</translation>
        </message>
        <message>
            <source>a blend needs 1 to %1 people, not %2</source>
            <translation>eine Mischung braucht 1 bis %1 Personen, nicht %2</translation>
        </message>
        <message>
            <source>the blend of '%1' needs %2 weights of 0 or more, not all 0</source>
            <translation>die Mischung von '%1' braucht %2 Gewichte ab 0, nicht lauter Nullen</translation>
        </message>
        <message>
            <source>%1 is not a number that a character can have</source>
            <translation>%1 ist keine Zahl, die eine Figur haben kann</translation>
        </message>
        <message>
            <source>a character has at most %1 tags, not %2</source>
            <translation>eine Figur hat höchstens %1 Stichwörter, nicht %2</translation>
        </message>
        <message>
            <source>this is not a character: it needs a JSON object with 'format': %1, 'seed' and 'values'</source>
            <translation>das ist keine Figur: Nötig ist ein JSON-Objekt mit 'format': %1, 'seed' und 'values'</translation>
        </message>
        <message>
            <source>its 'format' must be %1, not %2</source>
            <translation>'format' muss darin %1 sein, nicht %2</translation>
        </message>
        <message>
            <source>it is of format %1, and this Facewright knows only format %2; install a newer Facewright</source>
            <translation>sie hat das Format %1, und dieses Facewright kennt nur Format %2; installieren Sie ein neueres Facewright</translation>
        </message>
        <message>
            <source>its 'values' must be an object of attribute names and values</source>
            <translation>'values' muss darin ein Objekt aus Namen und Werten von Merkmalen sein</translation>
        </message>
        <message>
            <source>its 'name' must be a text, not %1</source>
            <translation>'name' muss darin ein Text sein, nicht %1</translation>
        </message>
        <message>
            <source>its 'tags' must be a list of texts, not %1</source>
            <translation>'tags' muss darin eine Liste von Texten sein, nicht %1</translation>
        </message>
        <message>
            <source>the value of '%1' must be a number or a choice</source>
            <translation>der Wert von '%1' muss eine Zahl oder eine Auswahl sein</translation>
        </message>
        <message>
            <source>the value of '%1' must be finite</source>
            <translation>der Wert von '%1' muss endlich sein</translation>
        </message>
        <message>
            <source>it is larger than %1 KiB, too large for a character</source>
            <translation>mit mehr als %1 KiB zu groß für eine Figur</translation>
        </message>
        <message>
            <source>it says '%1' twice</source>
            <translation>'%1' steht zweimal darin</translation>
        </message>
        <message>
            <source>cannot write '%1': the character is larger than %2 KiB</source>
            <translation>'%1' kann nicht geschrieben werden: Die Figur ist größer als %2 KiB</translation>
        </message>
        <message>
            <source>a tag is at most %1 printable characters without a comma, not '%2'</source>
            <translation>ein Stichwort hat höchstens %1 druckbare Zeichen ohne Komma, nicht '%2'</translation>
        </message>
        <message>
            <source>the seed must be a whole number from 0 to %1, not %2</source>
            <translation>die Startzahl muss eine ganze Zahl von 0 bis %1 sein, nicht %2</translation>
        </message>
        <message>
            <source>a character's name is at most %1 printable characters in one line, not '%2'</source>
            <translation>der Name einer Figur hat höchstens %1 druckbare Zeichen in einer Zeile, nicht '%2'</translation>
        </message>
        <message>
            <source>it names %1 attributes that this model does not have</source>
            <translation>darin stehen %1 Merkmale, die dieses Modell nicht hat</translation>
        </message>
        <message>
            <source>the value of '%1' is too large</source>
            <translation>der Wert von '%1' ist zu groß</translation>
        </message>
        <message>
            <source>it is not a text file in UTF-8</source>
            <translation>das ist keine Textdatei in UTF-8</translation>
        </message>
        <message>
            <source>it is nested too deeply for a character</source>
            <translation>für eine Figur zu tief verschachtelt</translation>
        </message>
        <message>
            <source>it is not JSON (line %1: %2)</source>
            <translation>das ist kein JSON (Zeile %1: %2)</translation>
        </message>
        <message>
            <source>it is not JSON (%1)</source>
            <translation>das ist kein JSON (%1)</translation>
        </message>
        <message>
            <source>cannot use the character '%1': %2</source>
            <translation>die Figur '%1' ist nicht brauchbar: %2</translation>
        </message>
        <message>
            <source>cannot read the character '%1': it is not a file</source>
            <translation>die Figur '%1' kann nicht gelesen werden: Es ist keine Datei</translation>
        </message>
        <message>
            <source>cannot read the character '%1': there is no such file</source>
            <translation>die Figur '%1' kann nicht gelesen werden: Es gibt keine solche Datei</translation>
        </message>
        <message>
            <source>cannot read the character '%1': %2</source>
            <translation>die Figur '%1' kann nicht gelesen werden: %2</translation>
        </message>
        <message>
            <source>a portrait is uint8 (S, S, 4), not %1 %2</source>
            <translation>ein Porträt ist uint8 (S, S, 4), nicht %1 %2</translation>
        </message>
        <message>
            <source>a portrait has 1 to %1 pixels a side, not %2</source>
            <translation>ein Porträt hat 1 bis %1 Pixel je Seite, nicht %2</translation>
        </message>
        <message>
            <source>the model is damaged: '%1' does not take a portrait and give numbers; %2</source>
            <translation>das Modell ist beschädigt: '%1' macht aus einem Porträt keine Zahlen; %2</translation>
        </message>
        <message>
            <source>the portrait could not be read: the network gave no finite numbers</source>
            <translation>das Porträt konnte nicht beurteilt werden: Das Netz gab keine endlichen Zahlen</translation>
        </message>
        <message>
            <source>the portrait could not be read: %1</source>
            <translation>das Porträt konnte nicht beurteilt werden: %1</translation>
        </message>
        <message>
            <source>there is no device '%1'%2; it may be %3</source>
            <translation>es gibt kein Gerät '%1'%2; möglich sind %3</translation>
        </message>
        <message>
            <source>%1 cannot run this model: ONNX Runtime fell back to the CPU</source>
            <translation>%1 kann dieses Modell nicht rechnen: ONNX Runtime wich auf die CPU aus</translation>
        </message>
        <message>
            <source>it found no GPU that it can use</source>
            <translation>es fand sich keine brauchbare GPU</translation>
        </message>
        <message>
            <source>%1 cannot run here: %2; %3, or use --device cpu</source>
            <translation>%1 läuft hier nicht: %2; %3, oder nehmen Sie --device cpu</translation>
        </message>
        <message>
            <source>%1 cannot run this model: %2</source>
            <translation>%1 kann dieses Modell nicht rechnen: %2</translation>
        </message>
        <message>
            <source>the model is damaged: ONNX Runtime cannot read it: %1; %2</source>
            <translation>das Modell ist beschädigt: ONNX Runtime kann es nicht lesen: %1; %2</translation>
        </message>
        <message>
            <source>there is no character in %1</source>
            <translation>in %1 ist keine Figur</translation>
        </message>
        <message>
            <source>cannot use '%1': it is larger than %2 MiB</source>
            <translation>'%1' ist nicht brauchbar: Die Datei ist größer als %2 MiB</translation>
        </message>
        <message>
            <source>it has %1 cells, and the first line names only %2</source>
            <translation>sie hat %1 Zellen, und die erste Zeile nennt nur %2</translation>
        </message>
        <message>
            <source>the seed must be a whole number from 0 to %1, not '%2'</source>
            <translation>die Startzahl muss eine ganze Zahl von 0 bis %1 sein, nicht '%2'</translation>
        </message>
        <message>
            <source>it must hold a list of characters</source>
            <translation>darin muss eine Liste von Figuren stehen</translation>
        </message>
        <message>
            <source>cannot use the list '%1': %2</source>
            <translation>die Liste '%1' ist nicht brauchbar: %2</translation>
        </message>
        <message>
            <source>cannot use the table '%1': it is not a text file in UTF-8</source>
            <translation>die Tabelle '%1' ist nicht brauchbar: Es ist keine Textdatei in UTF-8</translation>
        </message>
        <message>
            <source>cannot use the table '%1': line %2: %3</source>
            <translation>die Tabelle '%1' ist nicht brauchbar: Zeile %2: %3</translation>
        </message>
        <message>
            <source>cannot use the table '%1': no attribute is called '%2'%3</source>
            <translation>die Tabelle '%1' ist nicht brauchbar: Kein Merkmal heißt '%2'%3</translation>
        </message>
        <message>
            <source>cannot use the table '%1': it has two columns '%2'</source>
            <translation>die Tabelle '%1' ist nicht brauchbar: Sie hat zwei Spalten '%2'</translation>
        </message>
        <message>
            <source>a cast has at most %1 characters</source>
            <translation>ein Ensemble hat höchstens %1 Figuren</translation>
        </message>
        <message>
            <source>cannot read the folder '%1': %2</source>
            <translation>der Ordner '%1' kann nicht gelesen werden: %2</translation>
        </message>
        <message>
            <source>cannot use the list '%1': character %2: %3</source>
            <translation>die Liste '%1' ist nicht brauchbar: Figur %2: %3</translation>
        </message>
        <message>
            <source>'%1' is no source of characters; give a %2 file, a portrait of Facewright, a .json list, a .csv table or a folder</source>
            <translation>'%1' ist keine Quelle von Figuren; nötig ist eine %2-Datei, ein Porträt von Facewright, eine .json-Liste, eine .csv-Tabelle oder ein Ordner</translation>
        </message>
        <message>
            <source>'%1' is no path for an export; it must stay inside '%2'</source>
            <translation>'%1' ist kein Pfad für einen Export; er muss in '%2' bleiben</translation>
        </message>
        <message>
            <source>'%1' belongs to the engine, which makes it; an export never writes it</source>
            <translation>'%1' gehört der Engine, die es macht; ein Export schreibt es nie</translation>
        </message>
        <message>
            <source>cannot write '%1': a link there leads out of '%2'</source>
            <translation>'%1' kann nicht geschrieben werden: Eine Verknüpfung führt dort aus '%2' hinaus</translation>
        </message>
        <message>
            <source>cannot write into '%1': it is not a folder</source>
            <translation>in '%1' kann nicht geschrieben werden: Es ist kein Ordner</translation>
        </message>
        <message>
            <source>cannot make the folder '%1': %2</source>
            <translation>der Ordner '%1' kann nicht angelegt werden: %2</translation>
        </message>
        <message>
            <source>cannot write '%1': the folder '%2' is no longer there</source>
            <translation>'%1' kann nicht geschrieben werden: Den Ordner '%2' gibt es nicht mehr</translation>
        </message>
        <message>
            <source>cannot add to '%1': %2; move it away, and it is made anew</source>
            <translation>'%1' kann nicht ergänzt werden: %2; verschieben Sie es, dann entsteht es neu</translation>
        </message>
        <message>
            <source>a page of %1 pixels has no room for a picture of %2 pixels</source>
            <translation>eine Seite von %1 Pixeln hat keinen Platz für ein Bild von %2 Pixeln</translation>
        </message>
        <message>
            <source>it is larger than %1 MiB, too large for a character of Dialogic</source>
            <translation>mit mehr als %1 MiB zu groß für eine Figur von Dialogic</translation>
        </message>
        <message>
            <source>it is no character of Dialogic 2</source>
            <translation>das ist keine Figur von Dialogic 2</translation>
        </message>
        <message>
            <source>'%1' holds no letter that a file of Foundry VTT may have: give it a Latin name</source>
            <translation>'%1' enthält keinen Buchstaben, den eine Datei von Foundry VTT haben darf: Geben Sie einen lateinischen Namen</translation>
        </message>
        <message>
            <source>%1 has no place in a resource</source>
            <translation>%1 hat in einer Ressource keinen Platz</translation>
        </message>
        <message>
            <source>something follows the value</source>
            <translation>nach dem Wert folgt noch etwas</translation>
        </message>
        <message>
            <source>it is nested too deeply</source>
            <translation>es ist zu tief verschachtelt</translation>
        </message>
        <message>
            <source>a value was expected</source>
            <translation>ein Wert wurde erwartet</translation>
        </message>
        <message>
            <source>a string is never closed</source>
            <translation>eine Zeichenkette endet nicht</translation>
        </message>
        <message>
            <source>'%1' is no value that can be read</source>
            <translation>'%1' ist kein lesbarer Wert</translation>
        </message>
        <message>
            <source>a number is too large</source>
            <translation>eine Zahl ist zu groß</translation>
        </message>
        <message>
            <source>a key must be a string</source>
            <translation>ein Schlüssel muss eine Zeichenkette sein</translation>
        </message>
        <message>
            <source>':' was expected after a key</source>
            <translation>nach einem Schlüssel wurde ':' erwartet</translation>
        </message>
        <message>
            <source>',' or '}' was expected</source>
            <translation>',' oder '}' wurde erwartet</translation>
        </message>
        <message>
            <source>',' or ']' was expected</source>
            <translation>',' oder ']' wurde erwartet</translation>
        </message>
        <message>
            <source>'%1' has two portraits of the look '%2'</source>
            <translation>'%1' hat zwei Porträts mit dem Aussehen '%2'</translation>
        </message>
        <message>
            <source>the option '%1' of the format '%2': %3</source>
            <translation>die Option '%1' des Formats '%2': %3</translation>
        </message>
        <message>
            <source>the format '%1' has no option '%2'%3; %4</source>
            <translation>das Format '%1' hat keine Option '%2'%3; %4</translation>
        </message>
        <message>
            <source>'%1' cannot be part of a name in Ren'Py: it holds no letter and no digit</source>
            <translation>'%1' kann in Ren'Py kein Teil eines Namens sein: Es enthält weder Buchstaben noch Ziffern</translation>
        </message>
        <message>
            <source>two characters would both be '%1' in Ren'Py: rename one of them</source>
            <translation>zwei Figuren hießen in Ren'Py beide '%1': Benennen Sie eine um</translation>
        </message>
        <message>
            <source>faces of RPG Maker are %1 pixels; the size is %2: say %3</source>
            <translation>Gesichter von RPG Maker haben %1 Pixel; die Größe ist %2: Wählen Sie %3</translation>
        </message>
        <message>
            <source>'%1' is damaged: %2; %3</source>
            <translation>'%1' ist beschädigt: %2; %3</translation>
        </message>
        <message>
            <source>'%1' is not linked: there is no '%2'; 'facewright link' makes one</source>
            <translation>'%1' ist nicht verbunden: Es gibt kein '%2'; 'facewright link' legt es an</translation>
        </message>
        <message>
            <source>'%1' has %2 targets already: remove one</source>
            <translation>'%1' hat schon %2 Ziele: Entfernen Sie eines</translation>
        </message>
        <message>
            <source>'%1' is larger than %2 MiB</source>
            <translation>'%1' ist größer als %2 MiB</translation>
        </message>
        <message>
            <source>cannot read '%1': %2</source>
            <translation>'%1' kann nicht gelesen werden: %2</translation>
        </message>
        <message>
            <source>two targets of the link would write '%1': give one of them another folder</source>
            <translation>zwei Ziele der Verbindung würden '%1' schreiben: Geben Sie einem einen anderen Ordner</translation>
        </message>
        <message>
            <source>the link of '%1' leads outside it: %2</source>
            <translation>die Verbindung von '%1' führt hinaus: %2</translation>
        </message>
        <message>
            <source>this model has none of the expressions %1; it has %2</source>
            <translation>dieses Modell hat keinen der Ausdrücke %1; es hat %2</translation>
        </message>
        <message>
            <source>there is no pose '%1'%2; there are %3</source>
            <translation>es gibt keine Haltung '%1'%2; es gibt %3</translation>
        </message>
        <message>
            <source>a name template has 1 to %1 printable characters in one line</source>
            <translation>eine Namensvorlage hat 1 bis %1 druckbare Zeichen in einer Zeile</translation>
        </message>
        <message>
            <source>the name template '%1' must stay inside the folder: no '..', no '/' at an end</source>
            <translation>die Namensvorlage '%1' muss im Ordner bleiben: kein '..', kein '/' am Rand</translation>
        </message>
        <message>
            <source>the name template '%1' has more than %2 folders</source>
            <translation>die Namensvorlage '%1' hat mehr als %2 Ordner</translation>
        </message>
        <message>
            <source>the name template '%1' has an unknown field '{%2}'%3; it may have %4</source>
            <translation>die Namensvorlage '%1' hat ein unbekanntes Feld '{%2}'%3; möglich sind %4</translation>
        </message>
        <message>
            <source>the name template '%1' may only say a width, as in {index:03}</source>
            <translation>die Namensvorlage '%1' darf nur eine Breite angeben, wie in {index:03}</translation>
        </message>
        <message>
            <source>the name template '%1' is not complete: %2</source>
            <translation>die Namensvorlage '%1' ist unvollständig: %2</translation>
        </message>
        <message>
            <source>there are too many files like '%1' in '%2'</source>
            <translation>es gibt zu viele Dateien wie '%1' in '%2'</translation>
        </message>
        <message>
            <source>an export has at most %1 pictures; export a smaller cast</source>
            <translation>ein Export hat höchstens %1 Bilder; exportieren Sie weniger Figuren</translation>
        </message>
        <message>
            <source>two files would be called '%1'; let the name template have what tells them apart, such as {character} and {expression}</source>
            <translation>zwei Dateien hießen '%1'; nehmen Sie in die Namensvorlage auf, was sie unterscheidet, etwa {character} und {expression}</translation>
        </message>
        <message>
            <source>%1 pictures of %2 px are too many for one set; choose a smaller size or cast</source>
            <translation>%1 Bilder von %2 px sind zu viele für einen Satz; wählen Sie eine kleinere Größe oder weniger Figuren</translation>
        </message>
        <message>
            <source>there is no preset '%1'%2; there are %3</source>
            <translation>es gibt keine Vorgabe '%1'%2; es gibt %3</translation>
        </message>
        <message>
            <source>the preset '%1' is larger than %2 KiB</source>
            <translation>die Vorgabe '%1' ist größer als %2 KiB</translation>
        </message>
        <message>
            <source>the preset '%1' needs a file name of small letters, digits, '-' and '_'</source>
            <translation>die Vorgabe '%1' braucht einen Dateinamen aus Kleinbuchstaben, Ziffern, '-' und '_'</translation>
        </message>
        <message>
            <source>the preset '%1' must be a table of settings such as size = 512</source>
            <translation>die Vorgabe '%1' muss eine Tabelle von Einstellungen sein, etwa size = 512</translation>
        </message>
        <message>
            <source>there is no format '%1'%2; there are %3</source>
            <translation>es gibt kein Format '%1'%2; es gibt %3</translation>
        </message>
        <message>
            <source>the size of pixel art is a multiple of its side %1: %2 instead of %3</source>
            <translation>die Größe von Pixelgrafik ist ein Vielfaches ihrer Seite %1: %2 statt %3</translation>
        </message>
        <message>
            <source>cannot read the preset '%1': %2</source>
            <translation>die Vorgabe '%1' kann nicht gelesen werden: %2</translation>
        </message>
        <message>
            <source>the preset '%1' is not %2 in UTF-8: %3</source>
            <translation>die Vorgabe '%1' ist kein %2 in UTF-8: %3</translation>
        </message>
        <message>
            <source>the preset '%1': %2</source>
            <translation>die Vorgabe '%1': %2</translation>
        </message>
        <message>
            <source>the preset '%1' cannot be changed so: %2</source>
            <translation>die Vorgabe '%1' lässt sich so nicht ändern: %2</translation>
        </message>
        <message>
            <source>the report is an .html page or a .png picture, not '%1'</source>
            <translation>der Bericht ist eine Seite (.html) oder ein Bild (.png), nicht '%1'</translation>
        </message>
        <message>
            <source>%1; use --device cpu</source>
            <translation>%1; nehmen Sie --device cpu</translation>
        </message>
        <message>
            <source>the model is damaged: '%1' does not take and give what its manifest says; %2</source>
            <translation>das Modell ist beschädigt: '%1' nimmt und gibt nicht, was sein Manifest sagt; %2</translation>
        </message>
        <message>
            <source>the picture could not be made on %1: %2</source>
            <translation>das Bild konnte auf %1 nicht gemacht werden: %2</translation>
        </message>
        <message>
            <source>the model is damaged: its identity network names no sound threshold; %1</source>
            <translation>das Modell ist beschädigt: Sein Identitätsnetz nennt keine brauchbare Schwelle; %1</translation>
        </message>
        <message>
            <source>cannot read the portrait '%1': %2</source>
            <translation>das Porträt '%1' kann nicht gelesen werden: %2</translation>
        </message>
        <message>
            <source>cannot put '%1' back: another file has its name now</source>
            <translation>'%1' kann nicht zurückgelegt werden: Eine andere Datei hat jetzt den Namen</translation>
        </message>
        <message>
            <source>cannot rename '%1' to '%2': %3</source>
            <translation>'%1' kann nicht in '%2' umbenannt werden: %3</translation>
        </message>
        <message>
            <source>cannot make the library's folder '%1': %2</source>
            <translation>der Ordner der Bibliothek '%1' kann nicht angelegt werden: %2</translation>
        </message>
        <message>
            <source>the model has no '%1' picture%2; it has %3</source>
            <translation>das Modell hat kein Bild '%1'%2; es hat %3</translation>
        </message>
        <message>
            <source>the model '%1' has format %2, and this Facewright reads format %3; %4</source>
            <translation>das Modell '%1' hat Format %2, und dieses Facewright liest Format %3; %4</translation>
        </message>
        <message>
            <source>the model is missing: there is no '%1'; %2</source>
            <translation>das Modell fehlt: Es gibt kein '%1'; %2</translation>
        </message>
        <message>
            <source>the model cannot be read: '%1': %2; %3</source>
            <translation>das Modell kann nicht gelesen werden: '%1': %2; %3</translation>
        </message>
        <message>
            <source>it holds %1 graphs</source>
            <translation>es enthält %1 Graphen</translation>
        </message>
        <message>
            <source>the model may not be run: '%1': %2; use only models from a source you trust</source>
            <translation>das Modell darf nicht laufen: '%1': %2; nehmen Sie nur Modelle aus einer Quelle, der Sie trauen</translation>
        </message>
        <message>
            <source>a number is too long</source>
            <translation>eine Zahl ist zu lang</translation>
        </message>
        <message>
            <source>a field is cut off</source>
            <translation>ein Feld ist abgeschnitten</translation>
        </message>
        <message>
            <source>the model is damaged: its graph has no output '%1'</source>
            <translation>das Modell ist beschädigt: Sein Graph hat keine Ausgabe '%1'</translation>
        </message>
        <message>
            <source>the model is damaged: it is no ONNX graph (%1)</source>
            <translation>das Modell ist beschädigt: Es ist kein ONNX-Graph (%1)</translation>
        </message>
        <message>
            <source>there is no wire type %1</source>
            <translation>es gibt keinen Feldtyp %1</translation>
        </message>
        <message>
            <source>portraits are PNG files: write '%1' instead of '%2'</source>
            <translation>Porträts sind PNG-Dateien: Schreiben Sie '%1' statt '%2'</translation>
        </message>
        <message>
            <source>'%1' holds no character; give a %2 file or a portrait of Facewright</source>
            <translation>'%1' enthält keine Figur; nehmen Sie eine %2-Datei oder ein Porträt von Facewright</translation>
        </message>
        <message>
            <source>its attributes do not fit its output</source>
            <translation>seine Merkmale passen nicht zu seiner Ausgabe</translation>
        </message>
        <message>
            <source>it names an attribute twice</source>
            <translation>es nennt ein Merkmal zweimal</translation>
        </message>
        <message>
            <source>it holds no unsaved changes</source>
            <translation>es enthält keine ungesicherten Änderungen</translation>
        </message>
        <message>
            <source>it does not say where its character belongs</source>
            <translation>es sagt nicht, wohin seine Figur gehört</translation>
        </message>
        <message>
            <source>cannot recover '%1': %2</source>
            <translation>'%1' kann nicht wiederhergestellt werden: %2</translation>
        </message>
        <message>
            <source>this model has neither age, gender, ancestries nor skin tone, so there is nothing to count</source>
            <translation>dieses Modell hat weder Alter, Geschlecht, Herkunft noch Hautton; es gibt nichts zu zählen</translation>
        </message>
        <message>
            <source>there is nobody to count</source>
            <translation>es ist niemand zu zählen</translation>
        </message>
        <message>
            <source>the size is %1, outside %2 to %3 pixels; the nearest valid value is %4</source>
            <translation>die Größe ist %1, außerhalb von %2 bis %3 Pixeln; der nächste gültige Wert ist %4</translation>
        </message>
        <message>
            <source>it is no number</source>
            <translation>das ist keine Zahl</translation>
        </message>
        <message>
            <source>the model in '%1' cannot be used: %2</source>
            <translation>das Modell in '%1' ist nicht brauchbar: %2</translation>
        </message>
        <message>
            <source>the model's manifest holds a damaged condition of '%1'</source>
            <translation>das Manifest des Modells enthält eine beschädigte Bedingung von '%1'</translation>
        </message>
        <message>
            <source>the model's manifest holds a damaged condition: %1</source>
            <translation>das Manifest des Modells enthält eine beschädigte Bedingung: %1</translation>
        </message>
        <message>
            <source> (did you mean '%1'?)</source>
            <translation> (meinten Sie '%1'?)</translation>
        </message>
        <message>
            <source>this model has no attribute '%1'; its value was kept but not used</source>
            <translation>dieses Modell hat kein Merkmal '%1'; sein Wert bleibt erhalten, wird aber nicht verwendet</translation>
        </message>
        <message>
            <source>the folder '%1' does not exist</source>
            <translation>den Ordner '%1' gibt es nicht</translation>
        </message>
        <message>
            <source>the folder '%1' may not be written by you</source>
            <translation>in den Ordner '%1' dürfen Sie nicht schreiben</translation>
        </message>
        <message>
            <source>install Facewright again, or let FACEWRIGHT_MODELS name a folder with a sound model</source>
            <translation>installieren Sie Facewright neu, oder lassen Sie FACEWRIGHT_MODELS einen Ordner mit einem heilen Modell nennen</translation>
        </message>
        <message>
            <source>install them with: pip install 'facewright[cuda]'</source>
            <translation>installieren Sie sie mit: pip install 'facewright[cuda]'</translation>
        </message>
        <message>
            <source>%1 failed: %2</source>
            <translation>%1 versagte: %2</translation>
        </message>
        <message>
            <source>its first run took more than %1 seconds</source>
            <translation>sein erster Lauf dauerte länger als %1 Sekunden</translation>
        </message>
        <message>
            <source>its first run could not be started (%1)</source>
            <translation>sein erster Lauf ließ sich nicht beginnen (%1)</translation>
        </message>
        <message>
            <source>this model gives no maps, so that only the pictures were written</source>
            <translation>dieses Modell macht keine Karten, darum wurden nur die Bilder geschrieben</translation>
        </message>
        <message>
            <source>this model has no expression '%1'%2%3</source>
            <translation>dieses Modell hat keinen Ausdruck '%1'%2%3</translation>
        </message>
        <message>
            <source>this model has no light '%1'%2%3</source>
            <translation>dieses Modell hat kein Licht '%1'%2%3</translation>
        </message>
        <message>
            <source>unexpected %1: %2</source>
            <translation>unerwartet: %1: %2</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>Datei oder Ordner nicht gefunden</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>keine Berechtigung</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>kein Platz mehr auf dem Datenträger</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>es ist ein Ordner</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>es ist kein Ordner</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>der Datenträger ist schreibgeschützt</translation>
        </message>
        <message>
            <source>File exists</source>
            <translation>die Datei gibt es schon</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>der Dateiname ist zu lang</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>der Vorgang ist nicht erlaubt</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>Ein-/Ausgabefehler</translation>
        </message>
    </context>
</TS>
