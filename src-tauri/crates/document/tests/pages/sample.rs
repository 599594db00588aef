//! A plan with everything a plan can hold: long names, many medicines, empty sections.

use document::{
    Anchor, Block, Colour, Document, Drawing, ListKind, Running, Shape, Size, Span, Stroke, Text,
    Tone,
};

/// 24 November 2026, 10:42 UTC.
pub(crate) const MADE: i64 = 1_795_516_920;

/// The person on every page.
pub(crate) const NAME: &str = "WIŚNIEWSKA-ȚÎRLEA, Zofia Öykü Nguyễn";
/// From the test range, with its check digit.
pub(crate) const NUMBER: &str = "999 046 3380";

/// The plan, in one size.
pub(crate) fn plan(size: Size) -> Document {
    let mut blocks = opening();
    blocks.extend(medicines());
    blocks.extend(figures());
    blocks.extend(closing());
    document(size, blocks)
}

/// Any blocks on the plan's paper.
pub(crate) fn document(size: Size, blocks: Vec<Block>) -> Document {
    Document {
        title: format!("Your pain plan: {NAME}"),
        language: "en-GB".into(),
        size,
        running: Running {
            head_left: "Riverside Community Pain Service".into(),
            head_right: "Your pain plan".into(),
            foot_left: format!(
                "{NAME}\nNHS No. {}  Printed 24-Nov-2026 10:42 by A. Öztürk. Rules 0.1, DRAFT",
                NUMBER.replace(' ', "\u{a0}")
            ),
        },
        watermark: Some("DRAFT, not signed".into()),
        blocks,
    }
}

pub(crate) fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: text.into(),
    }
}

fn opening() -> Vec<Block> {
    vec![
        heading(1, "Your pain plan"),
        Block::Paragraph(
            Text::plain("We wrote this plan with you on 24 November 2026. It is yours. Bring it to each visit, and show it to anyone who looks after you. Made by ")
                .then_bold("Aylin Öztürk")
                .then(", nurse, with "),
        ),
        Block::KeyValues(vec![
            ("Name".into(), Text::plain(NAME)),
            ("Born".into(), "17 September 1979".into()),
            ("NHS number".into(), Text::unbroken(NUMBER)),
            ("Your clinic".into(), "Riverside, Tuesdays and Thursdays. Telephone 01632 960 123".into()),
            ("Interpreter".into(), Text::from(vec![Span::plain("Polish. "), Span { text: "Proszę zadzwonić do nas, jeśli coś jest niejasne.".into(), bold: false, language: Some("pl".into()) }])),
        ]),
        Block::Callout {
            tone: Tone::Important,
            title: "What matters to you".into(),
            body: vec!["“I want to walk my granddaughter to school again, and to sleep through the night.” We agreed to work on walking first. Office, difficult, affluent and fjord keep their letters.".into()],
        },
        heading(2, "Your goals"),
        Block::Paragraph("In the next six weeks you will try to:".into()),
        Block::List {
            kind: ListKind::Numbers,
            items: vec![
                Text::bold("Walk ").then("to the corner shop and back on four days each week, at a pace where you can still talk. You are 7 out of 10 sure you can."),
                Text::bold("Sleep: ").then("get up at the same time each day, even after a bad night."),
                Text::bold("Do less at once: ").then("stop for five minutes after each half hour of housework."),
            ],
        },
        heading(2, "What we decided not to do"),
        Block::Paragraph("None recorded.".into()),
        heading(3, "Why"),
        Block::List { kind: ListKind::Bullets, items: vec![] },
        Block::List {
            kind: ListKind::Bullets,
            items: vec!["A scan would not change what we do, because there are no warning signs.".into(), "Injections help few people for long.".into()],
        },
    ]
}

/// Twelve medicines, one of them with a long instruction.
fn medicines() -> Vec<Block> {
    let row = |name: &str, how: &str, why: &str| vec![Text::bold(name), how.into(), why.into()];
    vec![
        heading(2, "Your medicines"),
        Block::Table {
            head: vec!["Medicine".into(), "How to take it".into(), "What it is for".into()],
            widths: vec![0.28, 0.38, 0.34],
            rows: vec![
                row("Amitriptyline 10 mg tablets", "1 tablet, two hours before bed", "Nerve pain and sleep. Your mouth may be dry. Do not drive if you are drowsy."),
                row("Paracetamol 500 mg tablets", "2 tablets, up to 4 times a day. No more than 8 in 24 hours", "Flare-ups only"),
                row("Morphine sulfate 10 mg/5 mL oral solution", "2.5 mL (5 mg) when needed, no more than 4 times a day, and then write it down", "We are making this less, slowly"),
                row("Fentanyl 25 micrograms/hour patches", "One patch, changed every 72 hours. Take the old one off first", "Being replaced"),
                row("Ibuprofen 5% gel", "A thin layer, 3 times a day", "Knees"),
                row("Omeprazole 20 mg capsules", "1 in the morning", "Protects your stomach"),
                row("Levothyroxine 50 micrograms tablets", "1 in the morning", "From your GP"),
                row("Metformin 500 mg tablets", "1 with breakfast and 1 with supper", "From your GP"),
                row("Ramipril 2.5 mg capsules", "1 in the morning", "From your GP"),
                row("Atorvastatin 20 mg tablets", "1 at night", "From your GP"),
                row("Macrogol compound oral powder", "1 sachet, once or twice a day", "For constipation"),
                row("Naloxone 1.26 mg nasal spray", "For others to give you if you cannot be woken", "Emergency only"),
            ],
        },
        Block::Callout {
            tone: Tone::Plain,
            title: "Do not stop suddenly".into(),
            body: vec!["If you have taken morphine or amitriptyline for some weeks, stopping at once can make you ill. Talk to us first. Keep medicines locked away from children.".into()],
        },
    ]
}

