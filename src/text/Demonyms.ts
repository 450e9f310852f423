/** What people and things of a country are called: "Norwegian" for a value `Norway`, and the other way round. */

const pairs =
  "argentina:argentinian|australia:australian|austria:austrian|belgium:belgian|brazil:brazilian|britain:british|bulgaria:bulgarian|canada:canadian|chile:chilean|china:chinese|colombia:colombian|croatia:croatian|czechia:czech|denmark:danish|egypt:egyptian|england:english|estonia:estonian|finland:finnish|france:french|germany:german|greece:greek|hungary:hungarian|iceland:icelandic|india:indian|indonesia:indonesian|ireland:irish|italy:italian|japan:japanese|kenya:kenyan|korea:korean|latvia:latvian|lithuania:lithuanian|malaysia:malaysian|mexico:mexican|morocco:moroccan|netherlands:dutch|nigeria:nigerian|norway:norwegian|peru:peruvian|poland:polish|portugal:portuguese|romania:romanian|russia:russian|scotland:scottish|serbia:serbian|slovakia:slovak|slovenia:slovenian|spain:spanish|sweden:swedish|switzerland:swiss|thailand:thai|tunisia:tunisian|turkey:turkish|ukraine:ukrainian|usa:american|vietnam:vietnamese|wales:welsh"
    .split("|")
    .map((pair) => pair.split(":"))

const others: ReadonlyMap<string, string> = new Map(
  pairs.flatMap(([country = "", adjective = ""]) => [
    [country, adjective],
    [adjective, country]
  ])
)

/** The other of the two words, folded: `norwegian` for `norway`; `null` for what is neither. */
export const demonymOf = (word: string): string | null => others.get(word) ?? null
