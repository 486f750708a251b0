<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n attribute(s)</source>
        <translation>
            <numerusform>%n attribute</numerusform>
            <numerusform>%n attributes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n character</numerusform>
            <numerusform>%n characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) could be mistaken for each other. Choose one to see both.</source>
        <translation>
            <numerusform>%n pair could be mistaken for each other. Choose it to see both.</numerusform>
            <numerusform>%n pairs could be mistaken for each other. Choose one to see both.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) added to the library</source>
        <translation>
            <numerusform>%n character added to the library</numerusform>
            <numerusform>%n characters added to the library</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Differs from the present character in %n place(s):</source>
        <translation>
            <numerusform>Differs from the present character in %n place:</numerusform>
            <numerusform>Differs from the present character in %n places:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written in {game}: {names}</source>
        <translation>
            <numerusform>%n file written in {game}: {names}</numerusform>
            <numerusform>%n files written in {game}: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written.</source>
        <translation>
            <numerusform>%n file written.</numerusform>
            <numerusform>%n files written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %n missing portrait(s)</source>
        <translation>
            <numerusform>Export %n missing portrait</numerusform>
            <numerusform>Export %n missing portraits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n script(s) read.</source>
        <translation>
            <numerusform>%n script read.</numerusform>
            <numerusform>%n scripts read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chosen character(s)</source>
        <translation>
            <numerusform>%n chosen character</numerusform>
            <numerusform>%n chosen characters</numerusform>
        </translation>
    </message>
</context>
</TS>
