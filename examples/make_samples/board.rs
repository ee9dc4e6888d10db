//! What the three 2013-14 rounds are about: the partners, the plan, the money and the words.
//!
//! Annual amounts and the names of bodies are the board's own. Quarterly splits, references, posts
//! and every sentence of text are illustrative.

/// A partner of the board, in the order in which the board lists them.
pub(crate) struct Partner {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// Post that fills the return in.
    pub(crate) completed_by: &'static str,
    /// Post that signs it off.
    pub(crate) approved_by: &'static str,
    /// Post that leads on the partner's actions.
    pub(crate) lead_post: &'static str,
}

pub(crate) const PARTNERS: [Partner; 7] = [
    Partner {
        code: "HC",
        name: "Herefordshire Council",
        completed_by: "Performance Officer",
        approved_by: "Assistant Director, Safeguarding",
        lead_post: "Head of Safeguarding and Review",
    },
    Partner {
        code: "NHS",
        name: "NHS Herefordshire",
        completed_by: "Safeguarding Administrator",
        approved_by: "Designated Nurse",
        lead_post: "Designated Nurse",
    },
    Partner {
        code: "WMP",
        name: "West Mercia Police",
        completed_by: "Partnership Support Officer",
        approved_by: "Protecting Vulnerable People Lead",
        lead_post: "Protecting Vulnerable People Lead",
    },
    Partner {
        code: "YOS",
        name: "Youth Offending Service",
        completed_by: "Business Support Officer",
        approved_by: "Service Manager",
        lead_post: "Service Manager",
    },
    Partner {
        code: "PROB",
        name: "West Mercia Probation",
        completed_by: "Executive Support Officer",
        approved_by: "Head of Local Delivery",
        lead_post: "Head of Local Delivery",
    },
    Partner {
        code: "CAF",
        name: "CAFCASS",
        completed_by: "Practice Support Officer",
        approved_by: "Service Area Manager",
        lead_post: "Service Area Manager",
    },
    Partner {
        code: "BU",
        name: "Business Unit",
        completed_by: "Board Officer",
        approved_by: "Business Manager",
        lead_post: "Business Manager",
    },
];

/// The partner with this code.
pub(crate) fn partner(code: &str) -> &'static Partner {
    PARTNERS.iter().find(|one| one.code == code).expect("every code used here is in PARTNERS")
}

/// The six partners that pay, in the board's order.
pub(crate) const FUNDERS: [&str; 6] = ["HC", "NHS", "WMP", "YOS", "PROB", "CAF"];

/// A day as year, month, day.
pub(crate) type Day = (u16, u8, u8);

/// One action of the plan register.
pub(crate) struct Action {
    pub(crate) key: &'static str,
    pub(crate) area_ref: &'static str,
    /// Code of the lead, or `ALL` where each of the six leads for itself.
    pub(crate) lead: &'static str,
    /// Codes that contribute beside the lead.
    pub(crate) with: &'static [&'static str],
    pub(crate) wording: &'static str,
    pub(crate) source: &'static str,
    pub(crate) source_ref: &'static str,
    pub(crate) start: Day,
    pub(crate) target: Day,
    pub(crate) measure: &'static str,
    pub(crate) impact: &'static str,
    pub(crate) condition: &'static str,
    pub(crate) function: &'static str,
    pub(crate) carry: &'static str,
    pub(crate) next: &'static str,
}

impl Action {
    /// Codes of the partners that report on this action.
    pub(crate) fn expected(&self) -> Vec<&'static str> {
        if self.lead == "ALL" {
            return FUNDERS.to_vec();
        }
        let mut codes = vec![self.lead];
        codes.extend(self.with);
        codes
    }

    /// `DA1` … `DA4`, after the first digit of the board's own grouping.
    pub(crate) fn development_area(&self) -> &'static str {
        area(self.area_ref).1
    }
}

