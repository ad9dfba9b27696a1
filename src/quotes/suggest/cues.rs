//! The words of attribution: verbs of saying, offices, function words.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Verbs that introduce what somebody said, in the forms that newspapers use.
const SAYING: &str = "
    said says say saying told tells telling added adds adding asked asks asking explained explains
    explaining noted notes noting wrote writes writing claimed claims claiming argued argues
    arguing insisted insists insisting warned warns warning stated states stating announced
    announces announcing continued continues concluded concludes replied replies responded
    responds responding answered answers recalled recalls recalling conceded concedes admitted
    admits acknowledged acknowledges declared declares declaring remarked remarks commented
    comments observed observes tweeted tweets posted joked jokes quipped quips lamented laments
    predicted predicts suggested suggests stressed stresses emphasized emphasised emphasizes
    testified testifies exclaimed shouted yelled whispered muttered urged urges urging vowed vows
    pledged promised complained complains cautioned cautions boasted bragged confirmed confirms
    pointed cried mused reiterated reiterates repeated revealed reveals reported reports agreed
    agrees countered counters retorted opined proclaimed asserted asserts contended contends
    maintained maintains echoed remembered remembers interjected advised fumed gushed demanded
    demands thundered ranted sighed laughed chimed read reads scoffed assured deadpanned pleaded
    begged wondered wonders groused intoned bellowed screamed snapped chided teased reasoned
    charged charges cracked sang sings pressed summed hinted implied indicated indicates
    indicating speculated surmised theorized posited marveled enthused exulted crowed beamed
    advised advises advising instructed ordered implored exhorted growled grumbled griped barked
    hollered shouting yelling chanting chants projects projected explains volunteered related
    relayed swore prayed preached ventured tweeting quipping boasting suggesting remarking
    observing commenting stressing emphasizing pointing complaining cautioning conceding
    acknowledging admitting confirming announcing declaring concluding proclaiming asserting
    contending maintaining lamenting repeating vowing pledging joking musing wondering
    offered recounted chanted elaborated clarified dit déclaré déclare affirmé affirme expliqué
    explique ajouté ajoute assuré estime sagte sagt erklärte erklärt meinte meint betonte betont
    berichtete schrieb fügte kommentierte forderte kritisierte ergänzte gesagt äußerte warnte
    teilte bekräftigte verlangte verkündete bestätigte begründete räumte bedauerte mahnte entgegnete
    antwortete fragte rief versicherte unterstrich argumentierte beklagte urteilte ließ sagten
    erklärten forderten heißt hieß verkündet zugesichert angekündigt kündigte resümierte lobte
    dijo dice afirmó declaró explicó añadió aseguró señaló sostuvo disse afirmou detto
";

/// Verbs that introduce somebody's words only when the words are part of the sentence.
const NAMING: &str = "
    put puts called calls calling described describes describing dubbed dubs likened praised
    praises praising criticized criticised criticizes criticizing blasted blasts accused accuses
    accusing labeled labelled labels labeling characterized characterised characterizes referred
    refers referring thinks believes believed thought hopes hoped slammed slams condemned condemns
    denounced denounces decried dismissed dismisses dismissing defended defends expressed
    expresses expressing cited cites citing touted mocked ridiculed rejected rejects ruled found
    promises promising threatened talked talks spoke speaks speaking hailed attacked attacks
    credited blamed blames blaming wants wanted considers considered feels felt quoted deemed
    encouraged apologized alleged alleges alleging denied denies denying assured championed backed
    apologised supports proposed proposes outlined mentioned mentions questioned questions
    insulted lauded lauds lambasted ripped knocked assailed assailing bashed derided deriding
    decrying hailing likened likening compared comparing denouncing condemning mocking branded
    branding skewered rebuked terming termed nicknamed portrayed railed rails railing worried
    worries feared fears expects bezeichnete nannte würdigte begrüßte sprach spricht nennt zitiert
    zitierte verwies
";

/// Prepositions that name a speaker.
const NAMED_BY: &str = "
    selon según laut zufolge so segundo secondo
