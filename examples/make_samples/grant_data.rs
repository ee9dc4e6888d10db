//! What the grant round is about: grantees, budgets, deliveries and milestones, all illustrative.

use super::board::Day;

pub(crate) struct Line {
    pub(crate) name: &'static str,
    pub(crate) budget: i64,
    pub(crate) quarters: [i64; 2],
    pub(crate) reason: &'static str,
}

pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) lines: &'static [Line],
}

pub(crate) struct Milestone {
    pub(crate) name: &'static str,
    pub(crate) due: Day,
    pub(crate) status: &'static str,
    pub(crate) reached: Option<Day>,
    pub(crate) comment: &'static str,
}

pub(crate) struct Project {
    pub(crate) name: &'static str,
    pub(crate) milestones: &'static [Milestone],
}

pub(crate) struct Grantee {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) file: &'static str,
    /// Name, day, pounds that the fund paid, pounds that the grantee typed.
    pub(crate) instalments: [(&'static str, Day, i64, i64); 2],
    pub(crate) groups: &'static [Group],
    pub(crate) outputs: &'static [(&'static str, i64, i64, i64)],
    pub(crate) projects: &'static [Project],
}

const fn line(name: &'static str, budget: i64, quarters: [i64; 2], reason: &'static str) -> Line {
    Line { name, budget, quarters, reason }
}

const fn reached(name: &'static str, due: Day, on: Day) -> Milestone {
    Milestone { name, due, status: "Reached", reached: Some(on), comment: "" }
}

const fn open(name: &'static str, due: Day, status: &'static str, comment: &'static str) -> Milestone {
    Milestone { name, due, status, reached: None, comment }
}

pub(crate) const GRANTEES: [Grantee; 3] = [
    Grantee {
        code: "ECT",
        name: "Example Community Trust",
        file: "Example Community Trust - monitoring Q2.xlsx",
        instalments: [("First", (2024, 4, 15), 18_000, 18_000), ("Second", (2024, 8, 15), 15_250, 15_250)],
        groups: &[
            Group {
                name: "Staff costs",
                lines: &[
                    line("Project manager", 24_000, [6_000, 6_000], ""),
                    line("Sessional workers", 15_600, [3_840, 3_990], ""),
                    line("Training", 1_200, [300, 260], ""),
                ],
            },
            Group {
                name: "Delivery costs",
                lines: &[
                    line("Room hire", 4_800, [1_200, 1_180], ""),
                    line(
                        "Materials",
                        3_600,
                        [1_150, 1_040],
                        "Equipment for the whole year was bought in spring.",
                    ),
                    line("Travel", 1_400, [340, 355], ""),
                ],
            },
            Group { name: "Overheads", lines: &[line("Management and audit", 5_060, [1_265, 1_265], "")] },
        ],
        outputs: &[("Sessions held", 120, 31, 34), ("Volunteers trained", 40, 12, 9)],
        projects: &[
            Project {
                name: "Garden club",
                milestones: &[
                    reached("Site agreed", (2024, 5, 31), (2024, 5, 20)),
                    reached("Beds built", (2024, 7, 31), (2024, 7, 26)),
                    open("Harvest event", (2024, 10, 12), "On track", ""),
                ],
            },
            Project {
                name: "Repair shed",
                milestones: &[
                    reached("Tools bought", (2024, 6, 30), (2024, 6, 18)),
                    open("Open every week", (2024, 9, 2), "Late", "The lease was signed later than planned."),
                ],
            },
        ],
    },
    Grantee {
        code: "EFC",
        name: "Example Family Centre",
        file: "Grant form EFC 2024-25 Q2.xlsx",
        // The neighbouring digits 5 and 2 are swapped in what the grantee typed.
        instalments: [("First", (2024, 4, 15), 12_500, 12_500), ("Second", (2024, 8, 15), 15_200, 12_500)],
        groups: &[
            Group {
                name: "Staff costs",
                lines: &[
                    line("Family worker", 27_000, [6_750, 6_750], ""),
                    line("Administrator", 9_000, [2_250, 2_250], ""),
                ],
            },
            Group {
                name: "Delivery costs",
                lines: &[
                    line("Room hire", 6_000, [1_500, 1_500], ""),
                    line("Refreshments", 1_600, [395, 410], ""),
                    line("Interpreters", 2_400, [620, 560], ""),
                ],
            },
            Group {
                name: "Overheads",
                lines: &[
                    line("Insurance", 1_800, [1_800, 0], "Paid once a year, in April."),
                    line("Audit", 1_000, [250, 250], ""),
                ],
            },
        ],
        outputs: &[("Sessions held", 90, 22, 25), ("Courses completed", 16, 8, 7)],
        projects: &[Project {
            name: "Stay and play",
            milestones: &[
                reached("Timetable published", (2024, 4, 30), (2024, 4, 24)),
                reached("Summer programme run", (2024, 8, 31), (2024, 8, 30)),
                open("Survey of families", (2024, 11, 29), "To come", ""),
            ],
        }],
    },
    Grantee {
        code: "EYP",
        name: "Example Youth Project",
        file: "youth project monitoring Sept 24.xlsx",
        instalments: [("First", (2024, 4, 15), 9_000, 9_000), ("Second", (2024, 8, 15), 9_000, 9_000)],
        groups: &[
            Group {
                name: "Staff costs",
                lines: &[
                    line("Youth worker", 21_000, [5_250, 5_250], ""),
                    line("Sessional workers", 6_400, [1_560, 1_640], ""),
                ],
            },
            Group {
                name: "Delivery costs",
                lines: &[line("Trips", 4_000, [950, 1_075], ""), line("Materials", 1_600, [385, 402], "")],
            },
            Group { name: "Overheads", lines: &[line("Management", 3_000, [750, 750], "")] },
        ],
        outputs: &[("Sessions held", 96, 24, 26), ("Young people reached", 150, 61, 48)],
        projects: &[Project {
            name: "Music nights",
            milestones: &[
                reached("Venue booked", (2024, 5, 15), (2024, 5, 9)),
                open("Showcase", (2024, 12, 6), "On track", ""),
            ],
        }],
    },
];
