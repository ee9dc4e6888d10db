//! Words with capitals that are no names: of agencies, places, roles, months, papers, and those that begin sentences.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Endings of words that are nobody's name.
pub(super) const PARTS: [&str; 9] = ["tion", "sion", "ment", "ness", "ity", "ship", "ance", "ology", "ings"];

/// Each word once, in small letters.
const COMMON: &str = "
a about abuse access accident accidents accommodation act acting action actions activity acute adolescent adult adults advice advisor
advisory advocacy advocate after against age agencies agency agenda agreed alcohol all also although ambulance amber an analysis
and annual any apologies appendix april area areas army as assessment assessments assistant at attendance audit audits august
autumn awareness back bank baptist barnardo barnardos based battered be because before behaviour below best better birmingham
black blue board boards body both boy boys brent bristol britain british brook bullying bureau business but by cabinet cambridge
camhs campaign cardiff care carer carers case cases catholic caution central centre centres chair chairs chairman chapter charity chief child
childcare childline children childrens church citizens city civil clinic clinical clinician closed club co code college
command commander commissioner commissioners commissioning committee common community complaints complete completed compliance
concern concerns conference conferences consent constabulary consultant contact contract coordinator core coroner coroners council
councillor county court courts cps crime criminal crisis crown cumbria current customer daily data day dean death deaths december
deputy derby designated detective devon director directors disability disabled disclosure district divisional do doctor doctors domestic dorset
down draft drug drugs during duty each early east eastern education educational effective eight eighteen elected eleven emergency
emotional empty england english enquiries enquiry essex ethnic european evaluation evening every evidence exam exeter existing
experience experiences expert external faith families family fathers february female feedback few field file final finance fire first five
focus for force forced forensic forum foster fostering foundation four framework friday friends from full fund funding further
future general get girl girls give gloucester gloucestershire good governance governor governors gp gps grant great green group groups guardian guardians guide
guidance guidelines had half has have he head heads health healthy her high his hm holder home homes hospital hospitals
hour house household housing how human i if impact improvement improving in inc incident independent induction infant infants information
infirmary initial initiative inquiry inspector inspection inspections integrated intensive interim internal internet investigation investigator is issue issues it its january
joint judge july june junior justice juvenile kent key keeping kingdom labour lambeth lancashire lead leads leader leaders learning leeds legal
leicester letter level liaison line listening live liverpool living local london long looked lord lower made magistrate magistrates
main making male manager managers managing manchester march marie mark marriage maternity may meeting meetings member members memorandum mental
met metropolitan middlesex midlands midwife midwifery midwives minister ministry minor missing mobile monday monitoring month monthly more most mother mothers multi museum named nation
national neglect neighbourhood network new newborn next night no non norfolk north northern northampton not notes nottingham november nspcc number nurse nurses
nursery nursing october of office officer officers official ofsted on once one online only open operational operations or order other our out outcome
outcomes overall overview own oxford oxfordshire paediatric paediatrician paediatricians panel paper parent parenting parents parish parliament part
partner partners partnership partnerships pastoral patient peer per performance permanent person persons phase pilot place placement placements plan planning
plans play please police policies policy portfolio portsmouth post powys practice practitioner practitioners pregnancy premature presentation president prevent prevention previous primary
prime principal priority private probation problem procedure procedures process professional professionals profile programme progress project projects protection protective protecting protocol provider psychologist psychiatrist
public pupil pupils quality quarter quarterly queen question questionnaire questions radio rag rapid red referral referrals refuge refugee regional register report reporting reports representative representatives request
rescue research residential resource response result results review reviewer reviews right rights risk road role ross royal rule rural
safe safeguarding safer safety saint samaritans saturday school schools scotland scottish screening secondary secretary section sector secure senior separate september sergeant serious
service services seven sex sexual shared she sheffield shire shrewsbury shropshire signs similar since single site sites six skills social society some somerset son south southampton southern special specialist sport
spring st staff staffordshire stage standard standards standing state statement station statutory step stop story strategic strategy street strengthening strong structure student students study sub substance
sudden suffolk suicide summary summer sunday superintendent supervision supervisor support supporting surestart surrey survey sussex system systems talking task team teams teacher teachers technology telford ten test thames that the their them theme there
these they thirteen this those three through thursday tier time to together tool toolkit tools top town toxic trade trafficking trained training transport treatment trial trust trusts tuesday twelve twenty two
under unit united universal university until up update urgent use user users venue very victim victims view views village violence visit visiting visitor visits vision voice voluntary volunteer volunteers
voices vulnerable wales walsall ward warwick warwickshire was we web website premium plus wednesday week weekly welcome welfare well were west western what when where which while white who whole why wider will wiltshire winter with
within wolverhampton women work worker workers workforce working workshop workshops worcester worcestershire world would written yard year yearly years yes yet york yorkshire you young your youth youths
unborn bereaved bruised foetal bereavement concealed harmful honour female genital mutilation radicalisation gang gangs homeless hidden county lines sure start looked after cared leaver leavers bright futures future signs wellbeing being attachment breastfeeding immunisation
measles vaccination neonatal autism autistic asperger adhd special needs educational hearing visual deaf blind sight braille signing chaplain imam rabbi vicar bishop reverend sister charge matron ward mr mrs ms miss dr prof sir dame cllr lady pc dc ds di dci sgt
christmas easter monday bank holiday term half autumn google microsoft excel word windows skype facebook twitter youtube instagram snapchat whatsapp moodle
care crown prosecution witness statements intermediary advocate sapphire daphne nightstop shelter relate mind rethink turning point addaction swanswick shelter relate women's aid refuge marac maraca mappa mash lado lscb cdop iro camhs
accident emergency minor injuries walk-in surgery practice dentist dental pharmacy pharmacist optician ambulance paramedic paramedics therapist therapy therapies counsellor counselling psychology psychiatry consultant locum registrar
abuse abused physical emotional neglected exploitation exploited grooming online e-safety esafety bullying cyber trafficking trafficked forced fabricated induced illness toxic trio parental substance
lead leads commissioner nationals polish romanian lithuanian traveller travellers gypsy roma welsh irish asian african caribbean chinese muslim christian jewish hindu sikh english mixed heritage
brecon malvern ludlow cheltenham cheshire essex hampshire hertfordshire hull kent lincolnshire newcastle norwich plymouth reading rochdale rotherham slough solihull stafford stoke sunderland swindon torbay wakefield warrington wigan wirral woking
";