/// Area reference, development area, strategic priority, name of the area, objective.
pub(crate) type Area = (&'static str, &'static str, &'static str, &'static str, &'static str);

pub(crate) const AREAS: [Area; 11] = [
    (
        "1.1",
        "DA1",
        "Early and effective help",
        "Working Together 2013",
        "Partners work to the current national guidance",
    ),
    (
        "1.2",
        "DA1",
        "Early and effective help",
        "Voice of children, young people and families",
        "What families say shapes what partners do",
    ),
    (
        "2.1",
        "DA2",
        "Better case work",
        "Multi-agency case decision making",
        "Decisions are shared, timely and recorded",
    ),
    (
        "2.2",
        "DA2",
        "Better case work",
        "Multi-agency assessments in children's social care",
        "Assessments draw on every agency that knows the family",
    ),
    ("3.1", "DA3", "Particular risks", "Domestic abuse", "Fewer families live with domestic abuse"),
    (
        "3.2",
        "DA3",
        "Particular risks",
        "Sexual exploitation and trafficking",
        "Exploitation is recognised early and disrupted",
    ),
    (
        "3.3",
        "DA3",
        "Particular risks",
        "Children missing from care",
        "Missing episodes are fewer, shorter and understood",
    ),
    (
        "3.4",
        "DA3",
        "Particular risks",
        "Children placed here by other authorities",
        "Placed children are known to local services",
    ),
    (
        "4.1",
        "DA4",
        "An effective Board",
        "Culture of constructive challenge",
        "Members question each other and act on the answers",
    ),
    (
        "4.2",
        "DA4",
        "An effective Board",
        "Evidence base of casework",
        "The Board knows what practice looks like",
    ),
    ("4.3", "DA4", "An effective Board", "Knowledge of the workforce and its needs", "Training follows need"),
];

/// The area with this reference.
pub(crate) fn area(key: &str) -> &'static Area {
    AREAS.iter().find(|one| one.0 == key).expect("every area used here is in AREAS")
}

const START: Day = (2013, 4, 1);
const JUN: Day = (2014, 6, 30);
const SEP: Day = (2013, 9, 30);
const DEC: Day = (2013, 12, 31);
const MAR: Day = (2014, 3, 31);
const OCT: Day = (2014, 10, 31);