fn figures() -> Vec<Block> {
    vec![
        heading(2, "Your pain so far"),
        Block::Figure {
            alt: "Chart of pain from 0 to 10 over eight weeks. It fell from 8 to 5.".into(),
            drawing: chart(),
            caption: "Pain in the last week, in your own words, 0 to 10.".into(),
        },
        heading(2, "Where it hurts"),
        Block::Figure {
            alt: "Body map, front and back. Pain is marked at the lower back and the right leg."
                .into(),
            drawing: body_map(),
            caption: Text::default(),
        },
    ]
}

fn chart() -> Drawing {
    let mut shapes = Vec::new();
    let hair = Stroke {
        colour: Colour::HAIR,
        width: 0.5,
    };
    for score in [0_u8, 5, 10] {
        let y = 120.0 - f32::from(score) * 11.0;
        shapes.push(Shape::line(&[[26.0, y], [440.0, y]], hair));
        shapes.push(label([20.0, y + 4.0], &score.to_string(), Anchor::End));
    }
    let scores = [8.0, 7.5, 7.8, 7.0, 6.2, 6.5, 5.6, 5.0];
    let mut points = Vec::new();
    let mut x = 46.0;
    for (week, score) in scores.iter().enumerate() {
        points.push([x, 120.0 - score * 11.0]);
        shapes.push(label(
            [x, 138.0],
            &format!("Week {}", week + 1),
            Anchor::Middle,
        ));
        x += 54.0;
    }
    shapes.push(Shape::line(
        &points,
        Stroke {
            colour: Colour::BLUE,
            width: 2.0,
        },
    ));
    for point in points {
        shapes.push(Shape::Ellipse {
            centre: point,
            radii: [3.2, 3.2],
            fill: Some(Colour::WHITE),
            stroke: Some(Stroke {
                colour: Colour::BLUE,
                width: 2.0,
            }),
        });
    }
    Drawing {
        width: 460.0,
        height: 144.0,
        shapes,
    }
}

fn label(at: [f32; 2], text: &str, anchor: Anchor) -> Shape {
    Shape::Label {
        at,
        text: text.into(),
        size: 12.0,
        bold: false,
        colour: Colour::GREY,
        anchor,
    }
}

fn body_map() -> Drawing {
    let outline = Some(Stroke {
        colour: Colour::GREY,
        width: 1.0,
    });
    let mut shapes = Vec::new();
    for (x, name) in [(80.0, "Front"), (240.0, "Back")] {
        shapes.push(Shape::Ellipse {
            centre: [x, 20.0],
            radii: [12.0, 15.0],
            fill: Some(Colour::MIST),
            stroke: outline,
        });
        for (left, top, width, height) in [
            (-22.0, 38.0, 44.0, 56.0),
            (-38.0, 40.0, 12.0, 58.0),
            (26.0, 40.0, 12.0, 58.0),
            (-21.0, 97.0, 19.0, 62.0),
            (2.0, 97.0, 19.0, 62.0),
        ] {
            shapes.push(Shape::rectangle(
                [x + left, top],
                [width, height],
                Some(Colour::MIST),
                outline,
            ));
        }
        shapes.push(label([x, 178.0], name, Anchor::Middle));
    }
    let sore = Some(Stroke {
        colour: Colour::RED,
        width: 1.5,
    });
    shapes.push(Shape::Ellipse {
        centre: [240.0, 82.0],
        radii: [16.0, 9.0],
        fill: Some(Colour::BLUSH),
        stroke: sore,
    });
    shapes.push(Shape::Ellipse {
        centre: [251.0, 124.0],
        radii: [6.0, 18.0],
        fill: Some(Colour::BLUSH),
        stroke: sore,
    });
    Drawing {
        width: 320.0,
        height: 184.0,
        shapes,
    }
}

fn closing() -> Vec<Block> {
    vec![
        heading(2, "If your pain flares up"),
        Block::List {
            kind: ListKind::Checkboxes,
            items: vec![
                "Slow down, do not stop. Use heat for 15 minutes.".into(),
                "Go back to half of what you did the day before.".into(),
                Text::plain("Telephone us if it is no better after ").then_bold("five days").then("."),
            ],
        },
        Block::Callout {
            tone: Tone::Emergency,
            title: "Go to A&E or call 999 at once if you have".into(),
            body: vec![
                "New numbness round your bottom or between your legs, new trouble passing water or holding your bowels, or new weakness in both legs.".into(),
                "If you feel you might end your life: call 999, or 111 and choose the mental health option.".into(),
            ],
        },
        heading(2, "When we meet again"),
        Block::Paragraph("5 January 2027, 10:30, with Aylin Öztürk. Names such as Ștefan, Çağrı, Đặng, Þóra, Ωμέγα and Щукина are printed right, and so is Ọlámídé.".into()),
        Block::Qr { data: "https://example.org/plan/7H3K".into(), alt: "Square code. It opens example.org/plan/7H3K".into() },
        Block::Rule,
        Block::SignatureLines(vec!["Your signature, if you agree".into(), "Date".into(), "Signed for the clinic".into(), "Date".into()]),
    ]
}
