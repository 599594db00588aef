//! From a long list of events that breaks a law to a short one that breaks the same.

use crate::defect::Defect;
use crate::event::{Event, Fate, Timed};
use crate::law::Law;
use crate::schedule::Schedule;

/// The most runs that are tried.
const TRIES: usize = 600;

/// Takes events away, then bad luck from those that stay, as long as the same law is broken.
///
/// Whole stretches are tried first and single events last (delta debugging, Zeller and Hildebrandt
/// 2002). The time of what stays is left as it was.
pub fn shrink(schedule: &Schedule, law: Law, defect: Option<Defect>) -> Schedule {
    let mut search = Search {
        shortest: schedule.clone(),
        law,
        defect,
        tries: 0,
    };
    search.by_stretches();
    search.by_weather();
    search.by_stretches();
    search.shortest
}

struct Search {
    shortest: Schedule,
    law: Law,
    defect: Option<Defect>,
    tries: usize,
}

impl Search {
    fn by_stretches(&mut self) {
        let mut length = self.shortest.events.len() / 2;
        while length > 0 {
            let mut start = 0;
            let mut shorter = false;
            while start < self.shortest.events.len() {
                let mut events = self.shortest.events.clone();
                let end = (start + length).min(events.len());
                events.drain(start..end);
                if self.is_taken(events) {
                    shorter = true;
                } else {
                    start += length;
                }
            }
            // A single event may only be in the way of another that was tried before it.
            if length > 1 || !shorter {
                length /= 2;
            }
        }
    }

    fn by_weather(&mut self) {
        for place in 0..self.shortest.events.len() {
            let Event::Exchange { weather, .. } = &self.shortest.events[place].event else {
                continue;
            };
            for gust in 0..weather.len() {
                self.without_gust(place, gust);
            }
            self.without_calm(place);
        }
    }

    fn without_gust(&mut self, place: usize, gust: usize) {
        let mut events = self.shortest.events.clone();
        if let Event::Exchange { weather, .. } = &mut events[place].event
            && weather[gust] != Fate::Fine
        {
            weather[gust] = Fate::Fine;
            self.is_taken(events);
        }
    }

    /// What goes through need not be listed at the end.
    fn without_calm(&mut self, place: usize) {
        if let Event::Exchange { weather, .. } = &mut self.shortest.events[place].event {
            let last = weather.iter().rposition(|fate| *fate != Fate::Fine);
            weather.truncate(last.map_or(0, |last| last + 1));
        }
    }

    fn is_taken(&mut self, events: Vec<Timed>) -> bool {
        if self.tries >= TRIES {
            return false;
        }
        self.tries += 1;
        let shorter = Schedule {
            events,
            ..self.shortest.clone()
        };
        let breach = crate::run(&shorter, self.defect).breach;
        let same = breach.is_some_and(|breach| breach.law == self.law);
        if same {
            self.shortest = shorter;
        }
        same
    }
}
