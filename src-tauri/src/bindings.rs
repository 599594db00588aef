//! The TypeScript side of the command table: generated, committed, and held to it by a test.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};

use clinic::view::*;
use ts_rs::{Config, TS, TypeVisitor};

use crate::commands::with_commands;

/// Every type that crosses, by name.
struct Declarations {
    config: Config,
    seen: HashSet<TypeId>,
    types: BTreeMap<String, String>,
}

impl Declarations {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let words = T::docs().unwrap_or_default();
            self.types.insert(
                T::ident(&self.config),
                format!("{words}export {}", T::decl(&self.config)),
            );
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

macro_rules! rendered {
    ($($module:ident { $($name:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)* })*) => {{
        let mut all = Declarations { config: Config::new(), seen: HashSet::new(), types: BTreeMap::new() };
        let mut commands = String::new();
        $($(
            all.add::<$answer>();
            $(all.add::<$kind>();)*
            let arguments: Vec<String> =
                vec![$(format!("{}: {}", stringify!($argument), <$kind as TS>::name(&all.config))),*];
            let arguments = if arguments.is_empty() {
                "Record<string, never>".to_owned()
            } else {
                format!("{{ {} }}", arguments.join("; "))
            };
            let answer = <$answer as TS>::name(&all.config);
            commands += &format!("  {}: {{ args: {arguments}; result: {answer} }};\n", stringify!($name));
        )*)*
        all.add::<Fault>();
        (all.types, commands)
    }};
}

fn render() -> String {
    let (types, commands) = with_commands!(rendered);
    let types = types.into_values().collect::<Vec<_>>().join("\n\n") + "\n\n";
    format!(
        "// Generated from the command table in Rust. Do not edit.\n\n{types}/** Every command: its arguments and what it answers. */\nexport interface Commands {{\n{commands}}}\n"
    )
}

#[test]
fn the_screen_sees_the_same_commands_and_types_as_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/backend/bindings.ts");
    let made = render();
    if std::env::var_os("FELLOE_WRITE_BINDINGS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(
        kept == made,
        "ui/src/backend/bindings.ts is behind the Rust types. Run this test with FELLOE_WRITE_BINDINGS=1 and commit the file."
    );
}