/// Words with capitals that stand beside those of a family and are nobody's name: *Baby Steps*, *Child Poverty*.
const WITH_FAMILY: &str = "
abduction absence admissions advocates affected alert arrangements at attainment autopsy bank basics benefit benefits blues bounce box boxes brain
buddy café cafe casework charter choice classes clinics club clubs contacts cot criminal cruelty cry cuddle custody deaths departments development
diet early effect employment exclusion exclusions feeding feet figures first focused food free friendly gangs grief groups growth guide guides guiding
gym health here homicide hood house houses hub hubs hubbard identification imprisonment interview interviews journey kind labour language law let
licensing line lines links loss lounge luggage maintenance massage matters minder minders minding money mortality mouth movers murder nature needs
obesity observation offender offenders offending ombudsman packs parliament passport passports pathway pathways pedestrian places plan planner play
pornography post poverty power premises prosecution proofing psychiatry psychotherapy rape rates release resilience rhyme rivalry roles safe
satisfaction scheme schemes scouts seat seats sensory sessions showers sign signing sleep slings smile space spaces speech spines stars starts steps
suicide superior surveys swim swimming talk talker tax teeth temper therapist ticket time tongue town tracker trackers trafficked travel travelled
triage trust uniform unique views walk wash watch weaning weighing weigh welfare witness witnesses yoga zone zones personal blaming code codes hotline
helpline navigator navigators services unknown refused declined withdrawn pending aware informed engaged absent present deceased missing only none
track tots various several all both same other under over above but if since though whose whom then there now later today not no yes also again please see ref
via per plus versus
";