#[rustfmt::skip]
pub(crate) const ACTIONS: [Action; 21] = [
    Action { key: "1.1.1", area_ref: "1.1", lead: "BU", with: &[], wording: "Update the Board's constitution and procedures for Working Together 2013", source: "Statute", source_ref: "Working Together 2013, chapter 3", start: START, target: SEP, measure: "Constitution and procedures adopted by the Strategic Board", impact: "Practitioners follow one clear set of procedures", condition: "", function: "a(i)", carry: "", next: "" },
    Action { key: "1.1.2", area_ref: "1.1", lead: "ALL", with: &[], wording: "Confirm that the agency's own procedures are updated for Working Together 2013", source: "Statute", source_ref: "Working Together 2013, chapter 2", start: START, target: DEC, measure: "Written confirmation from the agency's governing body", impact: "Families meet the same standard whichever door they come to", condition: "", function: "a(i)", carry: "Next stage", next: "1.1.1" },
    Action { key: "1.2.1", area_ref: "1.2", lead: "ALL", with: &[], wording: "Describe how the agency hears children, young people and families", source: "Strategic plan", source_ref: "", start: START, target: SEP, measure: "A description is held by the Business Unit", impact: "Families know how to be heard", condition: "", function: "c", carry: "", next: "" },
    Action { key: "1.2.2", area_ref: "1.2", lead: "ALL", with: &[], wording: "Report what was heard and what changed because of it", source: "Strategic plan", source_ref: "", start: SEP, target: MAR, measure: "Findings and changes reported to the Steering Group", impact: "Services change because of what families say", condition: "", function: "c", carry: "Continue", next: "1.2.1" },
    Action { key: "1.2.3", area_ref: "1.2", lead: "BU", with: &[], wording: "Plan the Board's own way of hearing children", source: "Strategic plan", source_ref: "", start: SEP, target: MAR, measure: "Plan agreed by the Strategic Board", impact: "The Board hears from families at first hand", condition: "", function: "c", carry: "Continue", next: "1.2.2" },
    Action { key: "2.1.1", area_ref: "2.1", lead: "HC", with: &[], wording: "Show from performance data that multi-agency decisions have improved", source: "Ofsted", source_ref: "Ofsted 17 (57, 138)", start: START, target: DEC, measure: "Timeliness and repeat conference measures improve over the year", impact: "Decisions for families are made sooner", condition: "Quality assurance confirms", function: "c", carry: "Continue", next: "2.1.1" },
    Action { key: "2.1.2", area_ref: "2.1", lead: "BU", with: &[], wording: "Confirm through quality assurance what the performance data shows", source: "Ofsted", source_ref: "Ofsted 17 (57, 138)", start: SEP, target: MAR, measure: "Joint audit report supports the data", impact: "Better decisions are seen in case files", condition: "Quality assurance confirms", function: "c", carry: "Continue", next: "2.1.2" },
    Action { key: "2.2.1", area_ref: "2.2", lead: "HC", with: &["NHS"], wording: "Introduce the single assessment pathway through HSCIB and CHIPP", source: "Ofsted", source_ref: "Ofsted 21", start: START, target: MAR, measure: "Pathway in use in every locality team", impact: "Families tell their story once", condition: "", function: "a(i)", carry: "Continue", next: "2.2.1" },
    Action { key: "2.2.2", area_ref: "2.2", lead: "BU", with: &[], wording: "Prepare training for conference chairs and members", source: "Ofsted", source_ref: "Ofsted 22", start: SEP, target: JUN, measure: "Course booked and materials approved", impact: "Conferences are focused on what families need", condition: "", function: "a(ii)", carry: "Continue", next: "2.2.2" },
    Action { key: "3.1.1", area_ref: "3.1", lead: "WMP", with: &[], wording: "Lead domestic abuse prevention through the task-and-finish group", source: "Strategic plan", source_ref: "", start: START, target: MAR, measure: "Prevention plan delivered", impact: "Families get help before harm is repeated", condition: "", function: "a(i)", carry: "Next stage", next: "3.1.1" },
    Action { key: "3.1.2", area_ref: "3.1", lead: "WMP", with: &[], wording: "Share incident data with partners every quarter", source: "Strategic plan", source_ref: "", start: START, target: MAR, measure: "Data shared in every quarter of the year", impact: "Schools and health staff know when to offer support", condition: "", function: "c", carry: "", next: "" },
    Action { key: "3.2.1", area_ref: "3.2", lead: "BU", with: &[], wording: "Raise awareness of exploitation and trafficking across the workforce", source: "Strategic plan", source_ref: "", start: START, target: DEC, measure: "Briefings held for every agency", impact: "Exploitation is spotted earlier", condition: "", function: "a(ii)", carry: "Next stage", next: "3.2.1" },
    Action { key: "3.2.2", area_ref: "3.2", lead: "WMP", with: &[], wording: "Run the SET Case Evaluation Panel on a regular cycle", source: "Serious case review", source_ref: "", start: START, target: MAR, measure: "Panel meets as timetabled and reports to the Steering Group", impact: "Plans for exploited young people are tested and improved", condition: "", function: "a(i)", carry: "Next stage", next: "3.2.2" },
    Action { key: "3.3.1", area_ref: "3.3", lead: "WMP", with: &["YOS"], wording: "Redraft the regional protocol for missing persons", source: "Statute", source_ref: "Statutory guidance, January 2014", start: SEP, target: OCT, measure: "Regional protocol agreed by all forces and authorities", impact: "The response to a missing episode does not depend on where it happens", condition: "", function: "a(i)", carry: "Continue", next: "3.3.1" },
    Action { key: "3.3.2", area_ref: "3.3", lead: "HC", with: &[], wording: "Publish the local runaway and missing from care protocol", source: "Statute", source_ref: "Statutory guidance, January 2014", start: SEP, target: OCT, measure: "Protocol on the Board's website", impact: "Carers know what to do when somebody is missing", condition: "", function: "a(i)", carry: "Continue", next: "3.3.2" },
    Action { key: "3.4.1", area_ref: "3.4", lead: "HC", with: &[], wording: "Agree a Best Practice Agreement with providers", source: "Strategic plan", source_ref: "", start: SEP, target: MAR, measure: "Agreement signed by providers and launched", impact: "Placed children are known to schools, health and police from the first day", condition: "", function: "a(vi)", carry: "Continue", next: "3.3.3" },
    Action { key: "4.1.1", area_ref: "4.1", lead: "ALL", with: &[], wording: "Finish the leadership e-learning course", source: "Peer review", source_ref: "", start: SEP, target: MAR, measure: "Certificate held for every Board member from the agency", impact: "Members challenge each other with confidence", condition: "", function: "b", carry: "Continue", next: "4.1.1" },
    Action { key: "4.2.1", area_ref: "4.2", lead: "ALL", with: &[], wording: "Add the agency's audits to the evidence base of casework", source: "Ofsted", source_ref: "Ofsted 24", start: START, target: MAR, measure: "Audit summaries lodged with the Business Unit", impact: "Learning about practice reaches every agency", condition: "", function: "c", carry: "Continue", next: "4.2.1" },
    Action { key: "4.2.2", area_ref: "4.2", lead: "BU", with: &[], wording: "Share good practice through the Communications Strategy", source: "Strategic plan", source_ref: "", start: START, target: MAR, measure: "Newsletter and website used as the strategy sets out", impact: "What works in one team is tried in others", condition: "", function: "b", carry: "Continue", next: "4.2.2" },
    Action { key: "4.3.1", area_ref: "4.3", lead: "ALL", with: &[], wording: "Complete the training needs analysis", source: "Strategic plan", source_ref: "", start: START, target: DEC, measure: "Analysis returned for the whole workforce", impact: "Staff are trained for the work they do", condition: "", function: "a(ii)", carry: "Replaced", next: "4.5" },
    Action { key: "4.3.2", area_ref: "4.3", lead: "BU", with: &[], wording: "Use the findings of the analysis in the 2014-15 training programme", source: "Strategic plan", source_ref: "", start: DEC, target: MAR, measure: "Programme published with the findings in it", impact: "Courses meet the needs that were found", condition: "", function: "a(ii)", carry: "Next stage", next: "4.5" },
];

