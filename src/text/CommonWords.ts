/**
 * Common English words, which are not taken for misspelt names. Without them, every question about a "report" finds the
 * customer "Raport".
 *
 * The list is derived from SCOWL's size-10 word lists (English, American, British; Moby Words II and Brian Kelk's UK
 * English Wordlist, both in the public domain), without plurals and without those -ed, -ing and -ly forms whose base
 * is listed, and with words of business questions added. SCOWL's notice:
 *
 * Copyright 2000-2016 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
 * associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
 * without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and
 * this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
 * suitability of this array for any purpose. It is provided "as is" without express or implied warranty.
 */
import { stem } from "./Tokens.ts"

/** True for a folded token that is a common English word, correctly spelt, whatever its ending. */
export const isCommonWord = (token: string): boolean => {
  const word = stem(token)
  if (commonWords.has(token) || commonWords.has(word)) return true
  const ending = /(?:ing|ed|ly)$/.exec(word)
  if (ending === null || ending.index < 3) return false
  const base = word.slice(0, ending.index)
  return [base, `${base}e`, base.replace(/(.)\1$/, "$1"), base.replace(/i$/, "y")].some((form) => commonWords.has(form))
}

/** True for a word that only asks or joins (`the`, `how`, `show`, `total`): alone it never names anything. */
export const isFunctionWord = (token: string): boolean => functionWords.has(token)

/** "did we close": what stands behind such a word is who did it. */
export const isDo = (word: string): boolean => /^d(?:o|oes|id)$/.test(word)

const wordsIn = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

const functionWords = wordsIn(`
a about above after all also am among an and any are as at average avg be been before being below between both bottom but by
calculate can compute could count did display do does done down during each every find first for from get give had has
have having he her his how i id ids if in into is it its last least less list many max maximum may me mean median min
minimum more most much must my name names no not number of off on only or other our out over per please return s same
shall she should show some such sum t tell than that the their them then there these they this those to top total under
up us very was we were what when where which who whom whose why will with would you your`)

