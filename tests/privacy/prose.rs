//! Ordinary monitoring prose: lines written by hand, and more made of their like from a seed.

/// Lines, the hand-written ones first.
pub(crate) fn lines() -> Vec<String> {
    let mut lines: Vec<String> = include_str!("prose.txt").lines().map(str::to_owned).collect();
    let mut numbers = Numbers(0x5EED_2014);
    while lines.len() < 2_400 {
        lines.push(line(&mut numbers));
    }
    lines
}

/// A small generator of numbers (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let place = usize::try_from(self.below(of.len() as u64)).expect("a small number");
        of[place]
    }
}

const WHO: &[&str] = &[
    "Herefordshire Council",
    "West Mercia Police",
    "NHS Herefordshire",
    "Wye Valley NHS Trust",
    "2gether NHS Foundation Trust",
    "West Mercia Probation Trust",
    "CAFCASS",
    "The Youth Offending Service",
    "The Training Sub-Group",
    "The QA group",
    "Children's Services",
    "The Business Unit",
    "Early Help",
    "The Child Death Overview Panel",
    "The MASH",
    "Hereford College",
    "Victim Support",
    "The Family Support Service",
    "Women's Aid",
    "The Adult Board",
    "Public Health",
    "The Chief Constable",
    "The Director of Children's Services",
    "The Head of Safeguarding",
    "The Independent Chair",
    "Every head teacher",
];
const DID: &[&str] = &[
    "completed",
    "reviewed",
    "launched",
    "agreed",
    "audited",
    "published",
    "reported on",
    "revised",
    "presented",
    "evaluated",
    "commissioned",
    "delivered",
    "started",
    "paused",
    "re-launched",
    "signed off",
    "costed",
    "shared",
    "tested",
    "piloted",
];
const WHAT: &[&str] = &[
    "the Neglect Strategy",
    "Level 3 Safeguarding Children training",
    "the section 11 audit",
    "the CSE action plan",
    "the MARAC protocol",
    "the Child Protection procedures",
    "a peer review",
    "the Graded Care Profile",
    "Working Together 2013 briefings",
    "the risk register",
    "the Signs of Safety pilot",
    "the child and family assessment form",
    "the Learning and Improvement Framework",
    "the voice of the child survey",
    "the escalation policy",
    "the step-down protocol",
    "two year old nursery places",
    "the Family Nurse Partnership",
    "the Private Fostering leaflet",
    "the mother and baby pathway",
    "victim support for young people",
    "sibling contact guidance",
    "the Pupil Premium plan",
    "the data set",
];
const MONTHS: &[&str] = &[
    "January",
    "Feb",
    "March",
    "April",
    "May",
    "June",
    "July",
    "Aug",
    "September",
    "Oct",
    "November",
    "December",
];

fn line(n: &mut Numbers) -> String {
    let (who, did, what) = (n.one(WHO), n.one(DID), n.one(WHAT));
    let (a, b, c) = (n.below(900) + 6, n.below(90) + 6, n.below(10));
    let (day, month) = (n.below(28) + 1, n.below(12) + 1);
    let name = n.one(MONTHS);
    let year = 2010 + n.below(6);
    let long = 4_500_000_000 + n.below(99_999_999);
    let pounds = format!("£{},{:03}", n.below(300) + 1, n.below(1_000));
    let tail = match n.below(28) {
        0 => format!("on {day:02}/{month:02}/{year}; {a} staff attended ({b}%)."),
        1 => format!("by {day} {name} {year}, at a cost of {pounds}.{c}0."),
        2 => format!("(ref {}.{}.{}), see Appendix {c}.", c + 1, b % 9 + 1, a % 9 + 1),
        3 => format!("; {a} of {} returned, {b}.{c}%.", a + b),
        4 => format!(", invoice {long} for {pounds}."),
        5 => format!("under PO {long}; delivery {day:02}.{month:02}.{}.", year % 100),
        6 => format!("for children aged {}-{} and their parents.", b % 8 + 3, b % 8 + 9),
        7 => format!("in Q{} {year}/{:02}; {a} children on plans, {b} fewer.", c % 4 + 1, (year + 1) % 100),
        8 => format!("with Section {} and Section {} guidance in mind.", b, b + 1),
        9 => format!("and the {name} meeting ({day}th, Room {c}A) noted it."),
        10 => format!("after the {year} inspection; {b} actions remain, RAG {c} red."),
        11 => format!("for {}-{} year olds in {b} schools.", b % 8 + 4, b % 8 + 8),
        12 => format!("within budget: {pounds} of £{},{:03} ({b}%).", a, n.below(1_000)),
        13 => format!("from {day:02}/{month:02}/{year} to {day:02}/{month:02}/{}.", year + 1),
        14 => format!("; CP ({a}), CIN ({}), LAC ({b}) at quarter end.", a * 2),
        15 => format!("in line with ISO {} and form CP{c}.", 9_000 + a),
        16 => format!("; order number {}.", 10_000_000 + n.below(89_999_999)),
        17 => format!("at {:02}:{:02} on the {day}th.", b % 12 + 8, b % 60),
        18 => format!("; journal {} posted for {pounds}.", 1_000_000_000 + n.below(999_999_999)),
        19 => format!(
            "with Worcestershire, Shropshire and Telford and Wrekin ({year}-{:02}).",
            (year + 1) % 100
        ),
        20 => format!("; rate {b}.{c} per 10,000 against {a}.{c} nationally."),
        21 => format!("version {c}.{} issued {year}-{month:02}-{day:02}.", b % 10),
        22 => format!("for all {a} pupils in year {}.", b % 13 + 1),
        23 => "as the child protection chair and the family court asked.".to_owned(),
        24 => format!("; each child and family was seen within {} working days.", b + 5),
        25 => format!(
            "through the {} project ({b} families).",
            n.one(&["Troubled Families", "Sure Start", "Healthy Schools", "Strengthening Families"])
        ),
        26 => format!("with {} and {}.", n.one(WHO), n.one(WHO)),
        _ => "and will report to the Board.".to_owned(),
    };
    format!("{who} {did} {what} {tail}").replace(" ;", ";").replace(" ,", ",")
}