/// The action with this reference.
pub(crate) fn action(key: &str) -> &'static Action {
    ACTIONS.iter().find(|one| one.key == key).expect("every reference used here is in ACTIONS")
}

/// What one partner says about one action.
pub(crate) struct Update {
    pub(crate) who: &'static str,
    pub(crate) key: &'static str,
    /// `G` implemented, `A`, `R`.
    pub(crate) rating: char,
    /// `better`, `same`, `worse`.
    pub(crate) direction: &'static str,
    pub(crate) progress: &'static str,
    pub(crate) evidence: &'static str,
    pub(crate) barriers: &'static str,
}

macro_rules! update {
    ($who:literal $key:literal $rating:literal $direction:literal $progress:literal $evidence:literal $barriers:literal) => {
        Update {
            who: $who,
            key: $key,
            rating: $rating,
            direction: $direction,
            progress: $progress,
            evidence: $evidence,
            barriers: $barriers,
        }
    };
}

#[rustfmt::skip]
pub(crate) const UPDATES: [Update; 53] = [
    // Herefordshire Council
    update!("HC" "1.1.2" 'G' "Same" "Procedures were revised over the summer and confirmed to the Board in December." "HC/WT13/04" ""),
    update!("HC" "1.2.1" 'G' "Same" "The participation statement covers social care, schools and early years." "HC/VOICE/01" ""),
    update!("HC" "1.2.2" 'R' "Same" "Views are gathered at reviews, but changes made because of them are not yet drawn together." "" "No one post holds the findings of all teams."),
    update!("HC" "2.1.1" 'A' "Better" "Conferences are held in time more often than last year. Repeat planning is steady." "HC/PERF/Q4" "The joint audit that would confirm the trend is not finished."),
    update!("HC" "2.2.1" 'R' "Same" "The pathway is drafted and in trial in the north of the county." "" "The recording system cannot hold the new form until the autumn release."),
    update!("HC" "3.3.2" 'R' "Same" "The local text waits for the regional protocol on which it rests." "" "Statutory guidance of January 2014 meant that the regional draft was begun again."),
    update!("HC" "3.4.1" 'R' "Same" "Providers were consulted. The Strategic Board moved the launch to fit the regional protocol." "" "Launch depends on the regional missing protocol."),
    update!("HC" "4.1.1" 'A' "Better" "Most members have finished the course and the rest have dates." "HC/LEARN/02" ""),
    update!("HC" "4.2.1" 'R' "Worse" "File audits were done in two quarters only." "" "Audit posts were vacant from October."),
    update!("HC" "4.3.1" 'A' "Same" "Social care and early years are complete. Schools answered in part." "HC/TNA/01" "Schools had the form late."),
    // NHS Herefordshire
    update!("NHS" "1.1.2" 'G' "Same" "Provider and commissioner procedures were checked against the guidance and signed off." "NHS/SG/11" ""),
    update!("NHS" "1.2.1" 'G' "Same" "Feedback routes for paediatrics, maternity and primary care are written down." "NHS/SG/14" ""),
    update!("NHS" "1.2.2" 'A' "Better" "Feedback from paediatric wards was summarised and two leaflets were rewritten." "NHS/SG/19" ""),
    update!("NHS" "2.2.1" 'A' "Better" "Health visitors join the trial in the north of the county." "NHS/SG/20" "School nurses are not yet part of the trial."),
    update!("NHS" "4.1.1" 'R' "Same" "The course has been started by few members." "" "Course accounts could not be opened from the health network until March."),
    update!("NHS" "4.2.1" 'A' "Same" "Audit of referrals is complete. Audit of supervision is under way." "NHS/AUD/07" ""),
    update!("NHS" "4.3.1" 'R' "Worse" "General practice did not answer the survey." "" "The form did not fit general practice and was not returned."),
    // West Mercia Police
    update!("WMP" "1.1.2" 'G' "Same" "Force procedures were updated and published on the force intranet." "WMP/PVP/02" ""),
    update!("WMP" "1.2.1" 'G' "Same" "The force statement on hearing young people was agreed in August." "WMP/PVP/05" ""),
    update!("WMP" "1.2.2" 'A' "Better" "Young people's comments after interview now reach the training team." "WMP/PVP/09" ""),
    update!("WMP" "3.1.1" 'G' "Better" "The group's prevention plan was delivered and reported to the Board." "DATF/REP/03" ""),
    update!("WMP" "3.1.2" 'G' "Same" "Data was shared in all four quarters, by the agreed secure route." "WMP/DATA/Q4" ""),
    update!("WMP" "3.2.2" 'G' "Better" "The panel met as timetabled and its learning was reported." "SETP/REP/04" ""),
    update!("WMP" "3.3.1" 'R' "Same" "A regional drafting group has a first text." "" "The January guidance changed what the protocol must say, so drafting began again."),
    update!("WMP" "4.1.1" 'R' "Same" "Members will take the course after the force reorganisation." "" "The officers who sit on the Board changed twice."),
    update!("WMP" "4.2.1" 'A' "Better" "Audits of strategy discussions were lodged." "WMP/AUD/03" ""),
    update!("WMP" "4.3.1" 'A' "Worse" "Specialist teams are complete. Response teams are in progress." "WMP/TNA/01" ""),
    // Youth Offending Service
    update!("YOS" "1.1.2" 'G' "Same" "The service manual was updated and staff were briefed." "YOS/MAN/06" ""),
    update!("YOS" "1.2.1" 'G' "Same" "The service uses an exit questionnaire and a forum." "YOS/VOICE/01" ""),
    update!("YOS" "1.2.2" 'A' "Better" "Questionnaire results led to later appointment times on school days." "YOS/VOICE/02" ""),
    update!("YOS" "3.3.1" 'A' "Same" "The service sent its comments on the regional draft." "YOS/MISS/01" ""),
    update!("YOS" "4.1.1" 'G' "Better" "Every member from the service holds the certificate." "YOS/LEARN/01" ""),
    update!("YOS" "4.2.1" 'R' "Same" "The planned case audit was put back." "" "The inspection of the service took the same weeks."),
    update!("YOS" "4.3.1" 'A' "Same" "Returned for case managers, not yet for sessional staff." "YOS/TNA/01" ""),
    // West Mercia Probation
    update!("PROB" "1.1.2" 'G' "Same" "Trust policy was approved and confirmed to the Board." "WMPT/POL/09" ""),
    update!("PROB" "1.2.1" 'G' "Same" "Offender managers ask about family life at every review, as set out in the practice note." "WMPT/PN/12" ""),
    update!("PROB" "1.2.2" 'A' "Same" "The first summary of what families said is in draft." "WMPT/PN/15" ""),
    update!("PROB" "4.1.1" 'A' "Better" "The Board member has reached the last module." "WMPT/LD/04" ""),
    update!("PROB" "4.2.1" 'A' "Same" "Safeguarding audits were done in Hereford and Leominster." "WMPT/AUD/02" ""),
    update!("PROB" "4.3.1" 'R' "Worse" "The analysis was paused." "" "Staff are being assigned to successor bodies and roles are not settled."),
    // CAFCASS
    update!("CAF" "1.1.2" 'G' "Same" "National operating policy was updated and applies locally." "CAF/OP/2013" ""),
    update!("CAF" "1.2.1" 'G' "Same" "Wishes and feelings work is described in the national framework." "CAF/WF/01" ""),
    update!("CAF" "1.2.2" 'R' "Same" "National findings are published, but none is drawn out for this county." "" "The service reports by region and cannot yet split its findings."),
    update!("CAF" "4.1.1" 'G' "Same" "Certificate held." "CAF/LEARN/01" ""),
    update!("CAF" "4.2.1" 'A' "Same" "National audit results were shared with the Business Unit." "CAF/AUD/13" ""),
    update!("CAF" "4.3.1" 'A' "Same" "Returned for practitioners. Managers follow." "CAF/TNA/01" ""),
    // Business Unit
    update!("BU" "1.1.1" 'G' "Same" "The constitution and the procedures were adopted in September." "HSCB/SB/2013-09" ""),
    update!("BU" "1.2.3" 'A' "Better" "A proposal for a shadow board of young people goes to the Steering Group." "HSCB/SG/2014-02" ""),
    update!("BU" "2.1.2" 'R' "Same" "The joint audit was designed but only part of it was carried out." "" "Auditors from two agencies could not be released."),
    update!("BU" "2.2.2" 'A' "Better" "A trainer is booked for early summer and materials are in draft." "HSCB/TR/2014-01" ""),
    update!("BU" "3.2.1" 'G' "Better" "Briefings were held for every agency and recorded." "HSCB/SET/2013-11" ""),
    update!("BU" "4.2.2" 'A' "Same" "The newsletter came out as planned. The website is being rebuilt." "HSCB/COM/2014-03" ""),
    update!("BU" "4.3.2" 'G' "Better" "The 2014-15 programme was published with the findings in its introduction." "HSCB/TR/2014-02" ""),
];

