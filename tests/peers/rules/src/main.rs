//! Two other rule engines, timed on the rules in a folder: cel, and regorus with its bytecode.
//!
//! Each line read asks one thing. `fired ENGINE` answers with the rules that fire for each case;
//! `time ENGINE MILLISECONDS` with the nanoseconds of one evaluation, over about that long.

use std::error::Error;
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use cel::{Context, Program};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let folder = env::args().nth(1).ok_or("which folder has the rules?")?;
    let mut engines = Engines::load(Path::new(&folder))?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let answer = match words.as_slice() {
            ["fired", engine] => serde_json::to_string(&engines.fired_by_all(engine)?)?,
            ["time", engine, window] => {
                let window = Duration::from_millis(window.parse()?);
                engines.nanoseconds(engine, window)?.to_string()
            }
            _ => return Err(format!("'{line}' asks nothing known").into()),
        };
        writeln!(io::stdout(), "{answer}")?;
        io::stdout().flush()?;
    }
    Ok(())
}

struct Engines {
    cases: Vec<Value>,
    expressions: Vec<Program>,
    contexts: Vec<Context<'static, 'static>>,
    machine: RegoVM,
    inputs: Vec<regorus::Value>,
}

impl Engines {
    fn load(folder: &Path) -> Outcome<Self> {
        let read = |name: &str| fs::read_to_string(folder.join(name));
        let cases: Vec<Value> = serde_json::from_str(&read("cases.json")?)?;
        let expressions: Vec<String> = serde_json::from_str(&read("cel.json")?)?;
        let inputs = cases
            .iter()
            .map(|case| regorus::Value::from_json_str(&case.to_string()));
        let compiled: Result<_, _> = expressions.iter().map(|it| Program::compile(it)).collect();
        Ok(Self {
            contexts: cases.iter().map(context).collect(),
            expressions: compiled?,
            machine: machine(read("rules.rego")?)?,
            inputs: inputs.collect::<Result<_, _>>()?,
            cases,
        })
    }

    /// The rules that fire for one case; the case is encoded beforehand, except for `cel-whole`.
    fn fired(&mut self, engine: &str, case: usize) -> Outcome<Vec<usize>> {
        match engine {
            "cel" => Ok(execute(&self.expressions, &self.contexts[case])),
            "cel-whole" => Ok(execute(&self.expressions, &context(&self.cases[case]))),
            "regorus" => {
                let places = self.execute(case)?;
                let places = places.as_set()?.iter();
                let place = |it: &regorus::Value| Ok(usize::try_from(it.as_i64()?)?);
                places.map(place).collect()
            }
            _ => Err(format!("there is no engine '{engine}' here").into()),
        }
    }

    fn execute(&mut self, case: usize) -> Outcome<regorus::Value> {
        self.machine.set_input(self.inputs[case].clone());
        Ok(self.machine.execute()?)
    }

    fn fired_by_all(&mut self, engine: &str) -> Outcome<Vec<Vec<usize>>> {
        (0..self.cases.len())
            .map(|case| self.fired(engine, case))
            .collect()
    }

    fn nanoseconds(&mut self, engine: &str, window: Duration) -> Outcome<f64> {
        let begun = Instant::now();
        let mut evaluated = 0_usize;
        while begun.elapsed() < window {
            for _ in 0..16 {
                let case = evaluated % self.cases.len();
                // The set that regorus answers with is its own result: nothing is copied from it.
                if engine == "regorus" {
                    black_box(self.execute(case)?);
                } else {
                    black_box(self.fired(engine, case)?);
                }
                evaluated += 1;
            }
        }
        Ok(begun.elapsed().as_secs_f64() * 1e9 / evaluated as f64)
    }
}

fn execute(expressions: &[Program], context: &Context) -> Vec<usize> {
    let holds = |program: &Program| matches!(program.execute(context), Ok(cel::Value::Bool(true)));
    (0..expressions.len())
        .filter(|at| holds(&expressions[*at]))
        .collect()
}

fn context(case: &Value) -> Context<'static, 'static> {
    let mut context = Context::default();
    for (name, value) in case.as_object().into_iter().flatten() {
        let name = name.clone();
        match value {
            Value::Bool(value) => context.add_variable_from_value(name, *value),
            Value::String(value) => context.add_variable_from_value(name, value.clone()),
            number => context.add_variable_from_value(name, number.as_i64().unwrap_or_default()),
        }
    }
    context
}

fn machine(rego: String) -> Outcome<RegoVM> {
    const FIRED: &str = "data.triage.fired";
    let mut engine = regorus::Engine::new();
    engine.add_policy("rules.rego".to_owned(), rego)?;
    let policy = engine.compile_with_entrypoint(&FIRED.into())?;
    let mut machine = RegoVM::new();
    machine.load_program(Compiler::compile_from_policy(&policy, &[FIRED])?);
    Ok(machine)
}
