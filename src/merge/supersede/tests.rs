//! Choosing between returns.

use super::*;
use jiff::civil::date;

fn chosen(returns: &[(&str, Option<i8>)]) -> (usize, String) {
    let identities: Vec<Identity> = returns
        .iter()
        .map(|(_, day)| Identity { completed: day.map(|day| date(2014, 4, day)), ..Identity::default() })
        .collect();
    let entries: Vec<_> = returns
        .iter()
        .zip(&identities)
        .zip(0u32..)
        .map(|(((name, _), identity), file)| (FileId(file), *name, identity))
        .collect();
    choose(&entries)
}

#[test]
fn the_later_completion_date_wins_over_the_name() {
    let (best, why) = chosen(&[("return v9.xlsx", Some(3)), ("return.xlsx", Some(9))]);
    assert_eq!(best, 1);
    assert_eq!(why, "it was completed later, on 9 April 2014");
}

#[test]
fn what_was_made_from_another_return_comes_before_all_that_names_say_unless_the_other_was_completed_later() {
    let mended = |completed, mended| Identity { completed, mended, ..Identity::default() };
    let [early, late] = [3, 9].map(|day| Some(date(2014, 4, day)));
    let choose_of = |returns: [(&str, Identity); 3]| {
        let entries: Vec<_> =
            (0u32..).zip(&returns).map(|(file, (name, id))| (FileId(file), *name, id)).collect();
        choose(&entries)
    };
    let said = "it has our list of what to fix in it, so it was made from an earlier return";
    let one = [("Q4 v3 final.xlsx", mended(late, false)), ("NHS.xlsx", mended(early, true))];
    let [original, first] = one;
    let none = ("a.xlsx", Identity::default());
    assert_eq!(choose_of([original.clone(), first.clone(), none.clone()]).0, 0);
    let last = ("A.xlsx", mended(late, true));
    assert_eq!(choose_of([original.clone(), last.clone(), none]), (1, said.to_owned()));
    let (best, why) = choose_of([first, original, last]);
    assert_eq!(best, 2);
    assert!(why.starts_with(said) && !why.contains("name"), "{why}");
}

#[test]
fn notes_of_ours_come_after_dates_and_before_names() {
    let noted = |completed, noted| Identity { completed, noted, ..Identity::default() };
    let [early, late] = [3, 9].map(|day| Some(date(2014, 4, day)));
    let choose_of = |original: Identity, back: Identity| {
        choose(&[(FileId(0), "Q4 v3 final.xlsx", &original), (FileId(1), "NHS.xlsx", &back)])
    };
    let (best, why) = choose_of(noted(early, false), noted(early, true));
    assert_eq!(best, 1);
    assert_eq!(why, "it has our notes on what to fix in it, so it was made from a file that we gave back");
    assert_eq!(choose_of(noted(late, false), noted(early, true)).0, 0);
    assert!(was_made_from(&noted(None, true), &noted(None, false)));
    assert!(!was_made_from(&noted(None, true), &noted(None, true)));
}

#[test]
fn versions_in_names_are_numbers() {
    let (best, why) = chosen(&[("Q4 v10.xlsx", None), ("Q4 v9.xlsx", None)]);
    assert_eq!((best, why.as_str()), (0, "its name says that it is the newer version (10)"));
    assert_eq!(chosen(&[("YOS Q4 (2).xlsx", None), ("YOS Q4.xlsx", None)]).0, 0);
}

#[test]
fn the_reason_names_the_rule_that_decided() {
    let number = "its name says that it is the newer version (2)";
    assert_eq!(chosen(&[("Q4 final.xlsx", None), ("Q4 v2.xlsx", None)]), (1, number.to_owned()));
    let last = "its name says that it is final";
    assert_eq!(chosen(&[("Q4 final.xlsx", None), ("Q4 old.xlsx", None)]), (0, last.to_owned()));
    assert_eq!(chosen(&[("a.xlsx", None), ("b.xlsx", None)]), (1, "its name comes last".to_owned()));
}

#[test]
fn of_three_returns_the_reason_holds_against_both_others() {
    let returns = [("Q4 v2.xlsx", Some(9)), ("Q4.xlsx", Some(9)), ("Q4 v3.xlsx", Some(3))];
    let why = "it was completed last, on 9 April 2014 and its name says that it is the newer version (2)";
    assert_eq!(chosen(&returns), (0, why.to_owned()));
}

#[test]
fn the_choice_does_not_hang_on_the_order_of_files_where_dates_are_missing() {
    let mut returns = [("a v1.xlsx", Some(9)), ("b v2.xlsx", None), ("c v3.xlsx", Some(3))];
    for _ in 0..returns.len() {
        let (best, why) = chosen(&returns);
        assert_eq!(returns[best].0, "c v3.xlsx");
        assert_eq!(why, "its name says that it is the newer version (3)");
        returns.rotate_left(1);
    }
}

/// Two files with our list: the list itself says which was made from the other, else when each was saved.
#[test]
fn of_two_that_were_given_back_the_newer_is_known_by_our_list_or_by_when_it_was_saved() {
    let of = |made_from: &str, saved: &str| Identity {
        mended: true,
        made_from: Some(made_from.to_owned()),
        saved: Some(saved.to_owned()),
        ..Identity::default()
    };
    let choose_of = |returns: [(&str, Identity); 2]| {
        let entries: Vec<_> =
            (0u32..).zip(&returns).map(|(file, (name, id))| (FileId(file), *name, id)).collect();
        choose(&entries)
    };
    let [early, late] = ["2014-04-22T10:00:00Z", "2014-04-23T09:30:00Z"];
    let chain = [("b.xlsx", of("original.xls", late)), ("a.xlsx", of("b.xlsx", early))];
    assert_eq!(choose_of(chain), (1, "the list of what to fix in it was made from b.xlsx".to_owned()));
    let saved = [("b.xlsx", of("original.xls", early)), ("a.xlsx", of("original.xls", late))];
    assert_eq!(choose_of(saved), (1, "its file was saved later, on 23 April 2014 at 09:30".to_owned()));
    // A time without a zone is not compared with one that has one, nor equal ones.
    for other in [early, "2014-04-23T11:30:00", "yesterday", ""] {
        let unknown = [("b.xlsx", of("original.xls", other)), ("a.xlsx", of("original.xls", early))];
        assert_eq!(choose_of(unknown), (0, "its name comes last".to_owned()), "{other}");
    }
}

#[test]
fn a_file_with_our_list_in_which_nothing_was_changed_counts_as_the_one_that_it_was_made_from() {
    let original = ("nhs.xlsx", Identity::default());
    let made_from = Some("nhs.xlsx".to_owned());
    let back = ("z.xlsx", Identity { mended: true, unchanged: true, made_from, ..Identity::default() });
    let corrected = ("nhs v2.xlsx", Identity::default());
    let choose_of = |returns: &[&(&str, Identity)]| {
        let entries: Vec<_> =
            (0u32..).zip(returns).map(|(file, (name, id))| (FileId(file), *name, id)).collect();
        choose(&entries)
    };
    let (best, why) = choose_of(&[&original, &back, &corrected]);
    assert_eq!(best, 2);
    assert!(why.starts_with("nothing was changed in z.xlsx, which we gave back and"), "{why}");
    assert_eq!(choose_of(&[&back, &corrected]).0, 1);
    assert_eq!(choose_of(&[&back, &original]).0, 0);
}
