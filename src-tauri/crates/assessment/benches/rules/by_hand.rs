// Written by `cargo bench --package assessment --bench rules -- --by-hand`: the generated rules as a function.

/// A case.
pub(crate) struct Case {
    score0: i64,
    score1: i64,
    score2: i64,
    score3: i64,
    sign4: bool,
    sign5: bool,
    sign6: bool,
    sign7: bool,
    choice8: Choice,
    dose9: i64,
    score10: i64,
    score11: i64,
    score12: i64,
    score13: i64,
    sign14: bool,
    sign15: bool,
    sign16: bool,
    sign17: bool,
    choice18: Choice,
    dose19: i64,
    score20: i64,
    score21: i64,
    score22: i64,
    score23: i64,
    sign24: bool,
    sign25: bool,
    sign26: bool,
    sign27: bool,
    choice28: Choice,
    dose29: i64,
}

#[derive(Clone, Copy)]
pub(crate) enum Choice { A, B, C, D, E }

const CHOICES: [Choice; 5] = [Choice::A, Choice::B, Choice::C, Choice::D, Choice::E];

impl Case {
    /// From the values of the facts, in order.
    pub(crate) fn new(values: &[i64]) -> Self {
        Self {
            score0: values[0],
            score1: values[1],
            score2: values[2],
            score3: values[3],
            sign4: values[4] == 1,
            sign5: values[5] == 1,
            sign6: values[6] == 1,
            sign7: values[7] == 1,
            choice8: CHOICES[values[8] as usize],
            dose9: values[9],
            score10: values[10],
            score11: values[11],
            score12: values[12],
            score13: values[13],
            sign14: values[14] == 1,
            sign15: values[15] == 1,
            sign16: values[16] == 1,
            sign17: values[17] == 1,
            choice18: CHOICES[values[18] as usize],
            dose19: values[19],
            score20: values[20],
            score21: values[21],
            score22: values[22],
            score23: values[23],
            sign24: values[24] == 1,
            sign25: values[25] == 1,
            sign26: values[26] == 1,
            sign27: values[27] == 1,
            choice28: CHOICES[values[28] as usize],
            dose29: values[29],
        }
    }
}

/// The rules that fire.
pub(crate) fn fired(case: &Case, fired: &mut Vec<u16>) {
    fired.clear();
    if case.sign17 && !case.sign14 && case.score11 >= 6 && !case.sign15 { fired.push(0); }
    if case.sign6 && matches!(case.choice8, Choice::D) && case.score1 >= 5 { fired.push(1); }
    if case.score12 >= 5 && case.sign15 && case.sign4 { fired.push(2); }
    if case.score12 >= 9 && matches!(case.choice18, Choice::C | Choice::D) && !case.sign16 { fired.push(3); }
    if case.sign17 && case.score10 >= 8 && case.score12 >= 5 && case.score11 >= 14 { fired.push(4); }
    if case.score12 >= 4 && case.score10 >= 18 && case.score13 >= 21 && case.sign14 { fired.push(5); }
    if case.dose9 >= 135 && case.sign6 && case.sign5 { fired.push(6); }
    if case.score21 >= 38 && case.sign27 && case.sign26 { fired.push(7); }
    if case.score3 >= 3 && case.sign4 { fired.push(8); }
    if case.sign6 && case.dose9 >= 40 { fired.push(9); }
    if case.score3 >= 2 && matches!(case.choice8, Choice::C | Choice::D) && case.sign4 && case.sign7 { fired.push(10); }
    if case.sign6 && case.score0 >= 18 { fired.push(11); }
    if case.score2 >= 31 && case.sign7 && case.sign6 && matches!(case.choice8, Choice::A | Choice::E) { fired.push(12); }
    if case.sign27 && case.score22 >= 1 && case.score23 >= 23 && case.sign24 { fired.push(13); }
    if !case.sign6 && case.score3 < 3 && case.sign7 && case.score0 >= 18 { fired.push(14); }
    if case.score0 >= 18 && case.score1 >= 10 { fired.push(15); }
    if case.sign4 && case.sign5 { fired.push(16); }
    if case.sign16 && case.score11 >= 6 { fired.push(17); }
    if case.score22 >= 1 && case.score20 >= 17 && matches!(case.choice28, Choice::A | Choice::C) { fired.push(18); }
    if case.score0 >= 22 && case.sign7 && case.sign5 && case.sign4 { fired.push(19); }
    if case.score22 >= 1 && case.sign27 { fired.push(20); }
    if !case.sign17 && case.sign16 { fired.push(21); }
    if case.sign6 && case.score1 < 10 && case.sign5 { fired.push(22); }
    if case.dose19 >= 20 { fired.push(23); }
    if case.sign6 && case.score3 >= 2 && matches!(case.choice8, Choice::A | Choice::C) { fired.push(24); }
    if case.dose29 >= 135 { fired.push(25); }
    if case.score23 >= 36 && case.sign27 { fired.push(26); }
    if case.score12 >= 5 { fired.push(27); }
    if case.score23 >= 23 { fired.push(28); }
    if case.score23 >= 23 && case.sign27 { fired.push(29); }
    if matches!(case.choice8, Choice::C) && case.score2 >= 5 { fired.push(30); }
    if case.sign15 && case.score12 >= 9 { fired.push(31); }
    if case.score3 >= 3 && case.sign16 { fired.push(32); }
    if case.score3 >= 3 && case.score0 >= 18 && case.sign25 { fired.push(33); }
    if matches!(case.choice18, Choice::A | Choice::D) && case.sign14 { fired.push(34); }
    if case.score22 >= 4 { fired.push(35); }
    if case.score13 >= 36 && matches!(case.choice18, Choice::C | Choice::E) && case.sign17 { fired.push(36); }
    if case.sign6 && case.score0 >= 22 { fired.push(37); }
    if case.sign4 && matches!(case.choice8, Choice::B) && case.sign5 { fired.push(38); }
    if case.score12 >= 4 && case.sign15 && case.score13 >= 21 { fired.push(39); }
}
