"""A draft of the letter of March 2012: its figures, in other words, with the two slips it had."""

DRAFT = """
Voortgang van het programma

Jaarwisseling

Rond de jaarwisseling zijn in totaal 186 incidenten geregistreerd. Er waren 143 aanhoudingen,
waarvan 61 in verzekeringstellingen. Het aantal incidenten is met 7,5% toegenomen ten opzichte van
2010–2011. Vergeleken met 2009–2010 en de nulmeting van 2008–2009 is er een afname van
respectievelijk 39% en 24%.

  2011–2012  2010–2011  2009–2010  2008–2009
Aantal incidenten  186  173  303  229
Aantal aanhoudingen  143  177  109  246
Aantal in verzekeringgestelden  61  31  22  38

Het aantal aanhoudingen is met 19% gedaald ten opzichte van vorig jaar (van 177 naar 143). Het
aantal inverzekeringstellingen is bijna verdubbeld (van 31 naar 61). Vooral openlijke
geweldpleging nam toe (70%; van 31 naar 53), net als mishandeling (27%; van 22 naar 28).

Onderzoek

Het aandeel slachtoffers is van 66% in 2007, via 65% in 2009, gedaald naar 59% in 2011.

Meldingen bij het Rijk

  Verbaal  Persoonlijk  Fysiek  Totaal
Rijksoverheid  149  207  47  403
"""