/// What this partner says about this action.
pub(crate) fn update(who: &str, key: &str) -> &'static Update {
    UPDATES.iter().find(|one| one.who == who && one.key == key).expect("every pair used here is in UPDATES")
}

/// The references on which a partner reports, in plan order.
pub(crate) fn expected_of(who: &str) -> Vec<&'static str> {
    ACTIONS.iter().filter(|one| one.expected().contains(&who)).map(|one| one.key).collect()
}

/// Ledger: code, stream, one quarter in pennies, the year in pennies, share in the agreed formula.
pub(crate) const CONTRIBUTIONS: [(&str, &str, i64, i64, f64); 6] = [
    ("HC", "Children's Wellbeing", 3_175_400, 12_701_600, 0.6101),
    ("NHS", "Partner contribution", 1_130_075, 4_520_300, 0.2171),
    ("WMP", "Partner contribution", 754_125, 3_016_500, 0.1449),
    ("YOS", "Partner contribution", 16_125, 64_500, 0.0031),
    ("PROB", "Partner contribution", 115_300, 461_200, 0.0222),
    ("CAF", "Partner contribution", 13_750, 55_000, 0.0026),
];

/// Ledger: heading, four quarters in pounds, original budget, virement (illustrative), explanation.
pub(crate) const EXPENDITURE: [(&str, [i64; 4], i64, i64, &str); 5] = [
    ("Independent Chair", [3_900, 3_900, 3_900, 3_900], 15_600, 0, ""),
    ("Support staff", [26_915, 27_208, 27_341, 28_159], 111_000, -1_000, ""),
    ("Training and workforce development", [3_120, 4_876, 6_215, 7_690], 21_500, 0, ""),
    (
        "Serious and significant case reviews",
        [2_450, 8_136, 11_890, 8_445],
        25_000,
        1_000,
        "A second independent author cost £3,150; learning events after the reviews cost £1,771.",
    ),
    ("Additional costs", [2_905, 3_377, 3_640, 4_466], 14_500, 0, ""),
];
