"""What generated ideas say: German and English words, common ones often and rare ones seldom."""

from functools import cache
from itertools import accumulate, product
from random import Random

ENGLISH = """
charger app car price home station battery cable power update solar tariff heat pump meter map
history reminder invoice display card schedule notification queue parking plug outlet limit export
report profile screen button widget filter search calendar forecast weather window night morning
evening weekend holiday guest family neighbour visitor driver fleet company garage street city
highway route trip distance range speed cost saving budget contract bill payment account password
login address language voice watch phone tablet browser keyboard contrast colour font picture sound
alarm light lamp sensor camera door lock switch relay breaker fuse cabinet wall roof garden cellar
kitchen room floor radiator boiler tank valve filterbag pressure temperature humidity noise fan
compressor refrigerant antifreeze installer technician appointment visit manual video lesson forum
message answer question complaint praise survey statistic chart table column unit number percent
total average peak minimum maximum threshold rule automation scene trigger condition script webhook
token key scope interface protocol standard firmware version release rollback backup restore import
share permission role admin tenant landlord building flat elevator basement carport canopy trailer
""".split()
GERMAN = """
Ladestation App Auto Preis Haus Säule Akku Kabel Strom Aktualisierung Sonne Tarif Wärme Pumpe Zähler
Karte Verlauf Erinnerung Rechnung Anzeige Ausweis Zeitplan Meldung Schlange Parkplatz Stecker Dose
Grenze Ausfuhr Bericht Profil Bildschirm Knopf Baustein Auswahl Suche Kalender Vorhersage Wetter
Fenster Nacht Morgen Abend Wochenende Urlaub Gast Familie Nachbar Besucher Fahrer Flotte Firma
Garage Straße Stadt Autobahn Strecke Reise Entfernung Reichweite Tempo Kosten Ersparnis Haushalt
Vertrag Abrechnung Zahlung Konto Kennwort Anmeldung Adresse Sprache Stimme Uhr Telefon Rechner
Tastatur Kontrast Farbe Schrift Bild Ton Alarm Licht Lampe Fühler Kamera Tür Schloss Schalter Relais
Sicherung Schrank Wand Dach Garten Keller Küche Zimmer Boden Heizkörper Kessel Speicher Ventil
Druck Temperatur Feuchte Lärm Lüfter Verdichter Kältemittel Frostschutz Monteur Techniker Termin
Besuch Handbuch Film Stunde Forum Nachricht Antwort Frage Beschwerde Lob Umfrage Statistik Kurve
Tabelle Spalte Einheit Zahl Prozent Summe Mittel Spitze Mindestwert Höchstwert Schwelle Regel
Automatik Szene Auslöser Bedingung Skript Schnittstelle Schlüssel Umfang Protokoll Norm Fassung
Ausgabe Sicherungskopie Einfuhr Freigabe Rolle Verwalter Mieter Vermieter Gebäude Wohnung Aufzug
""".split()
GLUE = {
    "en": "the a for with and when to in of our should could please every after before".split(),
    "de": "die der das für mit und wenn im von unsere sollte könnte bitte jede nach vor".split(),
}
VOCABULARY = 20_000
# How far the most common word stands out: it is in about every third idea of its language.
MANDELBROT = 14
# Planted in so many ideas of every site, to search for what is rare whatever the size.
RARE = "Quastenflosser"
RARE_IDEAS = 25
COMMON, MEDIUM = ENGLISH[0], ENGLISH[120]


@cache
def vocabulary(language: str) -> tuple[list[str], list[float]]:
    """Words, the most common first, and their cumulated weights by Zipf's law."""
    base = ENGLISH if language == "en" else GERMAN
    compounds = (first + second.lower() for second, first in product(base, base))
    words = [*base, *compounds][:VOCABULARY]
    weights = accumulate(1 / (rank + MANDELBROT) for rank in range(1, len(words) + 1))
    return words, list(weights)


def phrase(chance: Random, language: str, count: int) -> list[str]:
    """So many words with content, and some glue between them."""
    words, weights = vocabulary(language)
    glue = chance.choice(GLUE[language])
    chosen = chance.choices(words, cum_weights=weights, k=count)
    return [*chosen[:2], glue, *chosen[2:]]


def title(chance: Random, language: str) -> str:
    """Four to eight words."""
    text = " ".join(phrase(chance, language, chance.randint(3, 7)))
    return text[0].upper() + text[1:]


def body(chance: Random, language: str, words: int) -> list[str]:
    """Sentences of about eight words; `words` in all on average."""
    count = max(1, round(chance.uniform(0.3, 1.7) * words / 8))
    sentences = (" ".join(phrase(chance, language, chance.randint(5, 9))) for _ in range(count))
    return [sentence[0].upper() + sentence[1:] + "." for sentence in sentences]
