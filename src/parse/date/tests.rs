use super::*;
use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;

const CX: Dates =
    Dates { from_1904: false, period: Some(Period { year: 2013, quarter: Some(4) }), year_start: 4 };

fn text(typed: &str) -> Got {
    read(Raw::Text(typed), CX)
}

fn shown(got: &Got) -> Option<(String, Precision)> {
    match got {
        Got::Value(Value::Date(found), _) => Some((found.date.to_string(), found.precision)),
        _ => None,
    }
}

#[test]
fn dates_are_read_the_uk_way() {
    for (typed, date, precision) in [
        ("31/03/2014", "2014-03-31", Precision::Day),
        ("03/04/2014", "2014-04-03", Precision::Day),
        ("3.4.14", "2014-04-03", Precision::Day),
        ("28 March 2014", "2014-03-28", Precision::Day),
        ("28th March, 2014", "2014-03-28", Precision::Day),
        ("28-Mar-14", "2014-03-28", Precision::Day),
        ("Friday 28 March 2014", "2014-03-28", Precision::Day),
        ("March 28, 2014", "2014-03-28", Precision::Day),
        ("2014-03-28", "2014-03-28", Precision::Day),
        ("28/03/2014 00:00", "2014-03-28", Precision::Day),
        ("2014-03-28T00:00:00Z", "2014-03-28", Precision::Day),
        ("2014-03-28T09:30:00.000", "2014-03-28", Precision::Day),
        ("28 March 2014, 9:30 pm", "2014-03-28", Precision::Day),
        ("31/03/2014 Revised: 30/06/2014", "2014-06-30", Precision::Day),
        ("Sept 13 revised: Dec 13", "2013-12-31", Precision::Month),
        ("by Oct 14", "2014-10-31", Precision::Month),
        ("Oct-14", "2014-10-31", Precision::Month),
        ("Oct '14", "2014-10-31", Precision::Month),
        ("end of February 2016", "2016-02-29", Precision::Month),
        ("10/2014", "2014-10-31", Precision::Month),
        ("Q3", "2013-12-31", Precision::Quarter),
        ("Q3 13/14", "2013-12-31", Precision::Quarter),
        ("end of Q2", "2013-09-30", Precision::Quarter),
        ("Quarter 1 2014-15", "2014-06-30", Precision::Quarter),
        ("2014/15 Q4", "2015-03-31", Precision::Quarter),
        ("Autumn term 2014", "2014-12-31", Precision::Quarter),
        ("Sept 13 (revised Dec 13)", "2013-12-31", Precision::Month),
        ("Quarter 3 (Oct-Dec)", "2013-12-31", Precision::Quarter),
        ("Q4 (Jan to March 2014)", "2014-03-31", Precision::Quarter),
        ("Oct - Dec 2013", "2013-12-31", Precision::Quarter),
        ("January to March", "2014-03-31", Precision::Quarter),
        ("end 10/14", "2014-10-31", Precision::Month),
        ("mid October 2014", "2014-10-31", Precision::Month),
        ("early-Oct 14", "2014-10-31", Precision::Month),
    ] {
        assert_eq!(shown(&text(typed)), Some((date.to_owned(), precision)), "{typed}");
    }
}

#[test]
fn what_is_no_date_or_two_is_held() {
    for (typed, why) in [
        ("31/06/2014", Misread::NoSuchDate),
        ("30 February 2014", Misread::NoSuchDate),
        ("03/28/2014", Misread::DateToConfirm("28 March 2014".into())),
        ("31/12/2104", Misread::DateToConfirm("31 December 2104".into())),
        ("15 March", Misread::DateToConfirm("15 March 2014".into())),
        ("end of June", Misread::DateToConfirm("30 June 2013".into())),
        ("TBC", Misread::ToBeConfirmed),
        ("?", Misread::ToBeConfirmed),
        ("30/09/13 and 31/12/13", Misread::TwoValues),
        ("Q3 2014", Misread::Ambiguous(vec!["31 December 2013".into(), "31 December 2014".into()])),
        ("28/03/2014 10:00 or 30/04/2014", Misread::TwoValues),
        ("31/03/2014 Now due: 30/06/2014", Misread::NotThis),
        ("31/03/2014: draft", Misread::NotThis),
        ("28/03/2014 10:00-11:00", Misread::NotThis),
        ("28/03/2014 25:00", Misread::NotThis),
        ("Q3 13:14", Misread::NotThis),
        ("10:30", Misread::NotThis),
        ("soon", Misread::NotThis),
        ("99/99/9999", Misread::NoSuchDate),
        ("2013-14", Misread::NotThis),
    ] {
        assert_eq!(text(typed), Got::Held(why), "{typed}");
    }
    assert_eq!(text("On-going"), Got::Blank(Some(ChangeKind::NoEndDate)));
}

