//! The smallest changes that would bring another lead with the same urgency.

use super::case::{Case, Sure, fits};
use super::lower::{Breaking, same_facts};
use super::trial::{Altered, Trials};

/// A lead is weighed by up to two facts; more would be another case.
const MOST_FACTS: usize = 2;

impl Case<'_> {
    /// The smallest changes that bring another lead and leave the urgency, as far as the lead is
    /// settled.
    pub(super) fn other_leads(&self, most: usize, trials: &mut Trials) -> Vec<Altered> {
        let now = self.sure(&self.state);
        if !now.lead_settled || now.lead.is_none() {
            return Vec::new();
        }
        let goal = |it: &Sure| it.lead != now.lead && it.urgency == now.urgency;
        let mut found = self.earlier_leads(&goal, most, trials);
        let terms: Vec<usize> = self
            .terms_of(|_, rule| rule.then.lead.is_some() && rule.then.lead == now.lead)
            .collect();
        let terms = terms.as_slice();
        for altered in self.broken(&Breaking { terms, goal, most }, trials) {
            if !found.iter().any(|it| same_facts(it, &altered)) {
                found.push(altered);
            }
        }
        found.sort_by_key(Vec::len);
        found.truncate(most);
        found
    }

    /// Changes by which an earlier rule would give the lead, each for another rule.
    fn earlier_leads(
        &self,
        goal: &impl Fn(&Sure) -> bool,
        most: usize,
        trials: &mut Trials,
    ) -> Vec<Altered> {
        let mut ways: Vec<(usize, Altered)> = self
            .terms_of(|_, rule| rule.then.lead.is_some())
            .filter_map(|term| Some((self.rule(term)?.0, self.lacking(term)?)))
            .collect();
        ways.sort_by_key(|(_, lacks)| lacks.len());
        let (mut found, mut rules): (Vec<Altered>, Vec<usize>) = (Vec::new(), Vec::new());
        for (rule, lacks) in ways {
            if found.len() == most || trials.are_spent() {
                break;
            }
            if rules.contains(&rule) {
                continue;
            }
            let step = |&(fact, cells): &(usize, u64)| (fact, self.step(fact, cells));
            let altered: Altered = lacks.iter().map(step).collect();
            let leads = self
                .tried(&altered, trials)
                .is_some_and(|it| goal(&it.sure));
            if leads && !self.less_would_do(&altered, goal, trials) {
                rules.push(rule);
                found.push(self.widened(&altered, &lacks, goal, trials));
            }
        }
        found
    }

    /// What a term that does not hold lacks; none when that is too much, or cannot be changed.
    fn lacking(&self, term: usize) -> Option<Altered> {
        let mut lacks = Altered::new();
        for &(fact, cells) in &self.program().terms[term].needs {
            if fits(&self.state, fact, cells) {
                continue;
            }
            let cells = cells & !self.absent(fact);
            let fixed = self.program().facts[fact].fixed;
            if fixed || cells == 0 || lacks.len() == MOST_FACTS {
                return None;
            }
            lacks.push((fact, cells));
        }
        (!lacks.is_empty()).then_some(lacks)
    }
}