";

const PRONOUNS: &str = "
    he she they il elle er sie él ella
";

/// Words written with a small letter, or with a capital only at the start of a sentence, that are part of no name.
const FUNCTION: &str = "
    the a an this that these those there here it its he she they we i you his her their our my
    your him them us me who which whose what when where why how while as if in on at by for from
    to with of after before during since until although though because so yet nor not no yes now
    then meanwhile however also both each every some many most several one two three four five six
    last next and or but is are was were be been being has have had do does did will would can
    could should may might must about over under into out up down off than too very just only even
    still again once later earlier today yesterday tomorrow tonight perhaps let among between
    despite like instead thus indeed all any more other others another such same through against
    without within per via first second third back well maybe much few nothing everyone everything
    people asked together according monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december along given
    der dem den des die einer einem eines und oder aber auch auf aus bei bis durch für gegen ohne
    um nach seit von vor zu zum zur über unter zwischen während weil wenn als ob dazu dabei damit
    dann denn dort hier heute gestern bereits weiter zudem außerdem jedoch dennoch zugleich
    gegenüber nicht kein keine seine seiner ihr ihre ihrer wir es ich sie wie wo wer diese dieser
    dieses jede jeder alle viele einige mehr sehr noch nur schon erst sowie sondern zwar nun im vom
    beim angesichts trotz wegen daraufhin deshalb allerdings darüber insgesamt zuvor später
    inzwischen
    rather whether either neither ahead toward towards across around un une les des ein eine das
    dass dem el los las una
";

/// Words before a name that are no office.
const HONORIFICS: &str = "
    mr mrs ms miss mx sir dame lady lord madame monsieur mme frau herr señor señora messrs
";

/// Offices and professions that stand before a name.
const OFFICES: &str = "
    president minister premier chancellor secretary senator sen congressman congresswoman rep
    representative governor gov mayor judge justice sheriff chief general gen colonel col major
    maj captain capt lieutenant lt sergeant sgt admiral adm commander professor prof dr doctor rev
    reverend father bishop archbishop cardinal pope imam rabbi king queen prince princess
    ambassador commissioner chairman chairwoman chair director ceo cfo coach manager leader
    speaker mp mep msp mla councillor councilman councilwoman cllr officer detective inspector
    constable attorney spokesman spokeswoman spokesperson editor analyst economist emperor sultan
    sheikh trainer präsident präsidentin sprecher sprecherin bundeskanzler bundeskanzlerin
    außenminister innenminister bundespräsident kanzlerin kanzler vorsitzende bürgermeister
    undersecretary treasurer deputy lawmaker delegate marshal ayatollah vice-president
";

/// Other words for what somebody is.
const ROLES: &str = "
    researcher author writer reporter correspondent journalist columnist lecturer teacher student
    scholar fellow head dean founder co-founder cofounder partner executive owner operator lawyer
    solicitor barrister prosecutor engineer expert adviser advisor consultant strategist activist
    campaigner organizer organiser member clerk farmer driver worker nurse doctor physician
    surgeon soldier trader broker banker investor producer actor actress singer musician artist
    player striker midfielder goalkeeper defender skipper boss winger champion athlete runner
    official candidate nominee counsel curator librarian priest pastor minister resident voter
    witness victim neighbour neighbor mother father brother sister wife husband son daughter
    veteran retiree pilot master designer developer programmer manager chairperson coordinator
    co-ordinator administrator superintendent principal vice-chairman ombudsman commentator
    pollster historian physicist politician lobbyist publisher photographer democrat republican
    frontrunner front-runner mogul businessman businesswoman planner forecaster watchdog
    negotiator envoy diplomat leader specialist critic reader
";

/// Words that make an office of the word after them.
const MODIFIERS: &str = "
    former ex deputy vice prime foreign finance shadow acting senior chief assistant associate
    interim attorney managing executive home defence defense interior press lord then late current
    incoming outgoing health education trade first co adjunct
";