/// Words that sheets are called by, and no person is.
const OF_SHEETS: &str = "
actuals analysis annex backup budget budgets chart charts codes copy costs cover dashboard details draft expenditure export figures forecast forecasts
form formulas guide income index input inputs instructions journal journals key ledger list lists log lookup lookups master narrative old original
output outputs pivot return returns sheet sheets spend summary tab table tables template totals tracker updates update version working workings
accounts audit
";

/// Forenames that are hardly anything else, in small letters; those that are also words, months, towns or surnames of
/// bodies (April, Grace, Jordan, Mark) are left out, because a wrong question is asked of everybody.
const FORENAMES: &str = "
aaliyah aaron abbie abdul abigail adam adrian agnieszka ahmed aidan aisha alan alex alexander alexandra alfie alice alicia alison amanda amelia amina
amir amy andrea andrew angela anita anna anne annie anthony antonia archie ashleigh ava barbara beatrice becky ben benjamin bethany beverley brandon
brenda brian bryony caitlin callum cameron carla carol caroline carolyn catherine charlie charlotte chloe chris christine christopher claire clare
colin connor craig daisy daniel danielle darren david dawn deborah debbie denise derek diane dominic donna dorothy dylan edward eleanor elizabeth ella
ellie eloise emily emma erin ethan evelyn evie fatima fiona florence frances francesca freya gareth gary gemma geoffrey georgina gillian graham hamza
hannah harriet harry hayden hayley heather heidi helen henry hollie ian ibrahim imogen isaac isabel isabella isabelle isla jacob jacqueline jade jake
james jamie jane janet janice jasmine jason jayden jean jennifer jenny jessica joan joanna joanne joe joel john jonathan joseph joshua joyce judith
julia julian julie karen kate katherine kathleen kathryn katie katy kayleigh keith kelly kenneth kerry kevin kieran kirsty kyle laura lauren leah
leanne lesley lewis liam linda lindsay lisa logan lorraine louise lucas lucy luke lydia lynn madison maisie malcolm margaret maria marian marion
martha martin matilda matthew maureen megan melanie melissa michael michelle millie mohammad mohammed molly muhammad natalie natasha nathan neil niamh
nicholas nicola nicole nigel noah oliver olivia oscar owen pamela patricia patrick paul paula pauline peter philip phoebe poppy rachel rebecca rhys
richard robert roger ronald rory rosemary rosie ruby russell ruth ryan sally sam samantha samuel sandra sara sarah scarlett sean sebastian shannon
sharon sheila shirley simon sofia sophia sophie stacey stephanie stephen steven stuart susan suzanne sylvia tanya tara teresa theresa thomas tia
timothy tina toby tom tracey tracy trevor tyler valerie vanessa veronica vincent wayne wendy william yasmin yusuf yvonne zachary zara zoe
";

/// The words of a list, found quickly.
type Words = LazyLock<BTreeSet<&'static str>>;

/// True for a word, in small letters, that is on the list of common ones.
pub(super) fn is_common(word: &str) -> bool {
    static WORDS: Words = LazyLock::new(|| COMMON.split_whitespace().collect());
    WORDS.contains(word)
}

/// True for a word, in small letters, that stands beside a word of a family and is no name.
pub(super) fn is_with_family(word: &str) -> bool {
    static WORDS: Words = LazyLock::new(|| WITH_FAMILY.split_whitespace().collect());
    WORDS.contains(word)
}

/// True for a word, in small letters, that sheets are called by.
pub(super) fn is_of_sheets(word: &str) -> bool {
    static WORDS: Words = LazyLock::new(|| OF_SHEETS.split_whitespace().collect());
    WORDS.contains(word)
}

/// True for a forename in small letters.
pub(super) fn is_forename(word: &str) -> bool {
    static WORDS: Words = LazyLock::new(|| FORENAMES.split_whitespace().collect());
    WORDS.contains(word)
}