const commonWords = wordsIn(`
ability able about above absence absolute abuse academic accept acceptable access accessible accident accidental
accord account accuracy accurate achieve acquire across act action active activity actual add addition
additional address adequate adjust administration admit adopt advance advantage advertise advice advise affair
affect afford afraid after afternoon afterward again against age agency ago agree agreement ahead aid aim air
alarm album algorithm alia alive all allow almost alone along already also alter alternate alternative although
altogether alway ambiguous among amongst amount amuse analog analogue analysis ancient and angle angry animal
announce announcement annoy annual anonymous another answer any anybody anyone anyplace anything anyway anywhere
apart apologise apologize apology apparent appeal appear appearance apple application apply appointment
appreciate approach appropriate approval approve april arbitrary are area argue argument arise arithmetic arm
army around arrange arrangement arrive art article artificial artist aside ask asleep aspect assembler assembly
assistant associate association assume assumption assure ate atmosphere attach attack attempt attend attention
attitude attract attractive audience audio august author authority automatic automatically automobile autumn
available average avoid awake award aware away awful awkward back background backward bad balance ball ban band
bank bar base basic basically basis basket battery bear beautiful became because become bed been before
beforehand began begin begun behalf behave behavior behaviour behind being believe belong below benefit beside
best bestselling bet better between beyond bid big bigger biggest bill binary bind biology bit bite bitten
bizarre black blame blank block blow blue board boat body bonus book boot bore borne borrow both bother bottle
bottom bought bound box boy bracket branch brand breach break breakdown bridge brief bright bring broadcast
broke broken brother brought brown bucket budget buffer bug build built bulk bulletin bury bus business busy but
button buy buyer byte calculate calculation call came campaign can cancelled candidate cannot capable capacity
capital capsule captain car card cardboard care careful carry cart case cassette cat catalog catalogue catch
category caught cause cease cell cent center central centre century certain chain chair chairman chance change
channel chao chapter char character charge chart cheap cheaper cheapest check checkout chemical cheque child
children chip choice choose chose chosen church churn circle circuit circulation circumstance citizen city claim
clarify class clean clear clearer clearest clever client clock close closer closest club clue code coffee cohort
cold collapse collect collection college color colour column combination combine come command comment commercial
commission commitment committee common communicate communication community company comparable comparatively
compare comparison compatibility compatible competition compiler complain complaint complete complex complexity
complicate component compose composition comprehensive compromise compulsory compute computer concept concern
conclusion concrete condition conference confident confirm confuse confusion connect connection consequence
consequently consider considerable considerably consideration consist consistency consistent constant constraint
construct consumer consumption contact contain content context continually continuation continue continuous
contract contrary contrast contribute contribution control convenient convention conventional conversation
conversion convert convince cope copy core corner correct correction corrupt cost could council count counter
country county couple course court cover crash crazy create creation creature credit crisis crisp critical
criticism cross cry culture cum cup cure curious currency current cursor customer cut cycle damage danger
dangerous dare dark dashboard data database dataset date datum day dead deal dealt dear death debate decade
december decent decide decision declare decline decrease dedicate deduce deem deep default defence defense
define definite definition definitive degree delay delete deliberate deliver delivery demand democratic
demonstrate demonstration department depend depth derive describe description design desirable desire desk
desperate despite destroy detail detect determine develop development device devote dictionary did die died
differ difference different difficult difficulty digit digital dimension dinner direct direction director
directory dirty disadvantage disagree disappear disaster disc discipline discount discourage discover discuss
discussion disk dislike display distance distant distinct distinction distinguish distribute distribution
district disturb ditto divide division doctor document documentation doe dog doing dollar domain done door dose
double doubt doubtful down dozen drastic draw drawn dream drew drink drive driven driver drop drove drug dry
dubious due dumb dump duplicate during duty dying each earlier earliest early earn earth ease easier easiest
east easy eat eaten economic economy edge edit edition editor education educational effect effective efficient
effort eight either elect election electric electronic element elevator else elsewhere embarrass emergency
emphasis employee empty enable encounter encourage end enemy engineer enjoy enormous enough ensure enter entire
entitle entity entrance entry environment equal equipment equivalent eraser err error escape especially
essential establish establishment estimate euro even event eventually ever every everybody everyone everything
everywhere evidence exact examine example excellent except exception excess excessive exchange exclude exclusive
excuse execute exercise exist existence expand expansion expect expense expensive experience experiment
experimental expert explain explanation explicit express expression extend extension extensive extent external
extra extract extreme eye face facility fact factor fail failure fair faith fall fallen false familiar family
famous fan fancy far farm farther farthest fashion fast faster fastest fatal fate father fault favor favorite
favour favourite fear feasible feature february fed federal fee feed feedback feel feet fell felt few fewer
fewest field fight figure file fill film final financial find fine finger finish finite fire firm first fiscal
fish fit five fix flag flash flat flavor flavour flew flexible flight float floor flow flown fly folk follow
food foot for force forecast foreign forever forget forgot forgotten form formal format former forth forthcoming
fortunately fortune forward found four fourth fraction frame free freedom french frequent fresh friday friend
from front fry full fully fun function fund fundamental funny furniture further furthest future gain game gap
garbage garden gas gasoline gather gave general generate generation genuine get girl give given glad glass
global goe going gone good got gotten government governor grade gradually graduate grand grant graph graphic
grateful grave gray great greater greatest green grew grey grind gross ground group grow grown growth guarantee
guard guess guest guide gun guy habit hack had hair half hall hand handle handy hang happen happy hard harder
hardest hardware harm harmful harmless has hat hate have head header health healthy hear heard heart heat heavy
held hell hello help helpful hence her here hereby herself hes hid hidden hide high higher highest hill him
himself hint hire his historical history hit hold hole holiday home honest hope hopefully horrible horse
hospital host hot hotel hour house how however huge human hundred hung hunt hurry husband ice idea ideal
identical identify identity ignore ill illegal image imagination imagine immediate impact implement implication
imply importance important impose impossible impression improve improvement inability inadequate inch incident
incidentally incline include income incompatible incomplete inconsistent inconvenience incorrect increase indeed
independent index indicate indication individual industrial industry inevitably inferior infinite influence info
inform information initial inner innocent input insert inside insist install instance instant instead
institution instruction insurance integer integral intelligence intelligent intend intention interact interest
interface internal international interpret interpretation interval intervention into introduce introduction
invalid invariably invent inventory investigate invisible invitation invite invoice involve irrelevant irritate
isolate issue item its itself january job join joint joke joy judge judgement judgment july jump june junk just
justification justify keen keep kept key keyboard kid kill kind king knew knock know knowledge known kpi label
labor laboratory labour lack lady lain land language laptop large larger largest last late later latest latter
law lay layout lazy leach lead leader leaf learn learnt least leave lecture led left leg legal lend length less
lesser lesson let letter level liable library lie lied life lifetime lift light like likewise limit line linear
link list listen literally literature little live load loan local location lock log logic logical long longer
longest look loop loose lorry lose loss lost lot loudly love low lower lowest loyalty luck lucky lunch lying
machine mad made magic magnetic magnitude mail main maintain major majority make man manage manager manipulation
manner manual manufacturer many map march margin mark market marriage marry mass massive master match material
mathematic mathematical matter maximum may maybe mean meaningful meaningless meant measure mechanic mechanism
media median medical medicine medium meet member membership memory men mention mere merit mess message messy met
metal method metric middle midnight might mile military million mind mine minimal minimum minor minority minute
mislead misled miss mistake mistaken mistook misunderstand misunderstood misuse mix mod mode model modern modify
moment monday money monitor month moral more morning most mother motion mouse mouth move movement movie much
multiple music must myself mysterious naive name nasty nation national natural nature naughty near nearby nearer
nearest necessary necessity neck need negative neither nervous net network never nevertheless new newest next
nice nicer nicest night nine nobody noise noisy none nonsense nor normal north not note nothing notice notify
novel november now nowaday nowhere null numb number numbest numerical numerous obey object objection obscure
observation observe obtain obvious occasion occasional occupy occur october odd off offer office officer
official often oil old older oldest omit once one only onto open operate operation operator opinion opportunity
oppose opposite opposition option optional order ordinary organisation organise organiz organization organize
origin original other otherwise ought our ourselve out outer outlet output outside over overall overdue overview
owe owed owing own owner pack package packet page paid pain painful pair paper paragraph parallel parent park
part partial particular party pass passenger past patch path patient pattern pause pay payment payroll peace
peak peculiar pen pending people per percent percentage perfect perform performance perhap period permanent
permission permit person personal persuade petrol phase phenomenon philosophy phone phrase physical pick picture
piece pile pint pipe pipeline place plain plan plane planet plant plastic play plea pleasant please plenty plot
plug plus pocket poem poet point pointless police policy political poll pool poor pop popular population port
position positive possibility possible possibly post postmaster potential pound power powerful practical
practice practise precise prefer preferable preferably preference preparation prepare prescription presence
present preserve president press pressure presumably presume pretty prevent previous price primary prime
primitive principle print printer printout prior private probably problem procedure process processor produce
product production professional profit program programme programmer progress project promise prompt prone proof
proper property proportion proposal propose prospect protect protection protest prove provide public publication
publicity publish pull punctuation puncture purchase pure purpose push put putt qualify quality quantity quarter
query question queue quick quicker quickest quiet quit quite quota quote race radio rain raise ran random range
rank rapid rare rate rather ratio raw reach react reaction read readable reader ready real realise reality
realiz realize reason reasonable reasonably rebate recall receipt receive recent reception recognise recognition
recogniz recognize recommend recommendation record recover red reduce reduction redundant refer reference
reflect reflection refund refuse regard regardless region register regret regular regulation reject relate
relation relationship relative release relevance relevant reliable religion religious reluctant rely remain
remark remember remind remote removal remove renewal repair repeat replace replacement reply report represent
representation representative reproduce request require requirement research reservation reserve resident
resolution resort resource respect respectively respond response responsibility responsible rest restart restore
restrict result retail retain retention return reveal revenue reverse review rewrite rid ride ridiculous right
ring rise risk river road role roll room root rough round route routine row rubber rubbish rule rumor rumour run
rush sad safe safer safest safety said saint sake saki salary sale same sample sat satisfy saturday save saw say
scale scan scene scheme school science scientific score scrap scratch screen script search season second
secondary secret secretary section secure security see seek seem seen segment select selection self sell seller
seminar send senior sense sensible sensibly sensitive sent sentence separate september sequence serial serious
serve server service sery session set settle seven several severe sex shall shame shape share sharp she sheet
shelf shell shift ship shipment shoot shop shopper short shortage shorter shortest should show shown shut side
sight sign signal significance significant silly similar simple simpler simplest simply simultaneous since
sincerely single sit site situation six siz size skill sleep slight slip slow slower slowest small smaller
smallest smile smooth social society soft software sold solely solid solution solve some somebody somehow
someone someplace something sometime somewhat somewhere son soon sooner soonest sophisticate sorry sort sought
sound source south southern space spare speak speaker special specific specifically specify speech speed spell
spelt spend spent spirit spite split spoke spoken spot spread spring square stable staff stage stand standard
start state statement station statistic statistical status stay steal step stick still stock stone stood stop
storage store storey story straight straightforward strange strategy stream street strength strict strike string
strong struck structure stuck student study stuff stupid style subject submit subscription subsequent subset
substantial substitute subtle succeed success successful such sudden suffer suffice sufficient sugar suggest
suggestion suit suitable suitably sum summary summer sun sunday superior supervisor supplier supply support
suppose sure surface surprise survey survive suspect suspend suspicion switch symbol syntax system table tablet
take taken talk tank tape target task taste taught tax tea teach teacher team technical technique technology
tedious teeth telephone television tell temperature temporary ten tend tendency term terminal terminology
terribly territory test text than thank that the their them themselve then theoretical theory there thereby
therefore these they thin thing think third this thoroughly those though thought thousand threat three threshold
threw through throughout throw thrown thursday thus ticket tie tied tight till time tin title today together
token told tomorrow tonight too took tooth top topic total touch toward town trace track traditional traffic
train transfer translate translation transport trap trash travel treat treatment tree trend trial trick trip
trivial trouble truck true trunk trust truth try tuesday tune turn turnover twelve twenty twice two tying type
typical ugly ultimate unable unacceptable unaware uncertain unclear under undergraduate underneath understand
understood unfortunate unhappy uniform unique unit unite universal university unknown unless unlike unlimited
unnecessary unpaid unpleasant unreasonable unsold unsuitable until unusual unwanted update upon upper upset
upward usage use used useful useless user using usual utility utterly vacation vague valid validity valuable
value van variable variation variety various vary vast vat vector vendor version versus very via vice video view
virtually virtue visible vision visit visitor vital voice volume vote wage wait walk wall want war warehouse
warm warn was wash waste watch water way weapon wear weather wednesday week weekday weekend weight weird welcome
well went were west western what whatever whatsoever wheel when whenever where wherea whereby wherever whether
which while whilst white who whoever whole wholesale whom whose why wide wider widespread widest wife wild will
win wind window wine winter wire wise wish with withdraw within without woman women won wonder wonderful wooden
word wore work worker world worn worry worse worst worth worthwhile worthy would write writer written wrong
wrote year yellow yen yes yesterday yet you young your yourself zero`)