/// Words that name a place or an organisation, not a person.
const NO_PERSON: &str = "
    university school college institute bank council court party committee commission department
    ministry office agency association union house senate congress parliament group company inc
    corp ltd organization organisation center centre foundation fund times post news journal press
    avenue road county city state states kingdom republic river sea ocean war cup league
    championship olympics games world national international american european united federal
    central supreme police army force forces club museum hospital airport tower islands island
    democrats republicans labour conservatives democratic republican conservative liberal guard
    service services board academy television radio network magazine wall treasury pentagon
    kremlin summit conference coalition alliance trust society authority administration government
    campaign caucus system systems motors airlines partners markets media twitter facebook islamic
    security amendment street
";

/// Words that begin the name of a place.
const PLACES: &str = "
    north south east west new san los las great saint middle white capitol
";

/// Small words between a subject and its verb.
const AUXILIARIES: &str = "
    has have had was is also then who to would will further once never as quoted previously hat a
    did not even went on still again often and just now been being could
";

/// What a speaker speaks at or in.
const OCCASIONS: &str = "
    interview interviews statement speech conference briefing email e-mail letter tweet report
    call hearing debate rally memo column post release note address remarks message podcast
    testimony op-ed editorial essay book video appearance meeting town forum panel press tweets
    filing affidavit lecture sermon article blog broadcast telegram presentation gala event
    ceremony summit session segment programme program
";

const DAYS: &str = "
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight
    earlier later last this next
";

const IS_SAYING: u16 = 1;
const IS_NAMING: u16 = 1 << 1;
const IS_NAMED_BY: u16 = 1 << 2;
const IS_PRONOUNS: u16 = 1 << 3;
const IS_FUNCTION: u16 = 1 << 4;
const IS_HONORIFICS: u16 = 1 << 5;
const IS_OFFICES: u16 = 1 << 6;
const IS_ROLES: u16 = 1 << 7;
const IS_MODIFIERS: u16 = 1 << 8;
const IS_NO_PERSON: u16 = 1 << 9;
const IS_OCCASIONS: u16 = 1 << 10;
const IS_DAYS: u16 = 1 << 11;
const IS_AUXILIARIES: u16 = 1 << 12;
const IS_PLACES: u16 = 1 << 13;

/// Every word with the bits of the lists that it stands in.
static INDEX: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let lists = [
        (SAYING, IS_SAYING),
        (NAMING, IS_NAMING),
        (NAMED_BY, IS_NAMED_BY),
        (PRONOUNS, IS_PRONOUNS),
        (FUNCTION, IS_FUNCTION),
        (HONORIFICS, IS_HONORIFICS),
        (OFFICES, IS_OFFICES),
        (ROLES, IS_ROLES),
        (MODIFIERS, IS_MODIFIERS),
        (NO_PERSON, IS_NO_PERSON),
        (OCCASIONS, IS_OCCASIONS),
        (DAYS, IS_DAYS),
        (AUXILIARIES, IS_AUXILIARIES),
        (PLACES, IS_PLACES),
    ];
    let mut index = HashMap::new();
    for (list, bit) in lists {
        for word in list.split_ascii_whitespace() {
            *index.entry(word).or_insert(0) |= bit;
        }
    }
    index
});

fn has(bit: u16, word: &str) -> bool {
    INDEX.get(word).is_some_and(|bits| bits & bit != 0)
}

fn bare(low: &str) -> &str {
    low.trim_end_matches('.')
}

/// `said`, `told`, `erklärte`.
pub(super) fn is_saying(low: &str) -> bool {
    low.len() >= 3 && has(IS_SAYING, low)
}

/// `called`, `described`.
pub(super) fn is_naming(low: &str) -> bool {
    has(IS_NAMING, low)
}

/// `selon`, `laut`.
pub(super) fn is_named_by(low: &str) -> bool {
    has(IS_NAMED_BY, low)
}

/// `he`, `she`, `they`.
pub(super) fn is_pronoun(low: &str) -> bool {
    has(IS_PRONOUNS, low)
}

