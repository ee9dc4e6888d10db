//! What the registers of the return say. All of it is illustrative.

use super::board::Day;

pub(crate) struct Risk {
    pub(crate) key: &'static str,
    pub(crate) description: &'static str,
    pub(crate) linked: &'static str,
    /// Post, agency.
    pub(crate) owner: [&'static str; 2],
    /// Likelihood and impact, before and after the controls.
    pub(crate) before: [i64; 2],
    pub(crate) controls: &'static str,
    pub(crate) now: [i64; 2],
    pub(crate) target: i64,
    pub(crate) further: &'static str,
    pub(crate) due: Option<Day>,
    /// Response, direction.
    pub(crate) outlook: [&'static str; 2],
}

#[rustfmt::skip]
pub(crate) const RISKS: [Risk; 5] = [
    Risk { key: "R01", description: "Because the Board is weak in challenge, poor practice goes unnoticed, so that children are left at more risk of harm", linked: "4.1.1; 4.2.1", owner: ["Independent Chair", "Business Unit"], before: [4, 5], controls: "Independent Chair; annual self-assessment; Improvement Board", now: [3, 5], target: 8, further: "Finish the leadership course; hold a challenge event", due: Some((2014, 9, 30)), outlook: ["Treat", "Better"] },
    Risk { key: "R02", description: "Because auditors cannot be released, joint audits are late, so that the Board cannot confirm what the data shows", linked: "2.1.1; 2.1.2", owner: ["Business Manager", "Business Unit"], before: [4, 4], controls: "Audit timetable agreed by the Steering Group", now: [4, 4], target: 6, further: "Members to release named posts for each audit", due: Some((2014, 7, 31)), outlook: ["Treat", "Same"] },
    Risk { key: "R03", description: "Because guidance changed in January 2014, the regional protocol is late, so that the response to missing episodes differs by area", linked: "3.3.1; 3.3.2; 3.4.1", owner: ["Protecting Vulnerable People Lead", "West Mercia Police"], before: [4, 4], controls: "Existing local procedure remains in force", now: [3, 4], target: 6, further: "Regional drafting group to agree a text", due: Some((2014, 10, 31)), outlook: ["Treat", "Same"] },
    Risk { key: "R04", description: "Because the needs analysis is partial, training misses parts of the workforce, so that staff are not ready for their work", linked: "4.3.1; 4.3.2", owner: ["Business Manager", "Business Unit"], before: [3, 3], controls: "Programme reviewed every term", now: [3, 2], target: 4, further: "", due: None, outlook: ["Treat", "Better"] },
    Risk { key: "R05", description: "Because partners reorganise, contributions fall, so that the Business Unit cannot do its work", linked: "", owner: ["Director for Children's Wellbeing Services", "Herefordshire Council"], before: [4, 4], controls: "Agreed formula; early budget letters", now: [2, 4], target: 6, further: "", due: None, outlook: ["Tolerate", "Same"] },
];

pub(crate) struct Learning {
    pub(crate) key: &'static str,
    pub(crate) source: &'static str,
    pub(crate) review: &'static str,
    pub(crate) point: &'static str,
    pub(crate) recommendation: &'static str,
    pub(crate) action: &'static str,
    pub(crate) agencies: &'static str,
    /// Agency, post.
    pub(crate) lead: [&'static str; 2],
    pub(crate) due: Day,
    pub(crate) rating: &'static str,
    /// What changed; blank while the action is in progress.
    pub(crate) change: &'static str,
    pub(crate) plan: &'static str,
}

#[rustfmt::skip]
pub(crate) const LEARNING: [Learning; 5] = [
    Learning { key: "L01", source: "Serious case review", review: "Review 2013/A", point: "Records of contact were kept in several places", recommendation: "Keep one chronology for each family", action: "Introduce a shared chronology form", agencies: "Herefordshire Council; NHS Herefordshire", lead: ["Herefordshire Council", "Head of Safeguarding and Review"], due: (2014, 6, 30), rating: "Amber", change: "", plan: "2.2.1" },
    Learning { key: "L02", source: "Serious case review", review: "Review 2013/A", point: "Fathers and partners were not asked about", recommendation: "Ask about every adult in the home", action: "Add the question to all assessment forms", agencies: "Herefordshire Council; NHS Herefordshire; West Mercia Probation", lead: ["NHS Herefordshire", "Designated Nurse"], due: (2013, 12, 31), rating: "", change: "File audit found the question answered in nearly all assessments", plan: "" },
    Learning { key: "L03", source: "SILP", review: "Review 2013/B", point: "Escalation was thought of as complaint", recommendation: "Make escalation an ordinary step", action: "Rewrite the escalation procedure and brief managers", agencies: "Herefordshire Council; West Mercia Police", lead: ["Business Unit", "Business Manager"], due: (2014, 3, 31), rating: "Amber", change: "", plan: "4.1.1" },
    Learning { key: "L04", source: "Audit", review: "Audit 2013/3", point: "Strategy discussions were held without health", recommendation: "Health to take part in every discussion", action: "Set up a rota for health colleagues", agencies: "West Mercia Police; NHS Herefordshire", lead: ["West Mercia Police", "Protecting Vulnerable People Lead"], due: (2014, 9, 30), rating: "Amber", change: "", plan: "4.2.1" },
    Learning { key: "L05", source: "Training evaluation", review: "Evaluation 2013", point: "Staff valued joint courses most", recommendation: "Keep courses open to all agencies", action: "Reserve places by agency in the new programme", agencies: "Business Unit", lead: ["Business Unit", "Business Manager"], due: (2014, 3, 31), rating: "", change: "Places by agency are visible in the booking data", plan: "4.3.2" },
];

pub(crate) struct Voice {
    pub(crate) who: &'static str,
    pub(crate) method: &'static str,
    pub(crate) process: &'static str,
    pub(crate) heard: &'static str,
    pub(crate) themes: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) next: &'static str,
    pub(crate) rating: &'static str,
}

#[rustfmt::skip]
pub(crate) const VOICES: [Voice; 6] = [
    Voice { who: "HC", method: "Advocacy; Survey", process: "In use", heard: "21–50", themes: "Want fewer changes of worker and plain words in reports", changed: "Report template rewritten in plain words", next: "Draw the findings of all teams together", rating: "Red" },
    Voice { who: "NHS", method: "Survey", process: "In use", heard: "21–50", themes: "Want to be spoken to as well as their parents", changed: "Ward leaflets rewritten", next: "Extend the survey to community clinics", rating: "Amber" },
    Voice { who: "WMP", method: "Case audit", process: "Developing", heard: "6–20", themes: "Want to know what happens after they speak to an officer", changed: "No change yet", next: "Add a follow-up call to the interview process", rating: "Amber" },
    Voice { who: "YOS", method: "Group; Survey", process: "In use", heard: "6–20", themes: "Appointments clash with school", changed: "Later appointment times on school days", next: "Ask again after the summer term", rating: "Amber" },
    Voice { who: "PROB", method: "Other", process: "Developing", heard: "Fewer than 6", themes: "Worry about what happens to the family home", changed: "No change yet", next: "Finish the first summary", rating: "Amber" },
    Voice { who: "CAF", method: "Case audit", process: "In use", heard: "Over 50", themes: "Want the court to see their own words", changed: "Letters from young people are attached to reports", next: "Ask for findings by county", rating: "Red" },
];