#[test]
fn stored_dates_are_checked() {
    let stored = |serial: f64| read(Raw::Date(serial), CX);
    assert_eq!(shown(&stored(41729.0)).map(|(date, _)| date), Some("2014-03-31".into()));
    assert_eq!(shown(&stored(41_729.999_999_99)).map(|(date, _)| date), Some("2014-04-01".into()));
    assert_eq!(from_serial(59.0, false), Ok(date(1900, 2, 28)));
    assert_eq!(from_serial(61.0, false), Ok(date(1900, 3, 1)));
    assert_eq!(from_serial(1.0, false), Ok(date(1900, 1, 1)));
    for serial in [0.0, 60.0, -1.0, 2_958_466.0, f64::NAN, f64::INFINITY] {
        assert_eq!(stored(serial), Got::Held(Misread::NoSuchDate), "{serial}");
    }
    let old = Dates { from_1904: true, ..CX };
    let found = read(Raw::Date(41729.0 - 1462.0), old);
    assert_eq!(shown(&found).map(|(date, _)| date), Some("2014-03-31".into()));
    assert_eq!(read(Raw::Number(41713.0), CX), Got::Held(Misread::DateToConfirm("15 March 2014".into())));
    assert_eq!(read(Raw::Number(3.4), CX), Got::Held(Misread::NotThis));
}

proptest! {
    #[test]
    fn printed_days_read_back(days in 18264_i64..50_700) {
        let date = date(1899, 12, 30).checked_add(days.days()).expect("in range");
        for printed in [in_words(date), date.to_string(), date.strftime("%d/%m/%Y").to_string(), date.strftime("%-d %b %Y").to_string()] {
            prop_assert_eq!(shown(&text(&printed)), Some((date.to_string(), Precision::Day)), "{}", printed);
        }
    }

    #[test]
    fn a_colon_behind_a_date_is_a_time_or_asked_about(
        base in prop_oneof![Just("31/03/2014"), Just("Sept 13"), Just("Q3"), Just("28 March 2014"), Just("2014-03-28")],
        tail in prop_oneof![
            "[ ,(-]{0,2}\\PC{0,8}:\\PC{0,12}",
            "( |T|10|09|:|\\.|-|am|pm|Z|30/06/2014|Dec 13|now|or|[Rr]evised| due){1,7}",
        ].prop_filter("a colon", |tail| tail.contains(':')),
    ) {
        let time = regex::Regex::new(
            r"(?i)^[ ,]*(t[ ,]*)?([01]?[0-9]|2[0-3])[ ,]*:[ ,]*[0-5][0-9]([ ,]*:[ ,]*[0-5][0-9]([ ,]*\.[ ,]*[0-9]{1,4})?)?[ ,]*(z|am|pm)?[ ,]*$",
        ).expect("a pattern");
        if let Got::Value(value, change) = text(&format!("{base}{tail}")) {
            let of_day = base.contains("20") && time.is_match(&tail);
            prop_assert!(of_day || change == Some(ChangeKind::RevisedDate), "{}{} as {:?}", base, tail, value);
        }
    }

    #[test]
    fn no_text_panics(typed in "\\PC{0,30}") {
        let _ = text(&typed);
    }

    #[test]
    fn no_numbers_panic(a in 0_u32..20_000, b in 0_u32..20_000, c in 0_u32..20_000) {
        let _ = text(&format!("{a}/{b}/{c}"));
        let _ = text(&format!("Q{a} {b}/{c}"));
        let _ = text(&format!("{a} March {b}"));
    }
}

#[test]
fn months_that_are_no_quarter_are_not_read_as_one() {
    for typed in ["Q3 (Jan-Mar)", "Oct - Nov 2013", "mid 3 October 2014", "Q3 (late)", "mid Q3"] {
        assert!(matches!(text(typed), Got::Held(_)), "{typed}");
    }
}

#[test]
fn a_day_long_after_the_round_is_asked_about() {
    assert_eq!(text("31/10/2041"), Got::Held(Misread::DateToConfirm("31 October 2041".into())));
    assert!(matches!(read(Raw::Text("31/10/2041"), Dates { period: None, ..CX }), Got::Value(..)));
    assert!(matches!(text("31/10/2030"), Got::Value(..)));
}