/// `the`, `with`, `Monday`.
pub(super) fn is_function(low: &str) -> bool {
    has(IS_FUNCTION, low)
}

/// `Mr`, `Frau`.
pub(super) fn is_honorific(low: &str) -> bool {
    has(IS_HONORIFICS, bare(low))
}

/// `President`, `Dr.`.
pub(super) fn is_office(low: &str) -> bool {
    has(IS_OFFICES, bare(low)) || is_german_office(low)
}

/// `Innenministerin`, `Regierungssprecher`: German makes one word of an office and its field.
fn is_german_office(low: &str) -> bool {
    let male = low.strip_suffix("in").unwrap_or(low);
    let heads = "minister präsident sprecher kanzler bürgermeister trainer direktor sekretär kommissar chef \
                 vorsitzender vorsitzende abgeordneter abgeordnete";
    heads.split_ascii_whitespace().any(|head| male.ends_with(head))
}

/// Titles that are surnames just as well: `Mervyn King`.
pub(super) fn is_surname_too(low: &str) -> bool {
    matches!(
        low,
        "king"
            | "prince"
            | "pope"
            | "bishop"
            | "major"
            | "judge"
            | "justice"
            | "queen"
            | "cardinal"
            | "marshal"
            | "chief"
            | "father"
            | "trainer"
            | "speaker"
            | "lord"
            | "knight"
            | "constable"
    )
}

/// `former`, `deputy`.
pub(super) fn is_modifier(low: &str) -> bool {
    has(IS_MODIFIERS, low)
}

/// `researcher`, `economist`, `spokeswoman`.
pub(super) fn is_role(low: &str) -> bool {
    let suffix = ["ologist", "woman", "person", "omist", "maker", "analyst", "master"];
    let man =
        low.len() > 5 && low.ends_with("man") && !matches!(low, "german" | "woman" | "norman");
    is_office(low) || has(IS_ROLES, low) || man || suffix.iter().any(|end| low.ends_with(end))
}

/// `University`, `Street`.
pub(super) fn is_no_person(low: &str) -> bool {
    has(IS_NO_PERSON, bare(low))
}

/// `New` York, `South` Carolina.
pub(super) fn begins_place(low: &str) -> bool {
    has(IS_PLACES, low)
}

/// `interview`, `statement`.
pub(super) fn is_occasion(low: &str) -> bool {
    has(IS_OCCASIONS, low)
}

/// `Tuesday`, `yesterday`.
pub(super) fn is_day(low: &str) -> bool {
    has(IS_DAYS, low)
}

/// `has`, `also`, `quoted`.
pub(super) fn is_auxiliary(low: &str) -> bool {
    has(IS_AUXILIARIES, low)
}

/// `de`, `van`, `bin`: parts of names in small letters.
pub(super) fn is_particle(low: &str) -> bool {
    matches!(
        low,
        "de" | "da"
            | "di"
            | "du"
            | "del"
            | "der"
            | "den"
            | "la"
            | "le"
            | "van"
            | "von"
            | "bin"
            | "al"
            | "ten"
            | "ter"
            | "ibn"
            | "el"
            | "y"
            | "dos"
            | "della"
    )
}

/// Whether a name belongs to a man or a woman, as far as the word before it tells.
pub(super) fn gender(low: &str) -> Option<Gender> {
    match bare(low) {
        "mr" | "sir" | "lord" | "he" | "il" | "er" | "él" | "congressman" | "chairman"
        | "spokesman" | "king" | "prince" | "herr" | "monsieur" | "father" | "businessman"
        | "councilman" => Some(Gender::Man),
        "mrs" | "ms" | "miss" | "lady" | "dame" | "she" | "elle" | "ella" | "congresswoman"
        | "chairwoman" | "spokeswoman" | "queen" | "princess" | "frau" | "madame" | "mme"
        | "businesswoman" | "councilwoman" => Some(Gender::Woman),
        _ => None,
    }
}

/// As far as pronouns and titles tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    /// `he`, `Mr`
    Man,
    /// `she`, `Ms`
    Woman,
}
