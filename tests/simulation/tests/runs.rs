//! The simulator itself: that it is a function of its seed, that it can fail, and that it says why
//! in few words. `cargo xtask simulate` runs the seeds.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use simulation::{Defect, Event, Law, Schedule, run, shrink};

/// The most seeds it may take to find a defect.
const SEEDS: u64 = 60;

/// The first seed that finds a defect, with the law that it breaks.
fn finds(defect: Defect) -> Option<(u64, Law)> {
    (1..=SEEDS).find_map(|seed| {
        let breach = run(&Schedule::of(seed), Some(defect)).breach?;
        Some((seed, breach.law))
    })
}

/// What each defect is found by. One that breaks several laws is found by whichever comes first.
fn laws_of(defect: Defect) -> &'static [Law] {
    match defect {
        Defect::AcknowledgesBeforeKeeping => &[Law::KeepsItsWord],
        Defect::SkipsForks => &[Law::EveryFork, Law::Everywhere, Law::Settles],
        Defect::LastWriteWins => &[Law::EveryConflict],
        Defect::ServesAnybody => &[Law::NowhereElse, Law::StaysBlocked],
        Defect::ForgetsBlocks => &[Law::StaysBlocked],
        Defect::OffersOnlyItsOwn => &[Law::Everywhere, Law::Settles],
        Defect::StaysInAForkedStream => &[Law::ClosesForks],
        Defect::ForgetsUrgency => &[Law::EmergenciesFirst],
        Defect::TrustsTheRevoked => &[Law::OneRecord, Law::EveryConflict],
        Defect::KeepsByHalves => &[Law::WholeOrNot],
    }
}

#[test]
fn the_same_seed_leaves_the_same_trace() {
    for seed in [1, 7, 18] {
        let (one, other) = (
            run(&Schedule::of(seed), None),
            run(&Schedule::of(seed), None),
        );
        assert!(one.trace.len() > 100, "something happens");
        assert_eq!(one, other);
    }
    let traces = [run(&Schedule::of(1), None), run(&Schedule::of(2), None)];
    assert_ne!(traces[0].trace, traces[1].trace);
}

#[test]
fn a_run_is_a_function_of_its_list_of_events_and_not_of_the_seed_s_further_luck() {
    let mut schedule = Schedule::of(5);
    schedule.events.truncate(30);
    let ran = run(&schedule, None);
    assert_eq!(ran.breach, None);
    assert_eq!(ran, run(&schedule, None));
}

#[test]
fn every_defect_that_is_put_in_is_found_by_the_law_it_breaks() {
    let mut missed = Vec::new();
    for defect in Defect::ALL {
        match finds(defect) {
            Some((_, law)) if laws_of(defect).contains(&law) => {}
            other => missed.push(format!("{defect}: {other:?}")),
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_seed_that_fails_is_shrunk_to_the_few_events_that_matter() {
    let defect = Some(Defect::AcknowledgesBeforeKeeping);
    let (seed, law) = finds(Defect::AcknowledgesBeforeKeeping).unwrap();
    let schedule = Schedule::of(seed);
    let shortest = shrink(&schedule, law, defect);
    let sorts: Vec<&str> = shortest.events.iter().map(|it| it.event.sort()).collect();
    assert!(sorts.len() <= 6, "{sorts:?}");
    assert!(sorts.contains(&"crashes"), "{sorts:?}");
    assert!(sorts.contains(&"exchanges"), "{sorts:?}");
    // What is left still fails, and nothing more can be taken away.
    let breach = run(&shortest, defect).breach;
    assert_eq!(breach.map(|breach| breach.law), Some(law));
    for left_out in 0..shortest.events.len() {
        let mut shorter = shortest.clone();
        shorter.events.remove(left_out);
        let breach = run(&shorter, defect).breach;
        assert_ne!(
            breach.map(|breach| breach.law),
            Some(law),
            "{left_out} is not needed"
        );
    }
    assert_eq!(
        run(&shortest, None).breach,
        None,
        "without the defect nothing is lost"
    );
}

#[test]
fn the_seeds_of_every_test_run_bring_every_sort_of_bad_luck_and_every_fate_of_a_message() {
    let mut counts = simulation::Counts::default();
    for seed in 1..=25 {
        counts.take(&run(&Schedule::of(seed), None).counts);
    }
    let expected = [
        "answers lost",
        "backups",
        "backups put back",
        "copied disks",
        "crashes",
        "damaged sticks",
        "enrolments",
        "exchanges",
        "laptops lost",
        "laptops that pry",
        "machines stopped in a write",
        "other programs",
        "partitions",
        "requests late",
        "requests lost",
        "requests twice",
        "revocations",
        "sticks",
        "writes",
        "wrong clocks",
    ];
    for sort in expected {
        assert!(counts.sorts.contains_key(sort), "no {sort}");
    }
    assert!(counts.forks > 10 && counts.conflicts > 10, "{counts}");
}

#[test]
fn a_laptop_revoked_in_the_midst_of_a_push_is_refused_the_rest() {
    let refused = (1..=SEEDS).find(|seed| {
        let trace = run(&Schedule::of(*seed), None).trace;
        let shut_out = |line: &String| line.contains("failed: Blocked");
        trace.iter().any(shut_out)
    });
    assert!(
        refused.is_some(),
        "some seed revokes while an exchange is under way"
    );
}

#[test]
fn an_event_says_in_words_what_happens() {
    for timed in Schedule::of(3).events {
        let words = timed.to_string();
        assert!(words.starts_with("day "), "{words}");
        if let Event::Exchange { weather, .. } = &timed.event {
            assert_eq!(words.matches(", ").count(), weather.len(), "{words}");
        }
    }
}
