// Generated from the command table in Rust. Do not edit.

/**
 * What every screen may say of the program itself.
 */
export type About = { 
/**
 * Version of the program.
 */
version: string, 
/**
 * The intended-use statement, in paragraphs.
 */
intended_use: Array<string>, 
/**
 * Roles that can be chosen for a first account.
 */
roles: Array<Choice>, 
/**
 * Whether this machine offers a keyring, in one sentence.
 */
keyring: KeyringNote, 
/**
 * Shortest passphrase with and without a keyring, in characters.
 */
passphrase_min: number, 
/**
 * The same without a keyring.
 */
passphrase_min_without_keyring: number, };

/**
 * A task that a person adds.
 */
export type AddTaskForm = { 
/**
 * A step of the pathways; empty for one's own words.
 */
step: string, 
/**
 * One's own words.
 */
words: string, 
/**
 * The role that does it, with one's own words.
 */
role: string, 
/**
 * Staff id; empty for whoever of that role takes it.
 */
to: string, 
/**
 * ISO date.
 */
due: string, };

/**
 * Every content that can be adopted here, and how it stands.
 */
export type Adoptions = { 
/**
 * Rulesets, then medicines tables, then instrument packs.
 */
contents: Array<ContentView>, 
/**
 * This person may sign for one.
 */
may_adopt: boolean, 
/**
 * This person may withdraw one alone.
 */
may_withdraw: boolean, 
/**
 * The statement that is signed with it.
 */
statement: string, 
/**
 * A service that is not the demo clinic.
 */
live: boolean, };

/**
 * One of them.
 */
export type AffectedCase = { 
/**
 * Patient id.
 */
patient: string, 
/**
 * Name as in lists.
 */
name: string, 
/**
 * Where the case stands.
 */
note: string, 
/**
 * What changes, or when it was decided.
 */
why: string, };

/**
 * What comes back after each answer: only what may have changed.
 */
export type AfterAnswer = { 
/**
 * HH:MM:SS: the bytes are on disk.
 */
saved_at: string, 
/**
 * The answer as kept.
 */
answers: { [key in string]: AnswerShown }, 
/**
 * Banner.
 */
banner: Banner, 
/**
 * Sections with fresh counts, lists and scores.
 */
sections: Array<SectionView>, 
/**
 * Triage so far.
 */
triage: Triage, 
/**
 * Red actions open on this patient.
 */
open_actions: Array<OpenAction>, 
/**
 * A route that must be led through now: opens the emergency screen at once.
 */
route: string | null, };

/**
 * How the plan was agreed.
 */
export type AgreeForm = { 
/**
 * agreed, agreed-in-part, not-agreed.
 */
state: string, 
/**
 * What was not agreed.
 */
part: string, 
/**
 * Who was present, values.
 */
present: Array<string>, 
/**
 * Copies to.
 */
copies: string, 
/**
 * Passphrase again.
 */
passphrase: string, };

/**
 * How often second opinions agree with the first, never by person.
 */
export type Agreement = { 
/**
 * How it was counted, in words.
 */
words: Array<string>, 
/**
 * All of them together, open and blind apart.
 */
all: Array<AgreementRow>, 
/**
 * For each disposition that either view chose.
 */
dispositions: Array<AgreementRow>, 
/**
 * For each rule that proposed the lead.
 */
rules: Array<AgreementRow>, };

/**
 * One line of it. A count under eight is "*", and so is what would follow from one.
 */
export type AgreementRow = { 
/**
 * What it is of.
 */
label: string, 
/**
 * Pairs of views.
 */
pairs: string, 
/**
 * Of these the same lead and urgency.
 */
agreed: string, 
/**
 * Cohen's kappa over the lead, of blind pairs only; "-" where it is not defined.
 */
kappa: string, };

/**
 * The allergies box.
 */
export type AllergyBox = { 
/**
 * known, none-known, not-asked.
 */
state: string, 
/**
 * "Penicillin (rash), codeine (vomiting)".
 */
words: string, };

/**
 * An answer as the screen shows it.
 */
export type AnswerShown = { 
/**
 * The answer.
 */
answer: AnswerView, 
/**
 * "24-Nov-2026 10:20, A. Osei" or none.
 */
who: string | null, 
/**
 * Two current answers that did not see each other, in words.
 */
conflict: string | null, 
/**
 * Too old to count: "absent on 12-Oct-2026"; the rules see "not asked".
 */
stale: string | null, 
/**
 * Offered from last time; counts for nothing until confirmed.
 */
offered: AnswerValue | null, 
/**
 * Where the offer comes from: "12-Oct-2026".
 */
offered_from: string | null, 
/**
 * Odd but possible: "Is 14 right?".
 */
odd: string | null, 
/**
 * Comes from the referral letter, not from the patient.
 */
from_letter: boolean, };

/**
 * The value of an answer: yes/no, a number, a text (choice value or ISO date), or choices.
 */
export type AnswerValue = boolean | number | string | Array<string>;

/**
 * What was answered, or which of the four unanswered states holds.
 */
export type AnswerView = { "state": "given", 
/**
 * The value.
 */
value: AnswerValue, } | { "state": "not-asked" } | { "state": "declined" } | { "state": "not-known" } | { "state": "cannot-be-answered" };

/**
 * An administrator's approval of a request.
 */
export type ApproveForm = { 
/**
 * The path of the request's file, or its text.
 */
request: string, 
/**
 * The request's six words, as the person who asks read them out.
 */
words: string, 
/**
 * Role value.
 */
role: string, 
/**
 * Ids of the sites the laptop is enrolled for, and the person works at.
 */
sites: Array<string>, 
/**
 * Id of the site where the laptop stands.
 */
home: string, 
/**
 * Staff id of a colleague who asks with another laptop; empty for somebody new.
 */
colleague: string, 
/**
 * The passphrase of whoever approves.
 */
own_passphrase: string, 
/**
 * Where the answer is saved.
 */
folder: string, };

/**
 * How a letter is approved.
 */
export type ApproveLetterForm = { 
/**
 * Copies to.
 */
copies: string, 
/**
 * PIN or passphrase again: who approves it is the person at work.
 */
passphrase: string, };

/**
 * A request that was approved.
 */
export type Approved = { 
/**
 * The path of the answer.
 */
path: string, 
/**
 * The six words of the service, to be read out.
 */
words: Array<string>, 
/**
 * The laptops as they stand after it.
 */
screen: Laptops, };

/**
 * What the spoke is asked.
 */
export type AskForm = { 
/**
 * The question.
 */
text: string, 
/**
 * ISO date by which the answer is wanted.
 */
by: string, };

/**
 * Asking for a second opinion.
 */
export type AskOpinionForm = { 
/**
 * The colleague asked; empty where a role is.
 */
of_staff: string, 
/**
 * The role asked; empty where a colleague is.
 */
of_role: string, 
/**
 * ISO date.
 */
by: string, 
/**
 * Value of the question.
 */
question: string, 
/**
 * In one's own words.
 */
text: string, 
/**
 * What was decided stays hidden until the answer.
 */
blind: boolean, 
/**
 * Who wishes for it.
 */
wished: string, 
/**
 * Who settles it where the two differ; empty for the lead.
 */
settles: string, };

/**
 * An assessment on the screen.
 */
export type AssessmentView = { 
/**
 * Assessment id.
 */
id: string, 
/**
 * Banner.
 */
banner: Banner, 
/**
 * DD-Mmm-YYYY it was started.
 */
started: string, 
/**
 * in-person, phone, video.
 */
mode: string, 
/**
 * Modes to choose from.
 */
modes: Array<Choice>, 
/**
 * Finished: read only.
 */
finished: boolean, 
/**
 * Sections in order.
 */
sections: Array<SectionView>, 
/**
 * Question id -> answer, for all questions of all sections.
 */
answers: { [key in string]: AnswerShown }, 
/**
 * Triage so far.
 */
triage: Triage, 
/**
 * Red actions open on this patient.
 */
open_actions: Array<OpenAction>, 
/**
 * HH:MM:SS when the last answer reached the disk.
 */
saved_at: string | null, 
/**
 * Items offered from last time.
 */
offers: number, 
/**
 * Body map regions.
 */
regions: Array<RegionView>, };

/**
 * One line of it.
 */
export type AuditLine = { 
/**
 * Entry id.
 */
id: string, 
/**
 * DD-Mmm-YYYY hh:mm.
 */
when: string, 
/**
 * Who.
 */
who: string, 
/**
 * Whose account it was about, where that is somebody else.
 */
account: string | null, 
/**
 * "this laptop", or which other.
 */
device: string, 
/**
 * What was done.
 */
what: string, 
/**
 * What else is worth knowing.
 */
note: string, 
/**
 * Patient id.
 */
patient: string | null, 
/**
 * Name as in lists.
 */
patient_name: string | null, 
/**
 * Why, as they said it.
 */
reason: string, 
/**
 * Something to look at twice.
 */
grave: boolean, };

/**
 * A part of the audit trail, newest first.
 */
export type AuditPage = { 
/**
 * The lines.
 */
lines: Array<AuditLine>, 
/**
 * How many come before them.
 */
skip: number, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * The most that come at once.
 */
page: number, 
/**
 * The patient asked about.
 */
patient_name: string | null, 
/**
 * People to choose from.
 */
staff: Array<Choice>, 
/**
 * Groups of actions to choose from.
 */
groups: Array<Choice>, 
/**
 * This person may read all of it, check the record and export.
 */
whole: boolean, };

/**
 * Which lines of the audit trail. Everything empty: all.
 */
export type AuditQuery = { 
/**
 * A patient id.
 */
patient: string, 
/**
 * A staff id: done by them, or about their account.
 */
staff: string, 
/**
 * A group of actions.
 */
group: string, 
/**
 * ISO date of the first day.
 */
from: string, 
/**
 * ISO date of the last day.
 */
until: string, };

/**
 * One backup.
 */
export type BackupRow = { 
/**
 * Its id, for testing it.
 */
id: string, 
/**
 * When it was made.
 */
made: string, 
/**
 * Where it was put.
 */
folder: string, 
/**
 * What its last check found.
 */
tested: BackupSaid, };

/**
 * An answer in words.
 */
export type BackupSaid = { 
/**
 * Nothing is wrong.
 */
fine: boolean, 
/**
 * What was checked and found.
 */
words: string, };

/**
 * Backups, as the settings show them.
 */
export type Backups = { 
/**
 * The folder they go to; empty until one is chosen.
 */
place: string, 
/**
 * When the last one was made, in words.
 */
last: string, 
/**
 * When the next one is made, in words.
 */
next: string, 
/**
 * What is wrong, in words: shown on the worklist too.
 */
warning: string | null, 
/**
 * What else is worth knowing of the place, in words.
 */
note: string | null, 
/**
 * Which backups are kept, in words.
 */
rule: string, 
/**
 * What is being done just now, in words. Ask again in a moment.
 */
running: string | null, 
/**
 * What the last backup or test found.
 */
said: BackupSaid | null, 
/**
 * The newest first.
 */
rows: Array<BackupRow>, 
/**
 * Whether this person may change, make and test.
 */
may_keep: boolean, };

/**
 * One row that could not be read.
 */
export type BadRow = { 
/**
 * Line in the file, counted from 1 with the heading line as 1.
 */
line: number, 
/**
 * Column heading.
 */
field: string, 
/**
 * Why.
 */
reason: string, };

/**
 * The patient banner: always on screen with a patient, never cut.
 */
export type Banner = { 
/**
 * Patient id.
 */
patient: string, 
/**
 * FAMILY in capitals.
 */
family: string, 
/**
 * Given names.
 */
given: string, 
/**
 * Title, may be empty.
 */
title: string, 
/**
 * Preferred name, if any.
 */
preferred: string | null, 
/**
 * `17-Sep-1979 (47y)` or "Not known".
 */
born: string, 
/**
 * Gender in words or "Not known".
 */
gender: string, 
/**
 * 3-3-4 with no-break spaces, or "No NHS number".
 */
nhs_number: string, 
/**
 * Ten digits for copying, empty without a number.
 */
nhs_digits: string, 
/**
 * Always present: what is known of allergies.
 */
allergies: AllergyBox, 
/**
 * OME in words: "90 mg (FPM 2020)", "at least 12 mg, incomplete", none without opioids asked.
 */
ome: string | null, 
/**
 * True when the OME stands above the table's figure or is incomplete.
 */
ome_flag: boolean, 
/**
 * Open warning signs in words; empty is not "clear".
 */
warnings: Array<string>, 
/**
 * Needs, GP, phone: label and value, in this order.
 */
details: Array<Labelled>, 
/**
 * The waiting-time clock.
 */
wait: Wait, 
/**
 * Another patient here has a similar name.
 */
similar_name: boolean, 
/**
 * `Died dd-Mmm-yyyy`, if so.
 */
died: string | null, 
/**
 * A name, number or other identity value is in conflict: do not print, send or sign.
 */
identity_conflict: string | null, 
/**
 * Under 18: the adult rules refuse and say so.
 */
under_18: boolean, };

/**
 * What was answered to one question of a made-up case.
 */
export type BenchAnswer = { 
/**
 * Question.
 */
question: string, 
/**
 * The answer; several did not see each other and are in conflict.
 */
answers: Array<AnswerView>, 
/**
 * How many days ago it was asked.
 */
days_ago: number, 
/**
 * clinician, patient or paper.
 */
origin: string, };

/**
 * A made-up case. It is nobody's, and is kept nowhere.
 */
export type BenchCase = { 
/**
 * What holds of every question that is not named here: a value of the bases.
 */
base: string, 
/**
 * Vignette it started from, whose lists and facts it keeps; may be empty.
 */
vignette: string, 
/**
 * Age in years; none while it is not known.
 */
age: number | null, 
/**
 * Answers, each for one question.
 */
answers: Array<BenchAnswer>, 
/**
 * Medicines as a regimen, "morphine MR 60 mg x2; pregabalin 150 mg x2"; empty for "no
 * medicines", none for those of the base or the vignette.
 */
medicines: string | null, 
/**
 * Facts that the vignette sets outright and this case keeps.
 */
facts: Array<BenchFact>, };

/**
 * A fact that a vignette sets outright.
 */
export type BenchFact = { 
/**
 * Fact.
 */
fact: string, 
/**
 * Its name and value.
 */
words: string, };

/**
 * What the rules make of a made-up case.
 */
export type BenchResult = { 
/**
 * Which rules.
 */
ruleset: RulesetHead, 
/**
 * Parts of the proposal, not settled first.
 */
parts: Array<PartView>, 
/**
 * How many are settled.
 */
settled: number, 
/**
 * Under 18 or without an age: the rules settle nothing, in one sentence.
 */
refused: string | null, 
/**
 * The best question to ask next.
 */
next: NextView | null, 
/**
 * Rules that fire.
 */
fired: Array<BenchRule>, 
/**
 * Rules that an open answer decides.
 */
may_yet: Array<BenchRule>, 
/**
 * How many do not fire whatever is answered.
 */
others: number, 
/**
 * The chosen rule in this case.
 */
chosen: ChosenRule | null, 
/**
 * Medicines as they were read, a line each, with the opioid total last.
 */
medicines: Array<string>, 
/**
 * What does not count as it was entered: too old, in conflict, not for this person.
 */
notes: Array<string>, };

/**
 * A rule in a made-up case.
 */
export type BenchRule = { 
/**
 * Id.
 */
id: string, 
/**
 * Reason in a patient's words.
 */
words: string, 
/**
 * It fires on one of two answers in conflict.
 */
in_conflict: boolean, 
/**
 * Questions it waits for.
 */
waits_for: Array<Choice>, };

/**
 * The form by which a blank laptop becomes one of the service again.
 */
export type BlankForm = { 
/**
 * What is typed from the sheet.
 */
sheet: SheetForm, 
/**
 * Who recovers, of `FoundService::staff`.
 */
staff: string, 
/**
 * New passphrase.
 */
passphrase: string, 
/**
 * The same again.
 */
passphrase_again: string, 
/**
 * False only when the person accepted to go without a keyring.
 */
use_keyring: boolean, 
/**
 * The person has read the intended-use statement.
 */
read_intended_use: boolean, };

/**
 * A record that cannot be opened.
 */
export type Broken = { 
/**
 * One plain sentence that ends with what to do.
 */
message: string, 
/**
 * The record was moved aside by a restore that was cut short, and can be put back.
 */
left_aside: boolean, };

/**
 * What a bundle would hold.
 */
export type BundleContents = { 
/**
 * Envelopes that would go in.
 */
envelopes: number, 
/**
 * The same in words, with what stays out and why.
 */
words: string, };

/**
 * For whom a bundle is to be, and what goes in.
 */
export type BundleForm = { 
/**
 * The folder it goes to.
 */
folder: string, 
/**
 * The laptops it is for, by id.
 */
laptops: Array<string>, 
/**
 * All of it, rather than what they were not known to hold: for a new laptop.
 */
everything: boolean, };

/**
 * A laptop that a bundle can be for.
 */
export type BundleLaptop = { 
/**
 * Its id, to be sent back.
 */
device: string, 
/**
 * Its first digits and the people at it.
 */
name: string, 
/**
 * Its sites, in words.
 */
sites: string, 
/**
 * It stands at the hub site: a bundle is for it unless somebody says otherwise.
 */
hub: boolean, 
/**
 * What was last heard of it by a bundle, in words.
 */
heard: string, };

/**
 * How far the reading of a bundle is.
 */
export type BundleReading = { 
/**
 * How much of it is done: envelopes taken in, and after them people put into the lists.
 */
done: number, 
/**
 * Of how much.
 */
all: number, 
/**
 * The same in words.
 */
words: string, 
/**
 * What came of it, once it is over.
 */
came: ReadBundle | null, };

/**
 * Bundles for a USB stick: for whom they can be written, and where.
 */
export type BundlesView = { 
/**
 * Whether this person may write and read them.
 */
may_carry: boolean, 
/**
 * The other laptops of the service, those that are for this site's work first.
 */
laptops: Array<BundleLaptop>, 
/**
 * Sticks that are in this computer now.
 */
sticks: Array<Stick>, };

/**
 * Second opinions on an assessment, and what is needed to ask for one.
 */
export type CaseOpinions = { 
/**
 * The newest first.
 */
opinions: Array<OpinionView>, 
/**
 * Why one is suggested, in words: by the rules, or since the patient wishes for one.
 */
suggested: Array<string>, 
/**
 * Who wishes for it, as the form begins: a value of `wishes`.
 */
wished: string, 
/**
 * The person at work may ask for one.
 */
may_ask: boolean, 
/**
 * The opinion that hides what was decided from the person at work; none while none does.
 */
hidden: string | null, 
/**
 * Colleagues to ask.
 */
people: Array<Choice>, 
/**
 * Roles to ask, where whoever is free answers.
 */
roles: Array<Choice>, 
/**
 * Questions to choose from.
 */
questions: Array<Choice>, 
/**
 * Who may wish for one.
 */
wishes: Array<Choice>, 
/**
 * Who may settle it where the two differ.
 */
settlers: Array<Choice>, };

/**
 * How far one case has come.
 */
export type CaseSync = { 
/**
 * Saved, at the hub server, opened at the hub, decided, back at the spoke, plan given; those
 * that have no meaning here are left out.
 */
steps: Array<ReceiptStep>, 
/**
 * As of when what is here of each other site is.
 */
as_of: Array<SiteAsOf>, };

/**
 * The cases that a content bears on.
 */
export type CasesUnder = { 
/**
 * How many, in one sentence.
 */
words: string, 
/**
 * Decided under it: to be looked at again once it is withdrawn.
 */
decided: Array<AffectedCase>, 
/**
 * Open: what changes when it is withdrawn.
 */
open: Array<AffectedCase>, };

/**
 * A change of one's own passphrase.
 */
export type ChangePassphrase = { 
/**
 * The one of now.
 */
old: string, 
/**
 * The new one.
 */
passphrase: string, 
/**
 * The same again.
 */
passphrase_again: string, };

/**
 * A value to choose and its label.
 */
export type Choice = { 
/**
 * What is sent back.
 */
value: string, 
/**
 * What is shown.
 */
label: string, };

/**
 * Why a rule fires in a case, or why not.
 */
export type ChosenRule = { 
/**
 * Id.
 */
id: string, 
/**
 * fires, in-conflict, open or does-not.
 */
turns_out: string, 
/**
 * In one sentence.
 */
words: string, 
/**
 * What it asks, with what is known of each fact; none for the default.
 */
when: ConditionView | null, };

/**
 * One line of today's clinic.
 */
export type ClinicSlot = { 
/**
 * HH:MM.
 */
time: string, 
/**
 * Patient id.
 */
patient: string, 
/**
 * Assessment to continue, if any.
 */
assessment: string | null, 
/**
 * Name as in lists.
 */
name: string, 
/**
 * What it is for.
 */
purpose: string, 
/**
 * done, next, later.
 */
state: string, 
/**
 * The button's word: Start, Continue, Open.
 */
button: string, };

/**
 * An event as typed.
 */
export type ClockEventForm = { 
/**
 * Kind.
 */
what: string, 
/**
 * ISO date; empty when nobody knows it.
 */
on: string, 
/**
 * ISO date the patient and the referrer were told; empty when nobody knows it.
 */
told: string, 
/**
 * It is shown that the patient was told of the appointment in good time.
 */
notice_shown: boolean, 
/**
 * Safe, and not against the patient's interest.
 */
safe: boolean, };

/**
 * A kind of event that can be recorded.
 */
export type ClockEventKind = { 
/**
 * Id sent back.
 */
id: string, 
/**
 * In words.
 */
label: string, 
/**
 * Ask when the patient and the referrer were told.
 */
asks_told: boolean, 
/**
 * Ask whether notice of the appointment is shown.
 */
asks_notice: boolean, 
/**
 * Ask whether the discharge was safe.
 */
asks_safe: boolean, };

/**
 * How a site's waits are counted.
 */
export type ClockSettings = { 
/**
 * consultant-led, interface or community.
 */
service: string, 
/**
 * Its clocks go into the national return.
 */
returned_nationally: boolean, 
/**
 * Which day a discharge after a missed follow-up stops the clock on: discharge or appointment.
 */
missed_follow_up: string, 
/**
 * Somebody of this site set it. Ignored when sent.
 */
set: boolean, };

/**
 * What one event did to a clock.
 */
export type ClockStep = { 
/**
 * DD-Mmm-YYYY or "No date".
 */
on: string, 
/**
 * What happened.
 */
what: string, 
/**
 * The rule that was applied.
 */
rule: string, 
/**
 * How well the rule's wording was checked: V, V2, M or D.
 */
mark: string, };

/**
 * A patient's waiting-time clock, with what it stands on.
 */
export type ClockView = { 
/**
 * The same in few words.
 */
wait: Wait, 
/**
 * Where it stands, in a sentence.
 */
state: string, 
/**
 * The rule it stands by.
 */
rule: string, 
/**
 * The national status codes that fit, such as "30 First treatment".
 */
codes: Array<string>, 
/**
 * It runs and is reported as over 52 weeks.
 */
over_52_weeks: boolean, 
/**
 * Dates nobody wrote down, each with what to enter.
 */
missing: Array<string>, 
/**
 * What each event did, in the order of their days.
 */
steps: Array<ClockStep>, 
/**
 * What else is to be known: not returned nationally, not set by this site.
 */
notes: Array<string>, 
/**
 * The person at work may record events.
 */
may_record: boolean, 
/**
 * What can be recorded.
 */
kinds: Array<ClockEventKind>, };

/**
 * A colleague to be added on this laptop.
 */
export type ColleagueForm = { 
/**
 * Full name.
 */
name: string, 
/**
 * Role value.
 */
role: string, 
/**
 * Site ids.
 */
sites: Array<string>, 
/**
 * Their passphrase, which they type themselves.
 */
passphrase: string, 
/**
 * The same again.
 */
passphrase_again: string, 
/**
 * ISO date of the first day; empty for today.
 */
first_day: string, 
/**
 * ISO date of the last day; empty for a year.
 */
last_day: string, 
/**
 * The passphrase of whoever adds them.
 */
own_passphrase: string, };

/**
 * One thing that identifies somebody, as each of two records says it.
 */
export type CompareRow = { 
/**
 * What it is.
 */
label: string, 
/**
 * On the left.
 */
one: string, 
/**
 * On the right.
 */
other: string, 
/**
 * They differ.
 */
differs: boolean, };

/**
 * What another ruleset would change.
 */
export type Comparison = { 
/**
 * The rules in use.
 */
before: RulesetHead, 
/**
 * The other ones; none when their file cannot be read.
 */
after: RulesetHead | null, 
/**
 * Where the file is at fault.
 */
fault: RulesetFault | null, 
/**
 * What the proof says of the other rules.
 */
proof: Array<ProofLine>, 
/**
 * The whole proof in one sentence; none when the file cannot be read.
 */
proved: string | null, 
/**
 * Rules that are new, changed or gone.
 */
changes: Array<RuleChange>, 
/**
 * Who of the open cases would move; why nobody is listed, when nobody may be.
 */
cases: string, 
/**
 * Those who would move.
 */
movers: Array<Mover>, 
/**
 * The same of the vignettes, in one sentence.
 */
vignettes: string, 
/**
 * Those of them that would move.
 */
vignette_movers: Array<Mover>, 
/**
 * That nothing is adopted here.
 */
note: string, };

/**
 * Part of what a rule asks.
 */
export type ConditionView = { 
/**
 * all, any, none, or fact.
 */
joined: string, 
/**
 * "All of these hold", or the test of one fact.
 */
words: string, 
/**
 * What it joins; empty for a fact.
 */
parts: Array<ConditionView>, 
/**
 * How it turns out in a case: fits, does-not, open or in-conflict; none outside a case.
 */
turns_out: string | null, 
/**
 * What is known of the fact in that case.
 */
known: string | null, 
/**
 * Question behind the fact, to go to; none for a fact that is worked out.
 */
question: string | null, };

/**
 * One of the values.
 */
export type ConflictVersion = { 
/**
 * Entry id.
 */
entry: string, 
/**
 * The value in words.
 */
words: string, 
/**
 * "This laptop", or the site of the other one.
 */
place: string, 
/**
 * Who wrote it and when; when it happened, where it was typed later.
 */
who: string, 
/**
 * What it says where the versions differ, field by field; a field it does not have is left out.
 */
differs: Array<Labelled>, 
/**
 * Why it was changed, if somebody said so.
 */
reason: string | null, };

/**
 * Values that did not see each other, until a clinician settles them.
 */
export type ConflictView = { 
/**
 * Names the conflict as it is now.
 */
id: string, 
/**
 * What it is about, in a few words.
 */
what: string, 
/**
 * What holds until it is settled.
 */
holds: string, 
/**
 * The values, each with who, when and where.
 */
versions: Array<ConflictVersion>, 
/**
 * one, all-or-one, sign: one holds; all hold or one does; only a new signature settles it.
 */
settle: string, 
/**
 * This person may settle it.
 */
may_settle: boolean, };

/**
 * A rule that was considered and does not hold.
 */
export type ConsideredView = { 
/**
 * What it would give: "Same day, Another specialist, urgently".
 */
would_give: string, 
/**
 * Why it does not hold, or what is still open.
 */
because: string, 
/**
 * What speaks for it.
 */
found: Array<FindingView>, 
/**
 * Rule id.
 */
rule: string, 
/**
 * Citation.
 */
citation: string, 
/**
 * V, V2, M or D.
 */
mark: string, };

/**
 * What is read before signing.
 */
export type ContentReview = { 
/**
 * The content.
 */
content: ContentView, 
/**
 * What is in a table or a pack, line by line.
 */
words: Array<string>, 
/**
 * For a ruleset: the proof and who would move.
 */
comparison: Comparison | null, };

/**
 * How a content stands.
 */
export type ContentState = "draft" | "half" | "in-use" | "unsettled" | "replaced" | "withdrawn";

/**
 * One content and how it stands.
 */
export type ContentView = { 
/**
 * ruleset, medicines-table or instrument-pack.
 */
what: string, 
/**
 * Which of its sort.
 */
id: string, 
/**
 * Name and version.
 */
name: string, 
/**
 * What it is for.
 */
title: string, 
/**
 * Its whole digest.
 */
digest: string, 
/**
 * The first eight digits, in fours.
 */
digest_short: string, 
/**
 * How it stands.
 */
state: ContentState, 
/**
 * The same in words, with who and when.
 */
status: string, 
/**
 * This person may sign for it now.
 */
may_adopt: boolean, 
/**
 * Why not, whoever it is.
 */
why_not: string | null, 
/**
 * This person may withdraw it now.
 */
may_withdraw: boolean, };

/**
 * A choice, and how many cases fit it.
 */
export type CountedChoice = { 
/**
 * What is sent back.
 */
value: string, 
/**
 * Its words.
 */
label: string, 
/**
 * How many fit.
 */
count: number, };

/**
 * A supervisor's signature under what a doctor in training decided.
 */
export type CountersignForm = { 
/**
 * Digest of the basis it was read on.
 */
basis_digest: string, 
/**
 * The supervisor's comment, if any.
 */
comment: string, 
/**
 * Passphrase again: the signature is the person's.
 */
passphrase: string, };

/**
 * An absence to be covered.
 */
export type CoverForm = { 
/**
 * Staff id of who is away.
 */
absent: string, 
/**
 * Staff id of who covers.
 */
by: string, 
/**
 * ISO date of the first day.
 */
from: string, 
/**
 * ISO date of the last day.
 */
to: string, 
/**
 * What whoever covers should know; nothing of a patient.
 */
note: string, };

/**
 * An absence and who covers it.
 */
export type CoverRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Who is away.
 */
absent: string, 
/**
 * Who covers.
 */
by: string, 
/**
 * "24-Nov-2026 to 28-Nov-2026".
 */
dates: string, 
/**
 * Today lies within.
 */
now: boolean, 
/**
 * What whoever covers should know.
 */
note: string, 
/**
 * The person at work may take it back.
 */
may_end: boolean, };

/**
 * What a CSV file holds, before or after it went in.
 */
export type CsvReport = { 
/**
 * Rows that go in.
 */
good: Array<GoodRow>, 
/**
 * Rows that do not, each with line, field and reason. Nothing of them is imported.
 */
bad: Array<BadRow>, 
/**
 * Rows written by this call.
 */
imported: number, 
/**
 * Headings the file may have, in words.
 */
headings: Array<string>, };

/**
 * A death, or that it was recorded in error.
 */
export type DeathForm = { 
/**
 * The person has died; false takes back what was recorded.
 */
died: boolean, 
/**
 * `2026-11-20`, `2026-11`, `2026`, or empty.
 */
date: string, 
/**
 * Who told.
 */
source: string, 
/**
 * More of it.
 */
note: string, 
/**
 * Why, where something is recorded already.
 */
reason: string, };

/**
 * What is recorded of a death.
 */
export type DeathView = { 
/**
 * "Died 20-Nov-2026", if that stands.
 */
words: string | null, 
/**
 * What is said differs and has to be settled.
 */
conflict: boolean, 
/**
 * What stands now, one line for each.
 */
said: Array<DetailValue>, 
/**
 * What was said before, newest first.
 */
before: Array<DetailValue>, 
/**
 * Who may have told.
 */
sources: Array<Choice>, 
/**
 * What is still open about somebody who has died, in sentences.
 */
left: Array<string>, };

/**
 * One thing that rules decide, such as the urgency.
 */
export type Decided = { 
/**
 * Fixed name.
 */
id: string, 
/**
 * Heading.
 */
title: string, 
/**
 * Its values, such as "Same day".
 */
values: Array<DecidedValue>, };

/**
 * One value, and the rules that give it.
 */
export type DecidedValue = { 
/**
 * Fixed name, unique within what is decided.
 */
id: string, 
/**
 * Heading.
 */
title: string, 
/**
 * Ids of rules, in their order.
 */
rules: Array<string>, };

/**
 * What a clinician signs.
 */
export type DecisionForm = { 
/**
 * Disposition code, D01 to D19.
 */
lead: string, 
/**
 * Urgency value.
 */
urgency: string, 
/**
 * Strand values.
 */
strands: Array<string>, 
/**
 * Reason value when it differs from the proposal.
 */
reason: string, 
/**
 * At least a sentence when it differs.
 */
reason_text: string, 
/**
 * The clinician's comment.
 */
comment: string, 
/**
 * Digest of the basis the form was made on.
 */
basis_digest: string, 
/**
 * Passphrase again: the signature is the person's.
 */
passphrase: string, };

/**
 * A decision as signed.
 */
export type DecisionView = { 
/**
 * Lead disposition in words.
 */
lead: string, 
/**
 * Urgency in words.
 */
urgency: string, 
/**
 * Urgency tag.
 */
urgency_tag: UrgencyTag, 
/**
 * Strands in words.
 */
strands: Array<string>, 
/**
 * As proposed, or changed with a reason.
 */
as_proposed: boolean, 
/**
 * Reason, if something else was signed.
 */
reason: string | null, 
/**
 * Comment.
 */
comment: string, 
/**
 * Signed by, role, when.
 */
signed: string, 
/**
 * The doctor in training whose decision this countersigns, with when.
 */
countersigns: string | null, 
/**
 * Ruleset it was made under.
 */
ruleset: string, 
/**
 * That those rules were withdrawn since, and why.
 */
withdrawn: string | null, 
/**
 * Entries that arrived after: "made without seeing ...".
 */
not_seen: Array<string>, };

/**
 * One detail of a person.
 */
export type DetailRow = { 
/**
 * Which: family, given, ... as in the record.
 */
field: string, 
/**
 * Its name.
 */
label: string, 
/**
 * The value as it is edited; empty when it is not known.
 */
value: string, 
/**
 * The value as it is read.
 */
words: string, 
/**
 * Choices, where it is chosen from a list.
 */
choices: Array<Choice>, 
/**
 * It says who this is: a change needs a reason, and a conflict stops printing and signing.
 */
identifies: boolean, 
/**
 * Values that did not see each other; empty unless they differ.
 */
conflict: Array<DetailValue>, 
/**
 * Values that stand no more, newest first.
 */
before: Array<DetailValue>, };

/**
 * One value that was written.
 */
export type DetailValue = { 
/**
 * The value as it is edited.
 */
value: string, 
/**
 * The value as it is read.
 */
words: string, 
/**
 * Who wrote it, and when: "Ama Osei, 24-Nov-2026 10:20".
 */
who: string, 
/**
 * Why it replaced the one before, if anybody said.
 */
reason: string | null, };

/**
 * Changes to details.
 */
export type DetailsForm = { 
/**
 * Field -> new value, of those that change.
 */
fields: { [key in string]: string }, 
/**
 * What stood there was wrong, rather than having changed.
 */
corrects: boolean, 
/**
 * Why.
 */
reason: string, };

/**
 * How much of a document was brought.
 */
export type DocumentBrought = { 
/**
 * Bytes so far.
 */
bytes: number, };

/**
 * What a document is.
 */
export type DocumentForm = { 
/**
 * One of the kinds.
 */
what: string, 
/**
 * What it says on the list.
 */
title: string, 
/**
 * Bytes of the whole file, all of which were brought.
 */
bytes: number, };

/**
 * A document that may be read now, piece by piece.
 */
export type DocumentOpened = { 
/**
 * Its title.
 */
title: string, 
/**
 * Its media type.
 */
media: string, 
/**
 * Bytes of all of it.
 */
bytes: number, };

/**
 * A piece of it.
 */
export type DocumentPiece = { 
/**
 * Base64.
 */
piece: string, 
/**
 * Where the next one begins; none after the last.
 */
next: number | null, };

/**
 * One document.
 */
export type DocumentRow = { 
/**
 * Its id, to be sent back.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * What it is, its form and its size: "Referral letter, PDF, 2.1 MB".
 */
what: string, 
/**
 * Who attached it and when.
 */
who: string, 
/**
 * Where it is, in words.
 */
place: string, 
/**
 * It is here and nowhere else, which somebody should know.
 */
only_here: boolean, 
/**
 * It is here, and the window can show it.
 */
can_open: boolean, 
/**
 * It is here, so a copy can be saved.
 */
can_save: boolean, 
/**
 * It is not here and can be fetched: what that takes, in words.
 */
fetch: string | null, };

/**
 * The documents of a patient's record.
 */
export type DocumentsView = { 
/**
 * Whether this person may attach one.
 */
may_attach: boolean, 
/**
 * What a document may be.
 */
kinds: Array<Choice>, 
/**
 * The most bytes of one.
 */
largest: number, 
/**
 * The newest first.
 */
rows: Array<DocumentRow>, };

/**
 * A locked record, seen from outside: counts only, no patient data.
 */
export type Door = { 
/**
 * Name of the service.
 */
service: string, 
/**
 * Name of the site.
 */
site: string, 
/**
 * True for the demo clinic: striped bar on each screen.
 */
demo: boolean, 
/**
 * Everyone who can unlock this laptop.
 */
staff: Array<StaffTile>, 
/**
 * For `recovery`: one sentence that says what is missing.
 */
reason: string | null, 
/**
 * Shown on the demo's lock screen only: the demo passphrase.
 */
demo_passphrase: string | null, 
/**
 * False when the laptop keeps its key without a keyring; said in settings and here.
 */
keyring_held: boolean, 
/**
 * Emergencies found here that the hub has not been told of: shown at lock too.
 */
hub_not_told: number, 
/**
 * Version of the program and its intended use.
 */
about: About, };

/**
 * Two records side by side.
 */
export type DuplicatePair = { 
/**
 * What tells it from the others.
 */
id: string, 
/**
 * Why they are thought to be of one person.
 */
why: string, 
/**
 * Patient id of the record on the left.
 */
one: string, 
/**
 * Patient id of the record on the right.
 */
other: string, 
/**
 * Name on the left, as in lists.
 */
one_name: string, 
/**
 * Name on the right.
 */
other_name: string, 
/**
 * What identifies the two, line by line.
 */
rows: Array<CompareRow>, };

/**
 * Records of two sites that may be of one person.
 */
export type Duplicates = { 
/**
 * This laptop stands at the hub. Anywhere else nothing is compared, and no pair says nothing.
 */
at_hub: boolean, 
/**
 * Pairs that nobody has spoken on yet.
 */
pairs: Array<DuplicatePair>, 
/**
 * How it may have been established that they are one person, or two.
 */
grounds: Array<Choice>, 
/**
 * The person at work may say so.
 */
may_link: boolean, };

/**
 * Something the spoke was asked.
 */
export type EnquiryView = { 
/**
 * Enquiry id.
 */
id: string, 
/**
 * What is asked.
 */
text: string, 
/**
 * "The hub asks" or "Asked".
 */
title: string, 
/**
 * By whom and when.
 */
asked: string, 
/**
 * Of which site.
 */
to: string, 
/**
 * By when the answer is wanted.
 */
by: string, 
/**
 * `3 days late`, or none.
 */
late: string | null, 
/**
 * Nobody has answered.
 */
open: boolean, 
/**
 * Every answer, with whoever gave it and when.
 */
answers: Array<Labelled>, 
/**
 * What is said of the clock meanwhile.
 */
clock: string, };

/**
 * The first signature of an erasure.
 */
export type ErasureForm = { 
/**
 * The legal ground.
 */
ground: string, 
/**
 * Where the paper is filed.
 */
reference: string, 
/**
 * The passphrase again.
 */
passphrase: string, };

/**
 * An erasure: asked for, or done.
 */
export type ErasureLine = { 
/**
 * The entry that asked for it.
 */
asked: string, 
/**
 * The patient's record, by its random id.
 */
patient: string, 
/**
 * Whom it is about, while that can still be read; else the first digits of the record's id.
 */
whom: string, 
/**
 * The legal ground, in words.
 */
ground: string, 
/**
 * Where the paper is filed.
 */
reference: string, 
/**
 * Who asked and when.
 */
asked_by: string, 
/**
 * Who confirmed and when, once somebody did.
 */
confirmed_by: string | null, 
/**
 * The person at work may confirm it: another than the one who asked, in a role that may.
 */
may_confirm: boolean, };

/**
 * Every erasure of the service.
 */
export type ErasuresView = { 
/**
 * Waiting for a second signature.
 */
asked: Array<ErasureLine>, 
/**
 * Done.
 */
done: Array<ErasureLine>, 
/**
 * This role signs erasures.
 */
may_erase: boolean, };

/**
 * Why a proposal is not otherwise, and what would change it. A measure of how much hangs on an
 * answer, never advice to answer otherwise.
 */
export type Explanation = { 
/**
 * Why nothing is said: proposals are off, or hidden until a clinician has chosen.
 */
withheld: string | null, 
/**
 * More urgent rules for which something that was found speaks, and why they do not hold.
 */
considered: Array<ConsideredView>, 
/**
 * "If ... were present, the rules would give Emergency"; each by another rule.
 */
raises: Array<string>, 
/**
 * How many single answers would make it more urgent; empty when none would.
 */
raised_by_one: string, 
/**
 * The same for less urgent.
 */
lowers: Array<string>, 
/**
 * The same for another pathway with the same urgency.
 */
lead: Array<string>, 
/**
 * That not all could be worked out.
 */
note: string | null, };

/**
 * The one error that crosses to the screen: a code it can act on and a sentence for the person.
 * Never carries patient data.
 */
export type Fault = { 
/**
 * What the screen can do.
 */
code: FaultCode, 
/**
 * One plain sentence that ends with what to do next.
 */
message: string, 
/**
 * For `invalid`: the fields, in the order of the form.
 */
fields: Array<FieldFault>, 
/**
 * For `wrong-passphrase`: seconds until the next try.
 */
wait_seconds: number | null, };

/**
 * What the screen can do about a fault. A code exists only where a screen acts on it.
 */
export type FaultCode = "locked" | "wrong-passphrase" | "needs-recovery" | "invalid" | "not-allowed" | "stale" | "not-saved" | "other";

/**
 * One field that was refused, and why.
 */
export type FieldFault = { 
/**
 * The form's field name.
 */
field: string, 
/**
 * One plain sentence.
 */
message: string, };

/**
 * A figure of a questionnaire. A number on the wire: whole, or with the decimals it has.
 */
export type Figure = number;

/**
 * An answer, or something worked out from answers, that a value rests on.
 */
export type FindingView = { 
/**
 * The question, when it was asked; none when it is worked out.
 */
question: string | null, 
/**
 * "Losing weight without trying: present".
 */
words: string, };

/**
 * "Finish", and what had to be said first.
 */
export type FinishForm = { 
/**
 * Why warning signs have no answer.
 */
reason: string, 
/**
 * The safety-net that was given.
 */
safety_net: string, 
/**
 * The person has seen in whose name it is finished, and means it. Without it nothing is
 * finished: what is still in the way is told.
 */
sure: boolean, 
/**
 * Their PIN or passphrase, where more than one person unlocks this laptop.
 */
passphrase: string, };

/**
 * The answer to this laptop's request.
 */
export type FinishJoiningForm = { 
/**
 * The path of the answer's file.
 */
answer: string, 
/**
 * The six words of the service, as the administrator read them out.
 */
words: string, 
/**
 * The passphrase that this laptop asked with.
 */
passphrase: string, };

/**
 * What "Finish" found.
 */
export type FinishOutcome = { 
/**
 * Finished and written.
 */
finished: boolean, 
/**
 * Must-have questions without a value: id and text.
 */
missing: Array<Choice>, 
/**
 * Warning signs declined or that cannot be answered: a reason and a safety-net are needed.
 */
needs_safety_net: Array<Choice>, 
/**
 * Red actions that block finishing.
 */
blocked_by: Array<string>, 
/**
 * In whose name it is finished, such as "Nurse A. Osei".
 */
author: string, 
/**
 * True when that person has to show that it is them.
 */
asks_again: boolean, };

/**
 * A task that is done.
 */
export type FinishTaskForm = { 
/**
 * ISO date.
 */
done_on: string, 
/**
 * Who was told.
 */
told: string, 
/**
 * Their reference, or the date they gave.
 */
receipt: string, };

/**
 * A questionnaire that can be added to an assessment.
 */
export type FormChoice = { 
/**
 * Instrument id.
 */
instrument: string, 
/**
 * Name.
 */
name: string, 
/**
 * What it measures, in own words.
 */
measures: string, 
/**
 * Items on it.
 */
items: number, 
/**
 * Why it cannot be added here; none when it can.
 */
unfit: string | null, };

/**
 * How a questionnaire was completed, as entered.
 */
export type FormFields = { 
/**
 * Completed on the licensed form held by this service.
 */
licensed_form: boolean, 
/**
 * Way: self, read-aloud, telephone or proxy.
 */
how: string, 
/**
 * ISO date it was completed on; empty stands for today while it is being added.
 */
completed: string, };

/**
 * A questionnaire that was added to an assessment.
 */
export type FormView = { 
/**
 * Instrument id.
 */
instrument: string, 
/**
 * Name.
 */
name: string, 
/**
 * What it measures, in own words.
 */
measures: string, 
/**
 * Version of the scoring rule and language of the form.
 */
version: string, 
/**
 * The holder's line.
 */
attribution: string, 
/**
 * The terms of use.
 */
licence: string, 
/**
 * Whose words the items have: `numbers`, `pack` or `own`.
 */
wording: string, 
/**
 * Of the pack: "Licence X of Y, held by Z until 31-Mar-2027".
 */
pack: string | null, 
/**
 * The tick "completed on the licensed form held by this service" is needed.
 */
needs_tick: boolean, 
/**
 * It is set.
 */
licensed_form: boolean, 
/**
 * Its answers count.
 */
counts: boolean, 
/**
 * How it was completed.
 */
how: string, 
/**
 * Ways to choose from.
 */
ways: Array<Choice>, 
/**
 * ISO date it was completed on.
 */
completed: string, };

/**
 * Who was found.
 */
export type Found = { 
/**
 * The likeliest first.
 */
hits: Array<Hit>, 
/**
 * How many fit, such as "40 of more than 200 people. Type more of the name ...".
 */
words: string, };

/**
 * One of them.
 */
export type FoundBackup = { 
/**
 * Its folder, to be sent back.
 */
folder: string, 
/**
 * When, of which service and site, and how much.
 */
words: string, 
/**
 * Who could unlock it.
 */
staff: Array<StaffTile>, 
/**
 * Only the recovery sheet opens it: it holds no passphrase.
 */
only_sheet: boolean, };

/**
 * Backups in a folder, as the door shows them.
 */
export type FoundBackups = { 
/**
 * The newest first.
 */
backups: Array<FoundBackup>, 
/**
 * What else was found, in words: folders that look like a backup and are none.
 */
note: string | null, 
/**
 * A record is here: it is moved aside and never overwritten.
 */
record_here: boolean, 
/**
 * The program and the passphrase's rules.
 */
about: About, };

/**
 * The service that a sheet opens.
 */
export type FoundService = { 
/**
 * Name of the service.
 */
service: string, 
/**
 * Where the laptop stood whose sheet it is.
 */
site: string, 
/**
 * When its keys were left at the hub server, DD-Mmm-YYYY.
 */
left: string, 
/**
 * Of how many sites there are keys.
 */
sites: number, 
/**
 * Who could unlock that laptop: whoever recovers is one of them.
 */
staff: Array<Choice>, 
/**
 * Said when the hub server was put back from a copy.
 */
put_back: string | null, };

/**
 * To whom a task is given, and by when it is to be done.
 */
export type GiveTaskForm = { 
/**
 * Staff id; empty to leave it with whoever has it.
 */
to: string, 
/**
 * ISO date.
 */
due: string, };

/**
 * The plan is given: two identifiers confirmed by a person.
 */
export type GivenForm = { 
/**
 * Name checked with the patient.
 */
name_checked: boolean, 
/**
 * Date of birth as the patient said it, ISO.
 */
born: string, 
/**
 * To whom: patient, carer, post.
 */
to: string, };

/**
 * A goal in the patient's own words.
 */
export type Goal = { 
/**
 * Goal.
 */
text: string, 
/**
 * By when, ISO or empty.
 */
by: string, 
/**
 * Confidence 0 to 10, none when not asked.
 */
confidence: number | null, };

/**
 * One row that is good.
 */
export type GoodRow = { 
/**
 * Line in the file.
 */
line: number, 
/**
 * Name as in lists.
 */
name: string, 
/**
 * People who may be the same.
 */
already_known: Array<Hit>, };

/**
 * A case to be given to a colleague, with its open tasks.
 */
export type HandOverForm = { 
/**
 * Staff id of whose it will be.
 */
to: string, 
/**
 * What they should know.
 */
note: string, };

/**
 * A person found by name or number.
 */
export type Hit = { 
/**
 * Patient id.
 */
patient: string, 
/**
 * `FAMILY, Given (Title)`.
 */
name: string, 
/**
 * Born, in words.
 */
born: string, 
/**
 * NHS number or "No NHS number".
 */
nhs_number: string, 
/**
 * Address or site, to tell two alike apart.
 */
place: string, 
/**
 * Another patient here has a similar name.
 */
similar_name: boolean, 
/**
 * Why it was offered, for duplicates: "same NHS number".
 */
why: string | null, };

/**
 * Names the hub server.
 */
export type HubServerForm = { 
/**
 * `host` or `host:port`.
 */
address: string, 
/**
 * 64 hexadecimal digits; spaces and hyphens are passed over.
 */
pin: string, };

/**
 * The hub server of this laptop.
 */
export type HubServerView = { 
/**
 * `host:port`, where one is named.
 */
address: string | null, 
/**
 * Its key in 16 groups of four digits.
 */
pin: string | null, 
/**
 * The person at work may name another.
 */
may_change: boolean, };

/**
 * What a bundle holds, before anything of it is taken in.
 */
export type InspectedBundle = { 
/**
 * Who wrote it, in words.
 */
from: string, 
/**
 * When, by the clock of the laptop that wrote it.
 */
made: string, 
/**
 * Envelopes that are not here yet.
 */
new: number, 
/**
 * Envelopes that are.
 */
here: number, 
/**
 * Envelopes that this laptop may not have.
 */
not_for_here: number, 
/**
 * Six words that its writer saw as well.
 */
six_words: string, 
/**
 * All of it in words.
 */
words: string, };

/**
 * One instrument and what its wording is used under.
 */
export type InstrumentRow = { 
/**
 * Instrument id.
 */
instrument: string, 
/**
 * Name.
 */
name: string, 
/**
 * Terms of use, with how sure they are.
 */
licence: string, 
/**
 * Whose words: `shipped`, `own`, `numbers` or `pack`.
 */
wording: string, 
/**
 * Of its pack, where one was imported.
 */
pack: PackView | null, };

/**
 * Every instrument in use here, with its licence note.
 */
export type InstrumentsInUse = { 
/**
 * Instruments, those that take a pack first.
 */
instruments: Array<InstrumentRow>, 
/**
 * This person may import and withdraw packs.
 */
may_change: boolean, };

/**
 * What the intake screen needs before anything is typed.
 */
export type IntakeStart = { 
/**
 * Empty form with today's date.
 */
form: ReferralForm, 
/**
 * Warning signs that are asked of the letter.
 */
safety: Array<Choice>, 
/**
 * Genders.
 */
genders: Array<Choice>, 
/**
 * Urgencies a referrer can ask for.
 */
urgencies: Array<Choice>, };

/**
 * A note beside a row.
 */
export type ItemNote = { 
/**
 * info, check or stop.
 */
tone: string, 
/**
 * Words, with source and mark.
 */
words: string, };

/**
 * One row of a list.
 */
export type ItemView = { 
/**
 * Item id.
 */
id: string, 
/**
 * Field id -> value.
 */
fields: { [key in string]: AnswerValue }, 
/**
 * The row in words.
 */
words: string, 
/**
 * Notes to act on: OME of this line, allergy match, interactions.
 */
notes: Array<ItemNote>, };

/**
 * Who asks to join with this laptop.
 */
export type JoinForm = { 
/**
 * Full name.
 */
name: string, 
/**
 * Passphrase on this laptop.
 */
passphrase: string, 
/**
 * The same again.
 */
passphrase_again: string, 
/**
 * False only when the person accepted to go without a keyring.
 */
use_keyring: boolean, 
/**
 * The person has read the intended-use statement.
 */
read_intended_use: boolean, };

/**
 * A laptop that asked to join a service and waits for the answer.
 */
export type Joining = { 
/**
 * Who asked.
 */
name: string, 
/**
 * What this laptop is called: eight digits.
 */
laptop: string, 
/**
 * When, DD-Mmm-YYYY hh:mm.
 */
made: string, 
/**
 * The six words of the request, to be read out.
 */
words: Array<string>, 
/**
 * The request as text to be pasted into a message.
 */
text: string, 
/**
 * Where its file would be saved.
 */
folder: string, 
/**
 * Version of the program and its intended use.
 */
about: About, };

/**
 * Somebody with keys on this laptop.
 */
export type KeyHolder = { 
/**
 * Staff id.
 */
id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Role in words.
 */
role: string, 
/**
 * True for whoever asks.
 */
own: boolean, 
/**
 * How they stand, in words; empty when they can unlock.
 */
state: string, };

/**
 * Whether the machine's keyring can be used.
 */
export type KeyringNote = { 
/**
 * True when a secret can be kept there.
 */
usable: boolean, 
/**
 * One plain sentence.
 */
words: string, };

/**
 * The keys of this laptop, as its settings show them. Nothing of a key itself.
 */
export type KeysHere = { 
/**
 * How this laptop keeps its half of the key, in one sentence.
 */
keyring: string, 
/**
 * True when the keyring holds that half.
 */
keyring_held: boolean, 
/**
 * The recovery sheet, in words: when it was made, whether it was printed, when it was tried.
 */
sheet: string, 
/**
 * True when somebody should see to the sheet: never confirmed, never tried, or a year ago.
 */
sheet_wants_care: boolean, 
/**
 * When the data key of the file was last renewed, in words.
 */
data_key: string, 
/**
 * True while a PIN stands in for the passphrase at signing.
 */
pin_set: boolean, 
/**
 * Everybody who can unlock this laptop.
 */
people: Array<KeyHolder>, 
/**
 * True when this person may renew keys, the sheet and a colleague's passphrase.
 */
may_keep: boolean, 
/**
 * Shortest passphrase here, in characters.
 */
passphrase_min: number, };

/**
 * A label and its value.
 */
export type Labelled = { 
/**
 * Label.
 */
label: string, 
/**
 * Value.
 */
value: string, };

/**
 * The end of a laptop.
 */
export type LaptopEndForm = { 
/**
 * left: out of use. lost: somebody else may have it.
 */
why: string, 
/**
 * In words, for the audit.
 */
reason: string, 
/**
 * The passphrase of whoever ends it.
 */
own_passphrase: string, };

/**
 * Other sites for a laptop.
 */
export type LaptopForm = { 
/**
 * Site ids.
 */
sites: Array<string>, 
/**
 * The passphrase of whoever changes it.
 */
own_passphrase: string, };

/**
 * One laptop.
 */
export type LaptopRow = { 
/**
 * Device id.
 */
id: string, 
/**
 * What it is called: eight digits.
 */
short: string, 
/**
 * Whose keys are on it, by name.
 */
people: string, 
/**
 * Names of the sites it is enrolled for.
 */
sites: string, 
/**
 * Ids of those sites.
 */
site_values: Array<string>, 
/**
 * "Enrolled 24-Nov-2026 10:20" or "Ended".
 */
words: string, 
/**
 * It was ended.
 */
ended: boolean, 
/**
 * It is this laptop.
 */
here: boolean, 
/**
 * The person at work may change its sites.
 */
may_change: boolean, 
/**
 * The person at work may end it.
 */
may_end: boolean, };

/**
 * The laptops of the service.
 */
export type Laptops = { 
/**
 * Each laptop, those that stand first.
 */
laptops: Array<LaptopRow>, 
/**
 * The sites that may be chosen.
 */
sites: Array<Choice>, 
/**
 * The roles that may be given.
 */
roles: Array<Choice>, 
/**
 * Colleagues who may ask with another laptop.
 */
colleagues: Array<Choice>, 
/**
 * May enrol, change and end laptops.
 */
may_keep: boolean, 
/**
 * The six words of the service.
 */
words: Array<string>, 
/**
 * Where answers would be saved.
 */
folder: string, };

/**
 * When something happened and who did it, where it is written up after a downtime. All empty: as
 * it was typed.
 */
export type LateEntry = { 
/**
 * ISO date.
 */
on: string, 
/**
 * HH:MM.
 */
at: string, 
/**
 * Name of who did it; empty: the person at the desk.
 */
by: string, };

/**
 * A kind of letter and how far it is.
 */
export type LetterKind = { 
/**
 * gp, patient, hospital, hospice or discharge.
 */
to: string, 
/**
 * "To the GP".
 */
title: string, 
/**
 * "Not written", "Draft", "Approved" or "Sent".
 */
state: string, };

/**
 * One part of a letter.
 */
export type LetterPartView = { 
/**
 * Id.
 */
id: string, 
/**
 * Heading as printed; empty for the first lines.
 */
title: string, 
/**
 * What belongs here.
 */
hint: string, 
/**
 * Text; each line is one paragraph or list item.
 */
text: string, 
/**
 * Phrases to add with one press, with their source.
 */
phrases: Array<Phrase>, 
/**
 * Reading age in words, in letters to the person, while there are enough words.
 */
reading_age: string | null, 
/**
 * Filled in from the record, and nobody has changed it.
 */
drafted: boolean, 
/**
 * The letter is not approved without it.
 */
needed: boolean, 
/**
 * The entries its facts were taken from.
 */
sources: Array<LetterSource>, 
/**
 * The facts have changed since it was written.
 */
changed: boolean, 
/**
 * What the facts say now; empty where nothing is filled in.
 */
fresh: string, };

/**
 * An entry that a fact was taken from.
 */
export type LetterSource = { 
/**
 * What it says.
 */
words: string, 
/**
 * "24-Nov-2026 10:20, A. Osei".
 */
who: string, };

/**
 * A letter of an assessment's decision, to be written, approved and sent.
 */
export type LetterView = { 
/**
 * Assessment id.
 */
assessment: string, 
/**
 * gp, patient, hospital, hospice or discharge.
 */
to: string, 
/**
 * "To the GP".
 */
title: string, 
/**
 * Banner.
 */
banner: Banner, 
/**
 * Every kind of letter, with how far it is.
 */
kinds: Array<LetterKind>, 
/**
 * Version on paper, from 1.
 */
version: number, 
/**
 * Name and address, as they are to stand on the page.
 */
addressee: string, 
/**
 * It is written for the person themselves: plain words, also in large print.
 */
for_patient: boolean, 
/**
 * Parts in order.
 */
parts: Array<LetterPartView>, 
/**
 * The decision it tells of, in words.
 */
decision: string, 
/**
 * "Version 1, approved 24-Nov-2026 10:42 by Ama Osei"; none while it is a draft.
 */
approved: string | null, 
/**
 * Something was written since it was approved, or its facts changed.
 */
changed_since_approved: boolean, 
/**
 * What has to be written before it can be approved.
 */
missing: Array<string>, 
/**
 * Why it may not leave, most important first; empty when it may.
 */
holds: Array<string>, 
/**
 * What left: "Version 1 printed 24-Nov-2026 10:43".
 */
sent: Array<string>, 
/**
 * File name without patient data.
 */
file_name: string, 
/**
 * HH:MM:SS of the last save.
 */
saved_at: string | null, 
/**
 * The person at work may write it.
 */
may_write: boolean, 
/**
 * And approve it.
 */
may_approve: boolean, 
/**
 * And send it.
 */
may_send: boolean, };

/**
 * Another record.
 */
export type LinkedRecord = { 
/**
 * The record's id.
 */
patient: string, 
/**
 * `FAMILY, Given (Title)` as that record alone has it.
 */
name: string, 
/**
 * Born, in words.
 */
born: string, 
/**
 * NHS number in words.
 */
nhs_number: string, 
/**
 * The person is found under this one.
 */
leads: boolean, 
/**
 * How it was established, by whom and when.
 */
who: string, };

/**
 * A list such as medicines or allergies.
 */
export type ListView = { 
/**
 * Id: medicine, allergy, condition, treatment, region, device, person.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Help.
 */
hint: string, 
/**
 * Words to say that there are none, such as "No known allergies"; may be empty.
 */
none_words: string, 
/**
 * What is known of the whole list: none said, or unanswered.
 */
state: AnswerView, 
/**
 * Columns.
 */
fields: Array<QuestionView>, 
/**
 * Rows.
 */
items: Array<ItemView>, 
/**
 * Rows offered from last time.
 */
offered: Array<ItemView>, };

/**
 * Local emergency numbers. None is shipped; the site enters and confirms its own.
 */
export type LocalNumbers = { 
/**
 * The hub's number for an emergency found at a spoke.
 */
hub: string, 
/**
 * Crisis team.
 */
crisis: string, 
/**
 * Metastatic spinal cord compression coordinator.
 */
mscc: string, 
/**
 * Local safeguarding.
 */
safeguarding: string, 
/**
 * Spinal or musculoskeletal urgent pathway.
 */
spinal: string, 
/**
 * The clinic, for the printed plan, in hours.
 */
clinic: string, 
/**
 * Out of hours, for the printed plan.
 */
out_of_hours: string, 
/**
 * Somebody rang each of them and says they are right.
 */
confirmed: boolean, };

/**
 * A medicine as it is taken.
 */
export type MedicineRow = { 
/**
 * Name and strength.
 */
name: string, 
/**
 * How it is taken.
 */
taken: string, 
/**
 * What for.
 */
purpose: string, 
/**
 * Its part of the OME, and what to act on.
 */
notes: Array<ItemNote>, };

/**
 * Takes entries that were made on the wrong patient to the right one.
 */
export type MoveForm = { 
/**
 * One entry, or empty.
 */
entry: string, 
/**
 * A whole assessment with everything in it, or empty.
 */
assessment: string, 
/**
 * The right patient.
 */
to: string, 
/**
 * Name checked against what the entries are about.
 */
name_checked: boolean, 
/**
 * The right patient's date of birth as it was checked, ISO.
 */
born: string, 
/**
 * Why.
 */
reason: string, };

/**
 * One part that would change.
 */
export type MoveView = { 
/**
 * Urgency, Pathway and so on.
 */
part: string, 
/**
 * As it is.
 */
from: string, 
/**
 * As it would be.
 */
to: string, };

/**
 * Somebody who would move.
 */
export type Mover = { 
/**
 * Patient to open; none for a vignette.
 */
patient: string | null, 
/**
 * "NDLOVU, Thabo (Mr)", or the vignette's id.
 */
name: string, 
/**
 * NHS number and stage, or the vignette in words.
 */
note: string, 
/**
 * What would change.
 */
moves: Array<MoveView>, 
/**
 * Rules that newly fire or no longer fire, with their words.
 */
because: Array<string>, };

/**
 * The best question to ask next.
 */
export type NextView = { 
/**
 * Question id.
 */
question: string, 
/**
 * Section it stands in.
 */
section: string, 
/**
 * Text.
 */
text: string, 
/**
 * "Settles Urgency and Pathway".
 */
settles: string, };

/**
 * The NHS number, checked as it is typed.
 */
export type NhsCheck = { 
/**
 * empty, incomplete, valid, invalid.
 */
state: string, 
/**
 * 3-3-4 when valid.
 */
display: string | null, 
/**
 * One sentence.
 */
words: string, };

/**
 * A note as it is written.
 */
export type NoteForm = { 
/**
 * What it says.
 */
text: string, 
/**
 * Restricted: kept out of every list, line, plan and copy.
 */
restricted: boolean, };

/**
 * What a note said.
 */
export type NoteVersion = { 
/**
 * The words.
 */
text: string, 
/**
 * "Ama Osei, 24-Nov-2026 10:20".
 */
who: string, 
/**
 * It was marked as made in error.
 */
in_error: boolean, };

/**
 * A restricted note that was opened.
 */
export type NoteView = { 
/**
 * The note.
 */
note: string, 
/**
 * What it says and said before, newest first.
 */
versions: Array<NoteVersion>, 
/**
 * The person may lift the restriction.
 */
may_lift: boolean, };

/**
 * A red open action: an emergency acted on before it is recorded, or a hub not told.
 */
export type OpenAction = { 
/**
 * Action id.
 */
id: string, 
/**
 * Patient id.
 */
patient: string, 
/**
 * Assessment it arose in.
 */
assessment: string | null, 
/**
 * Patient's name as in lists.
 */
name: string, 
/**
 * What is open: "Acting now: record what was done".
 */
words: string, 
/**
 * Since when.
 */
since: string, 
/**
 * Whom to phone, when a number has been confirmed: the hub, or for not-opened the spoke.
 */
phone: string | null, 
/**
 * safety-record, emergency-record, hub-not-told, not-opened.
 */
kind: string, 
/**
 * The route to open when it is pressed, such as "ces".
 */
route: string | null, };

/**
 * Which screen a row opens.
 */
export type Opens = "patient" | "assessment" | "result" | "plan";

/**
 * An opinion with the case it is about, to be answered or settled.
 */
export type OpinionCase = { 
/**
 * The opinion.
 */
opinion: OpinionView, 
/**
 * The case, without what a blind opinion hides.
 */
result: TriageResult, 
/**
 * What was decided is hidden from the person at work.
 */
hidden: boolean, 
/**
 * Ways to answer, where there is a decision to agree or disagree with; else none.
 */
verdicts: Array<Choice>, 
/**
 * Ways to settle it.
 */
ways: Array<Choice>, };

/**
 * A second opinion, to be signed.
 */
export type OpinionForm = { 
/**
 * agree, agree-with-change or disagree; empty where it is blind or nothing is decided.
 */
agrees: string, 
/**
 * Disposition code.
 */
lead: string, 
/**
 * Urgency value.
 */
urgency: string, 
/**
 * Strand values.
 */
strands: Array<string>, 
/**
 * What would be changed, in words.
 */
change: string, 
/**
 * Why, in words.
 */
reason: string, 
/**
 * Digest of the basis it was read on.
 */
basis_digest: string, 
/**
 * Passphrase again: the signature is the person's.
 */
passphrase: string, };

/**
 * Second opinions that concern the person at work.
 */
export type OpinionList = { 
/**
 * Asked of them or of their role, the earliest day first.
 */
asked: Array<OpinionRow>, 
/**
 * Two views that differ, and that concern them.
 */
differ: Array<OpinionRow>, 
/**
 * Asked by them and not answered yet.
 */
waiting: Array<OpinionRow>, 
/**
 * Asked by them and answered, the newest first.
 */
answered: Array<OpinionRow>, 
/**
 * The person at work may see how often opinions agree.
 */
may_see_agreement: boolean, };

/**
 * One of them.
 */
export type OpinionRow = { 
/**
 * Opinion id.
 */
opinion: string, 
/**
 * Patient id.
 */
patient: string, 
/**
 * Patient's name as in lists.
 */
name: string, 
/**
 * Another patient here has a similar name.
 */
similar_name: boolean, 
/**
 * The question in the asker's words; may be empty.
 */
text: string, 
/**
 * Who asked whom, and when.
 */
who: string, 
/**
 * By when.
 */
by: string, 
/**
 * How late it is.
 */
late: string | null, 
/**
 * It is asked blind.
 */
blind: boolean, 
/**
 * The person at work settles it.
 */
to_settle: boolean, 
/**
 * The one thing to do, as the button says it.
 */
action: string, };

/**
 * What one of the two says.
 */
export type OpinionSaid = { 
/**
 * Who signed it, and when.
 */
who: string, 
/**
 * "Decided first", "Agrees", "Agrees, with a change", "Disagrees", "Given before a decision".
 */
verdict: string, 
/**
 * It disagrees.
 */
disagrees: boolean, 
/**
 * It was given without having seen what had been decided.
 */
blind: boolean, 
/**
 * Lead disposition in words.
 */
lead: string, 
/**
 * Urgency in words.
 */
urgency: string, 
/**
 * Urgency tag.
 */
urgency_tag: UrgencyTag, 
/**
 * Strands in words.
 */
strands: Array<string>, 
/**
 * What would be changed, in words.
 */
change: string, 
/**
 * Why, in words.
 */
reason: string, };

/**
 * One second opinion.
 */
export type OpinionView = { 
/**
 * Opinion id.
 */
opinion: string, 
/**
 * The assessment it is about.
 */
assessment: string, 
/**
 * The question from the list, in words.
 */
question: string, 
/**
 * The question in the asker's own words; may be empty.
 */
text: string, 
/**
 * Who asked, and when.
 */
asked: string, 
/**
 * Whom: "Dr Imran Hale, consultant", "Any consultant".
 */
of: string, 
/**
 * By when: "30-Nov-2026".
 */
by: string, 
/**
 * How late the answer is: "2 days late"; none while it is not.
 */
late: string | null, 
/**
 * What was decided is hidden from whoever answers until they have.
 */
blind: boolean, 
/**
 * Who wishes for it, in words.
 */
wished: string, 
/**
 * asked, answered, differs, settled, withdrawn.
 */
state: string, 
/**
 * The same in a sentence.
 */
state_words: string, 
/**
 * The decision it is the second view to; none while there is none, or while it is hidden.
 */
first: OpinionSaid | null, 
/**
 * The answers, oldest first: one for each person.
 */
answers: Array<OpinionSaid>, 
/**
 * Who settles it where the two differ.
 */
settles: string, 
/**
 * How it was settled, by whom and why.
 */
settled: string | null, 
/**
 * The person at work is asked and may answer.
 */
may_answer: boolean, 
/**
 * The person at work settles it.
 */
may_settle: boolean, 
/**
 * The person at work may say that it is no longer asked for.
 */
may_withdraw: boolean, };

/**
 * What waits too long, the latest first.
 */
export type OverdueList = { 
/**
 * The steps that are late.
 */
rows: Array<OverdueRow>, };

/**
 * One step that is late.
 */
export type OverdueRow = { 
/**
 * What tells it from the others.
 */
id: string, 
/**
 * Patient id.
 */
patient: string, 
/**
 * The assessment it is about, if any.
 */
assessment: string | null, 
/**
 * Patient's name as in lists.
 */
name: string, 
/**
 * What is late: "Decision not back at the spoke".
 */
words: string, 
/**
 * When the step before it was taken.
 */
since: string, 
/**
 * How late it is: "3 hours late".
 */
late: string, 
/**
 * Whom to phone: "the hub", "the spoke".
 */
whom: string, 
/**
 * Their number, when one has been confirmed.
 */
phone: string | null, 
/**
 * hub-not-told, not-opened, receipt, back, plan-given, task, enquiry.
 */
kind: string, 
/**
 * The route to open, for hub-not-told.
 */
route: string | null, 
/**
 * The one thing to do here, as the button says it.
 */
action: string, };

/**
 * A pack that was imported, or is about to be.
 */
export type PackView = { 
/**
 * Name of the instrument.
 */
name: string, 
/**
 * Version of the form.
 */
version: string, 
/**
 * Language of the form.
 */
language: string, 
/**
 * Who gives the licence.
 */
licence_holder: string, 
/**
 * What it is filed under.
 */
licence_reference: string, 
/**
 * Who holds it.
 */
held_by: string, 
/**
 * DD-Mmm-YYYY, last day.
 */
valid_until: string, 
/**
 * Digest of the file.
 */
digest: string, 
/**
 * Number of items worded.
 */
items: number, 
/**
 * `in-use`, `to-adopt` until two people have signed for it, `expired`, `withdrawn`, `unsettled` or `new`.
 */
state: string, 
/**
 * "Imported 22-Nov-2026 10:20 by Ama Osei"; empty before that.
 */
imported: string, 
/**
 * "Withdrawn ... : why", where it was.
 */
withdrawn: string | null, };

/**
 * One part of the proposal.
 */
export type PartView = { 
/**
 * warning-signs, urgency, lead, strands, pain-type, medicine-flags.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Settled, or not.
 */
settled: boolean, 
/**
 * The value, or the values still possible, in words.
 */
value: string, 
/**
 * Reasons, shortest first.
 */
because: Array<ReasonView>, 
/**
 * For urgency and pathway: the fewest answers that carry the value once it is settled.
 */
findings: Array<FindingView>, 
/**
 * What else there is to know of it: that it could not be worked out to the end.
 */
note: string | null, 
/**
 * Questions that would settle it.
 */
missing: Array<Choice>, };

/**
 * The right-hand column of the record.
 */
export type PatientNow = { 
/**
 * Current decision in words, if signed.
 */
decision: string | null, 
/**
 * Its urgency.
 */
urgency: UrgencyTag, 
/**
 * Its word.
 */
urgency_label: string, 
/**
 * Current plan: "Version 1, agreed 24-Nov-2026".
 */
plan: string | null, 
/**
 * Assessment the plan belongs to.
 */
plan_assessment: string | null, 
/**
 * Review date of the plan, in words.
 */
review: string | null, 
/**
 * Medicines in words, one a line.
 */
medicines: Array<string>, 
/**
 * OME in words.
 */
ome: string | null, 
/**
 * Scores over time.
 */
scores: Array<Trend>, 
/**
 * Referral details.
 */
referral: Array<Labelled>, 
/**
 * Demographics.
 */
details: Array<Labelled>, };

/**
 * The whole record of one patient.
 */
export type PatientView = { 
/**
 * The banner.
 */
banner: Banner, 
/**
 * Filters of the timeline with their counts.
 */
filters: Array<Tab>, 
/**
 * What is in conflict, each with its values.
 */
conflicts: Array<ConflictView>, 
/**
 * Newest first.
 */
timeline: Array<TimelineEntry>, 
/**
 * The running assessment, if any.
 */
open_assessment: string | null, 
/**
 * The last finished assessment, if any.
 */
finished_assessment: string | null, 
/**
 * What stands now.
 */
now: PatientNow, 
/**
 * The waiting-time clock with every step.
 */
clock: ClockView, 
/**
 * This role writes notes.
 */
may_note: boolean, 
/**
 * May transfer the patient, and there is another site.
 */
may_transfer: boolean, 
/**
 * The main button: what to do next, its word, and what it opens.
 */
next_step: string, };

/**
 * Who a patient is: details with their history, a death, other records of the same person.
 */
export type PersonView = { 
/**
 * The patient, by the leading record.
 */
patient: string, 
/**
 * The banner.
 */
banner: Banner, 
/**
 * Every detail, in the order of the form.
 */
details: Array<DetailRow>, 
/**
 * The death, if any is recorded, and what is said of it.
 */
death: DeathView, 
/**
 * Other records of this person, shown together with this one.
 */
linked: Array<LinkedRecord>, 
/**
 * Records of which it is in conflict whether they are of this person.
 */
disputed: Array<LinkedRecord>, 
/**
 * People here who may be the same; offered, never chosen.
 */
suggested: Array<Hit>, 
/**
 * How it can be established that two records are of one person.
 */
grounds: Array<Choice>, 
/**
 * The erasure somebody asked for, if it waits for a second signature.
 */
erasure: ErasureLine | null, 
/**
 * Legal grounds of an erasure.
 */
erasure_grounds: Array<Choice>, 
/**
 * This role changes details and records a death.
 */
may_change: boolean, 
/**
 * This role links records.
 */
may_link: boolean, 
/**
 * This role signs erasures.
 */
may_erase: boolean, };

/**
 * A phrase of the phrase bank.
 */
export type Phrase = { 
/**
 * Words.
 */
text: string, 
/**
 * Source and mark, shown to staff.
 */
source: string, };

/**
 * One block of the plan.
 */
export type PlanBlock = { 
/**
 * Id.
 */
id: string, 
/**
 * Heading as printed.
 */
title: string, 
/**
 * What belongs here.
 */
hint: string, 
/**
 * Text; each line is one paragraph or list item.
 */
text: string, 
/**
 * Phrases to add with one press, with their source.
 */
phrases: Array<Phrase>, 
/**
 * Reading age in words, while there are enough of them.
 */
reading_age: string | null, 
/**
 * Filled by the program from the assessment until somebody writes in it.
 */
drafted: boolean, };

/**
 * The preview: the renderer's own pages.
 */
export type PlanPreview = { 
/**
 * Each page as SVG.
 */
pages: Array<string>, 
/**
 * True when DRAFT stands across each page.
 */
draft: boolean, 
/**
 * Words of the pages, for those who cannot see them.
 */
words: string, };

/**
 * The plan editor.
 */
export type PlanView = { 
/**
 * Assessment id.
 */
assessment: string, 
/**
 * Banner.
 */
banner: Banner, 
/**
 * Version of the plan, from 1.
 */
version: number, 
/**
 * Blocks in order.
 */
blocks: Array<PlanBlock>, 
/**
 * Goals.
 */
goals: Array<Goal>, 
/**
 * ISO date of the review; empty when not chosen.
 */
review: string, 
/**
 * Agreed, in words: "Agreed 24-Nov-2026 with the patient, signed by A. Osei".
 */
agreed: string | null, 
/**
 * Changed since it was agreed: must be agreed again.
 */
changed_since_agreed: boolean, 
/**
 * Given to the patient, in words.
 */
given: string | null, 
/**
 * What is missing before it can be agreed.
 */
missing: Array<string>, 
/**
 * A signed decision is behind this plan.
 */
decision: string | null, 
/**
 * HH:MM:SS of the last save.
 */
saved_at: string | null, 
/**
 * Who was present, choices.
 */
present_choices: Array<Choice>, 
/**
 * This person may sign it.
 */
may_sign: boolean, };

/**
 * A person's own settings.
 */
export type Preferences = { 
/**
 * 100, 112, 125 or 150.
 */
text_size: number, 
/**
 * Single-letter keys on.
 */
letter_keys: boolean, };

/**
 * A print order.
 */
export type PrintForm = { 
/**
 * Printer name.
 */
printer: string, 
/**
 * 1 to 9.
 */
copies: number, 
/**
 * 18 pt.
 */
large: boolean, };

/**
 * What became of a print order.
 */
export type Printed = { 
/**
 * One sentence.
 */
words: string, };

/**
 * A printer of the system.
 */
export type Printers = { 
/**
 * Names.
 */
names: Array<string>, 
/**
 * The system's default, if any.
 */
default: string | null, 
/**
 * One sentence when there is none.
 */
words: string, 
/**
 * Where a PDF would be saved by default.
 */
folder: string, 
/**
 * File name without patient data.
 */
file_name: string, };

/**
 * One thing that was to be proved.
 */
export type ProofLine = { 
/**
 * What.
 */
what: string, 
/**
 * It holds.
 */
holds: boolean, 
/**
 * How it fails, or what was looked at.
 */
words: string, };

/**
 * How a question is answered.
 */
export type QuestionKind = { "kind": "feature" } | { "kind": "yes-no" } | { "kind": "choice", 
/**
 * Options.
 */
options: Array<Choice>, } | { "kind": "choices", 
/**
 * Options.
 */
options: Array<Choice>, } | { "kind": "rating", 
/**
 * Words for 0.
 */
low: string, 
/**
 * Words for 10.
 */
high: string, } | { "kind": "number", 
/**
 * Lowest possible.
 */
min: number, 
/**
 * Highest possible.
 */
max: number, 
/**
 * Unit, may be empty.
 */
unit: string, } | { "kind": "decimal", 
/**
 * Lowest possible.
 */
min: number, 
/**
 * Highest possible.
 */
max: number, 
/**
 * Unit, may be empty.
 */
unit: string, } | { "kind": "text", 
/**
 * Height in lines.
 */
lines: number, } | { "kind": "date" } | { "kind": "item", 
/**
 * Instrument id.
 */
instrument: string, 
/**
 * Options: value is a number as text.
 */
options: Array<Choice>, };

/**
 * One question.
 */
export type QuestionView = { 
/**
 * Id.
 */
id: string, 
/**
 * Text.
 */
text: string, 
/**
 * Help, may be empty.
 */
hint: string, 
/**
 * How it is answered.
 */
kind: QuestionKind, 
/**
 * Must have a value (or "cannot be answered") before the assessment is finished.
 */
must: boolean, 
/**
 * Group heading, may be empty. Questions of one group stand together.
 */
group: string, 
/**
 * Shown now; a hidden question depends on another answer.
 */
shown: boolean, };

/**
 * One envelope that waits.
 */
export type QueueRow = { 
/**
 * Tells rows apart.
 */
id: string, 
/**
 * What sort of entries it holds: "Answers", "Decision".
 */
kind: string, 
/**
 * Initials of the patient, or whom else it is about.
 */
about: string, 
/**
 * How many entries.
 */
entries: number, 
/**
 * "412 bytes", "2 kB".
 */
size: string, 
/**
 * When it was written.
 */
since: string, 
/**
 * Sent before everything else.
 */
emergency: boolean, };

/**
 * What reading a bundle came to.
 */
export type ReadBundle = { 
/**
 * Who wrote it, in words.
 */
from: string, 
/**
 * Envelopes that were new.
 */
new: number, 
/**
 * Envelopes that were here already.
 */
here: number, 
/**
 * Envelopes that were not taken.
 */
refused: number, 
/**
 * What was done, what was not and why, and that the stick may be taken out.
 */
words: string, };

/**
 * A reason.
 */
export type ReasonView = { 
/**
 * Words a patient could hear.
 */
words: string, 
/**
 * Rule id.
 */
rule: string, 
/**
 * Citation.
 */
citation: string, 
/**
 * V, V2, M or D.
 */
mark: string, };

/**
 * One step of a case.
 */
export type ReceiptStep = { 
/**
 * Its name.
 */
step: string, 
/**
 * When and by whom, or that it is not done.
 */
words: string, 
/**
 * It is done.
 */
done: boolean, };

/**
 * What a check of the whole record found.
 */
export type RecordCheck = { 
/**
 * Everything is as it was written.
 */
sound: boolean, 
/**
 * The same in words.
 */
words: string, 
/**
 * What is wrong and what to do, one sentence or two each.
 */
faults: Array<string>, 
/**
 * When it was checked.
 */
checked: string, };

/**
 * The recovery form.
 */
export type RecoverForm = { 
/**
 * Code from the sheet, as typed.
 */
code: string, 
/**
 * Whose account to reopen.
 */
staff: string, 
/**
 * New passphrase.
 */
passphrase: string, 
/**
 * The same again.
 */
passphrase_again: string, 
/**
 * False only when the person accepted to go without a keyring.
 */
use_keyring: boolean, };

/**
 * The recovery sheet, shown once.
 */
export type RecoverySheetView = { 
/**
 * The code in groups, as printed.
 */
code: Array<string>, 
/**
 * Which groups must be typed again to go on, counted from 1.
 */
confirm: [number, number], 
/**
 * Pages of the printable sheet as SVG.
 */
pages: Array<string>, };

/**
 * What checking the form found. Nothing is written.
 */
export type ReferralCheck = { 
/**
 * People who may be the same; never merged by the program.
 */
already_known: Array<Hit>, 
/**
 * What is missing from a complete referral; saving is allowed all the same.
 */
missing: Array<string>, 
/**
 * Fields that are odd but possible: "Is 04-Mar-1931 right?".
 */
odd: Array<string>, };

/**
 * The referral form, typed or read from a file.
 */
export type ReferralForm = { 
/**
 * As typed; may be empty.
 */
nhs_number: string, 
/**
 * Family name.
 */
family: string, 
/**
 * Given names; may be empty for a person with one name.
 */
given: string, 
/**
 * Title.
 */
title: string, 
/**
 * Preferred name.
 */
preferred: string, 
/**
 * ISO date.
 */
born: string, 
/**
 * male, female, other, not-known: how the person describes themself.
 */
gender: string, 
/**
 * Telephone.
 */
phone: string, 
/**
 * Address on one line.
 */
address: string, 
/**
 * Communication and access needs.
 */
needs: string, 
/**
 * GP practice.
 */
gp: string, 
/**
 * Who refers.
 */
referrer: string, 
/**
 * ISO date the referral was received; it starts the clock.
 */
received: string, 
/**
 * Reason for referral.
 */
reason: string, 
/**
 * Urgency the referrer asked for: routine, soon, urgent, or empty.
 */
asked_urgency: string, 
/**
 * The letter's text, pasted.
 */
letter: string, 
/**
 * Warning sign question id -> "present" or "not-stated". A letter can never say "absent".
 */
safety: { [key in string]: string }, 
/**
 * When it was taken and by whom, where it is written up later.
 */
late: LateEntry, };

/**
 * Where a saved referral went.
 */
export type ReferralSaved = { 
/**
 * Patient id, new or existing.
 */
patient: string, 
/**
 * True when a new patient was made.
 */
new_patient: boolean, 
/**
 * What is still missing.
 */
missing: Array<string>, 
/**
 * Warning signs present in the letter, in words.
 */
warning_signs: Array<string>, 
/**
 * The emergency route of the most urgent of them, such as "ces": opens at once.
 */
route: string | null, 
/**
 * HH:MM:SS of the save.
 */
saved_at: string, };

/**
 * One region of the body map; the same list is the equal list form.
 */
export type RegionView = { 
/**
 * Code such as "back-left-low-back".
 */
code: string, 
/**
 * "Low back".
 */
name: string, 
/**
 * front or back.
 */
view: string, 
/**
 * left, right or middle: the patient's own.
 */
side: string, };

/**
 * Whose request it is, before anything is approved. Its six words are typed, not shown.
 */
export type RequestView = { 
/**
 * Who asks.
 */
name: string, 
/**
 * What the laptop is called: eight digits.
 */
laptop: string, 
/**
 * When, by its clock.
 */
made: string, 
/**
 * It was approved before: approving again makes another answer.
 */
known: boolean, };

/**
 * A new passphrase for a colleague who lost theirs.
 */
export type ResetPassphrase = { 
/**
 * Whose.
 */
staff: string, 
/**
 * The passphrase of whoever does it.
 */
own: string, 
/**
 * The colleague's new one, typed by the colleague.
 */
passphrase: string, 
/**
 * The same again.
 */
passphrase_again: string, };

/**
 * What a restore came to.
 */
export type RestoreDone = { 
/**
 * What is here again, and where the record from before stands.
 */
words: string, 
/**
 * The service's six words: on a new computer they are compared with the sheet.
 */
six_words: string, 
/**
 * The new sheet, where the old one was used.
 */
sheet: RecoverySheetView | null, };

/**
 * The form that restores a backup.
 */
export type RestoreForm = { 
/**
 * The backup's folder.
 */
folder: string, 
/**
 * Whose account to open.
 */
staff: string, 
/**
 * With the recovery sheet rather than with a passphrase.
 */
with_sheet: boolean, 
/**
 * The sheet's code; empty without it.
 */
code: string, 
/**
 * The passphrase of the day of the backup, or the new one where the sheet is used.
 */
passphrase: string, 
/**
 * The new one again; empty without the sheet.
 */
passphrase_again: string, 
/**
 * Whether to keep the device secret in the keyring from now on.
 */
use_keyring: boolean, 
/**
 * Move the record that is here aside.
 */
move_aside: boolean, };

/**
 * One case of a session, with all that a signer looks at.
 */
export type ReviewCase = { 
/**
 * Assessment id.
 */
assessment: string, 
/**
 * Its place in the queue, from 1.
 */
place: number, 
/**
 * How many cases the queue has.
 */
of: number, 
/**
 * What is proposed, what may be signed and what was.
 */
result: TriageResult, 
/**
 * What changed since the last decision, or since the person at work last looked.
 */
since: SinceView | null, 
/**
 * The assessment in short, without what stands in tables.
 */
answers: Array<Labelled>, 
/**
 * Treatments that were tried.
 */
treatments: Array<TreatmentRow>, 
/**
 * Medicines as they are taken.
 */
medicines: Array<MedicineRow>, 
/**
 * OME in words, with its table; none without opioids.
 */
ome: string | null, 
/**
 * Scores over time.
 */
trends: Array<Trend>, 
/**
 * "Put aside until 26-Nov-2026 by R. Hale: waits for the scan", if it is.
 */
aside: string | null, };

/**
 * What a review session may be made of, with how many cases there are of each.
 */
export type ReviewChoices = { 
/**
 * Cases that wait to be signed and are not put aside until a later day.
 */
waiting: number, 
/**
 * Cases put aside until a later day.
 */
aside: number, 
/**
 * The sites they come from.
 */
sites: Array<CountedChoice>, 
/**
 * Their urgencies, the most urgent first.
 */
urgencies: Array<CountedChoice>, 
/**
 * How long they wait.
 */
waits: Array<CountedChoice>, 
/**
 * Those that changed since the person at work last looked, those put aside whose day has come.
 */
only: Array<CountedChoice>, 
/**
 * How many cases a session may have, the usual number first.
 */
sizes: Array<number>, 
/**
 * The session that is under way, after a lock too.
 */
under_way: ReviewSession | null, };

/**
 * The end of a session.
 */
export type ReviewEnd = { 
/**
 * The cases, each with what was done.
 */
rows: Array<ReviewRow>, 
/**
 * "9 signed, 2 changed, 1 put aside, 2 not decided".
 */
words: string, 
/**
 * Entries of this laptop that have not been sent; none where nothing is sent.
 */
unsent: number | null, };

/**
 * Which cases are reviewed. An empty field leaves nothing out.
 */
export type ReviewForm = { 
/**
 * Site id.
 */
site: string, 
/**
 * Urgency value, or "not-known".
 */
urgency: string, 
/**
 * mid, near or over: waits of this level and above.
 */
wait: string, 
/**
 * changed, put-aside.
 */
only: string, 
/**
 * 1 to 20.
 */
most: number, };

/**
 * How proposals are signed in sessions. 1 to 7 is "*"; other numbers are rounded to five.
 */
export type ReviewRates = { 
/**
 * Decisions that stand now and were signed in a session, one a patient.
 */
signed: string, 
/**
 * Of these: as proposed.
 */
as_proposed: string, 
/**
 * Of these: in fewer than ten seconds.
 */
quick: string, 
/**
 * Of these: the proposal was hidden until a choice was made.
 */
hidden: string, 
/**
 * Of those: the choice was what was proposed, and that was signed.
 */
hidden_agreed: string, };

/**
 * One case in the queue.
 */
export type ReviewRow = { 
/**
 * Assessment id.
 */
assessment: string, 
/**
 * Patient id.
 */
patient: string, 
/**
 * `FAMILY, Given`.
 */
name: string, 
/**
 * Another patient here has a similar name.
 */
similar_name: boolean, 
/**
 * Urgency, signed or asked for.
 */
urgency: UrgencyTag, 
/**
 * Its word.
 */
urgency_label: string, 
/**
 * A clinician signed it.
 */
urgency_signed: boolean, 
/**
 * to-do, signed, changed, put-aside, passed, elsewhere.
 */
state: string, 
/**
 * The state in words; empty while it is to do.
 */
state_words: string, };

/**
 * The cases of a session, in the order they are gone through.
 */
export type ReviewSession = { 
/**
 * The rows of the queue.
 */
queue: Array<ReviewRow>, 
/**
 * The assessment that is on screen, or was when the screen was locked.
 */
at: string | null, 
/**
 * How many are seen to.
 */
done: number, 
/**
 * The next signature asks for the PIN or the passphrase.
 */
asks: boolean, };

/**
 * After a step: what was done, and the next case in the same answer.
 */
export type ReviewStep = { 
/**
 * What was done, in one sentence.
 */
said: string, 
/**
 * The decision that may still be taken back.
 */
undo: UndoView | null, 
/**
 * The case to look at now; none when all are seen to.
 */
next: ReviewCase | null, 
/**
 * The queue as it is now.
 */
session: ReviewSession, };

/**
 * What was done about a warning sign or about safety.
 */
export type RouteForm = { 
/**
 * Outcome value; "acting-now" leaves a red open action, "decline" needs a reason.
 */
outcome: string, 
/**
 * What was done or said.
 */
done: string, 
/**
 * Who was told.
 */
told: string, 
/**
 * HH:MM they were told.
 */
told_at: string, 
/**
 * Safety-net given.
 */
safety_net: string, 
/**
 * Reason to decline the route.
 */
reason: string, 
/**
 * Safety record: what was said.
 */
said: string, 
/**
 * Intent.
 */
intent: string, 
/**
 * Plan.
 */
plan: string, 
/**
 * Means, including stockpiled medicines.
 */
means: string, 
/**
 * Protective factors.
 */
protective: string, 
/**
 * Review date of an agreed safety plan, ISO.
 */
review: string, 
/**
 * Who took the call at the hub; empty: the hub has not been told.
 */
hub_call: string, 
/**
 * When it was done and by whom, where it is written up later.
 */
late: LateEntry, };

/**
 * The emergency route of a warning sign: one thing at a time, numbers, times.
 */
export type RouteView = { 
/**
 * Route id, such as "ces".
 */
id: string, 
/**
 * Banner.
 */
banner: Banner, 
/**
 * Assessment it arose in.
 */
assessment: string | null, 
/**
 * "Possible cauda equina syndrome".
 */
title: string, 
/**
 * What is present: features in words with who and when.
 */
features: Array<string>, 
/**
 * What to do now, in order.
 */
steps: Array<string>, 
/**
 * By when.
 */
within: string, 
/**
 * Whom to phone: label and number, or "Enter it in settings".
 */
phones: Array<Labelled>, 
/**
 * Source and mark.
 */
citation: string, 
/**
 * V, V2, M or D.
 */
mark: string, 
/**
 * Outcomes to choose.
 */
outcomes: Array<Choice>, 
/**
 * For the safety record after item 9: which fields are required.
 */
safety_record: boolean, 
/**
 * What a declined route says.
 */
decline_note: string, 
/**
 * What has been recorded already.
 */
recorded: Array<string>, 
/**
 * "Hub NOT told: phone ..." until someone has been.
 */
hub_not_told: string | null, };

/**
 * A rule that differs between two rulesets.
 */
export type RuleChange = { 
/**
 * Rule id.
 */
rule: string, 
/**
 * "is new", "asks something else" and so on.
 */
how: string, 
/**
 * What differs, as it is; may be empty.
 */
before: string, 
/**
 * What differs, as it would be; may be empty.
 */
after: string, };

/**
 * One rule in short.
 */
export type RuleLine = { 
/**
 * Id.
 */
id: string, 
/**
 * Reason in a patient's words.
 */
words: string, 
/**
 * What the filter looks through, in small letters.
 */
search: string, 
/**
 * It should have been looked at again by now.
 */
overdue: boolean, };

/**
 * One rule, whole.
 */
export type RuleView = { 
/**
 * Which rules it is of.
 */
ruleset: RulesetHead, 
/**
 * Id.
 */
id: string, 
/**
 * "Rule", "Combination that cannot occur" or "Claim that is proved".
 */
sort: string, 
/**
 * When it fires, nested; none for the default.
 */
when: ConditionView | null, 
/**
 * What follows, a sentence each.
 */
then: Array<string>, 
/**
 * What it does with answers in conflict.
 */
in_conflict: string, 
/**
 * Reason in a patient's words.
 */
words: string, 
/**
 * Where it comes from.
 */
citation: string, 
/**
 * V, V2, M or D.
 */
mark: string, 
/**
 * The mark in words.
 */
mark_words: string, 
/**
 * Who answers for it.
 */
owner: string, 
/**
 * "Look at again by 31-May-2027".
 */
review: string, 
/**
 * That day has passed.
 */
overdue: boolean, 
/**
 * Where it stands among the others, a sentence each.
 */
precedence: Array<string>, 
/**
 * Vignettes in which it fires.
 */
vignettes: Array<VignetteLine>, };

/**
 * The rules of a ruleset by what they decide, and what the test bench needs.
 */
export type Rulebook = { 
/**
 * Which rules.
 */
ruleset: RulesetHead, 
/**
 * What the rules decide, and which of them.
 */
decided: Array<Decided>, 
/**
 * Every rule in its order, said once.
 */
rules: Array<RuleLine>, 
/**
 * Everything that can be answered in a made-up case.
 */
questions: Array<QuestionView>, 
/**
 * Cases to start from.
 */
vignettes: Array<VignetteLine>, 
/**
 * What can be said of all questions that a made-up case does not name.
 */
bases: Array<Choice>, 
/**
 * This person may compare rulesets over the open cases.
 */
may_compare: boolean, };

/**
 * Where a ruleset's file is at fault.
 */
export type RulesetFault = { 
/**
 * Line, from 1.
 */
line: number, 
/**
 * Column, from 1.
 */
column: number, 
/**
 * What was expected there.
 */
expected: string, 
/**
 * Nearest known name.
 */
nearest: string | null, 
/**
 * That line of the file.
 */
text: string, };

/**
 * Which rules are looked at. Stands on every view of them.
 */
export type RulesetHead = { 
/**
 * "uk-community-pain 2026-11-draft-1".
 */
name: string, 
/**
 * What it is for.
 */
title: string, 
/**
 * DRAFT, Adopted or Withdrawn.
 */
status: string, 
/**
 * It is anything but adopted.
 */
draft: boolean, 
/**
 * The first eight digits of the file's digest, in fours.
 */
digest: string, 
/**
 * The whole digest.
 */
digest_whole: string, 
/**
 * "98 rules over 120 facts".
 */
holds: string, };

/**
 * Where an export went.
 */
export type SavedAudit = { 
/**
 * The table.
 */
path: string, 
/**
 * The signature beside it.
 */
signature: string, 
/**
 * What was done, in words.
 */
words: string, };

/**
 * A copy that was saved.
 */
export type SavedDocument = { 
/**
 * Full path.
 */
path: string, 
/**
 * What was done, and that anybody can read it.
 */
words: string, };

/**
 * A file that was saved where a person chose.
 */
export type SavedFile = { 
/**
 * Its path.
 */
path: string, };

/**
 * Where the set-up file of the hub server was written.
 */
export type SavedHubSetUp = { 
/**
 * Full path.
 */
path: string, 
/**
 * The service's root, as the hub server shows it when it is set up: compare them.
 */
six_words: string, };

/**
 * Where a PDF was written.
 */
export type SavedPdf = { 
/**
 * Full path.
 */
path: string, 
/**
 * Pages.
 */
pages: number, };

/**
 * A score and what may be said of it.
 */
export type ScoreView = { 
/**
 * Instrument id.
 */
instrument: string, 
/**
 * Name.
 */
name: string, 
/**
 * Stem shown above the items; may be empty.
 */
stem: string, 
/**
 * "17 of 27", or "incomplete (7 of 9), 8 to 11 possible".
 */
words: string, 
/**
 * Band beside the score, if complete.
 */
band: string | null, 
/**
 * Total when complete.
 */
total: Figure | null, 
/**
 * Highest possible score.
 */
max: number, 
/**
 * Figures of its parts, with their bands.
 */
parts: Array<Labelled>, 
/**
 * Change against the time before, with that day: only past the published reliable change,
 * else "no reliable change".
 */
change: string | null, 
/**
 * Where bands, cut-offs and changes come from, and how sure they are.
 */
sources: Array<string>, 
/**
 * Prompts to the clinician, such as item 9.
 */
prompts: Array<string>, 
/**
 * What to bear in mind: overlap with pain, cut-offs.
 */
notes: Array<string>, 
/**
 * Attribution line, shown under the items.
 */
attribution: string, };

/**
 * One section.
 */
export type SectionView = { 
/**
 * Id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Help.
 */
hint: string, 
/**
 * done, part, none.
 */
state: string, 
/**
 * Answered of the questions shown.
 */
answered: number, 
/**
 * Questions shown.
 */
of: number, 
/**
 * Must-have questions still open.
 */
must_open: number, 
/**
 * Questions in order.
 */
questions: Array<QuestionView>, 
/**
 * Lists in order, after the questions unless `lists_first`.
 */
lists: Array<ListView>, 
/**
 * Lists stand before the questions.
 */
lists_first: boolean, 
/**
 * Instruments whose items stand in this section, with their scores.
 */
scores: Array<ScoreView>, 
/**
 * Questionnaires that were added; only in their own section.
 */
forms: Array<FormView>, 
/**
 * Questionnaires that can be added; only in their own section.
 */
addable: Array<FormChoice>, };

/**
 * Somebody at work.
 */
export type Session = { 
/**
 * Staff id.
 */
staff: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Short name for the app bar, such as "Nurse A. Osei".
 */
short_name: string, 
/**
 * Role in words.
 */
role: string, 
/**
 * Service name.
 */
service: string, 
/**
 * Site name.
 */
site: string, 
/**
 * Id of the site the person is working at.
 */
at: string, 
/**
 * The sites where they may work.
 */
sites: Array<Choice>, 
/**
 * What has to be said of their certificate, or of those they renew: it ends soon, or ended.
 */
certificate: string | null, 
/**
 * Whom they cover today.
 */
covering: Array<string>, 
/**
 * What was typed before and cannot be read.
 */
unread: Unread | null, 
/**
 * True for the demo clinic.
 */
demo: boolean, 
/**
 * True when this role signs decisions.
 */
may_sign: boolean, 
/**
 * Minutes without a key until the screen locks.
 */
idle_minutes: number, 
/**
 * Text size in per cent: 100, 112, 125 or 150.
 */
text_size: number, 
/**
 * Single-letter keys on.
 */
letter_keys: boolean, 
/**
 * What is said about the rules on every screen, such as "Rules 2026.1 DRAFT".
 */
ruleset: string, 
/**
 * True while no ruleset has been adopted by this service.
 */
draft_rules: boolean, 
/**
 * True in a live service without an adopted ruleset: checklists, scores and OME only.
 */
proposals_off: boolean, 
/**
 * Today, DD-Mmm-YYYY.
 */
today: string, 
/**
 * A recovery sheet that has not been confirmed yet must be dealt with first.
 */
sheet_to_confirm: boolean, 
/**
 * Local emergency numbers have been entered and confirmed.
 */
numbers_confirmed: boolean, 
/**
 * True when the keyring holds this laptop's half of the key.
 */
keyring_held: boolean, 
/**
 * True while a PIN signs in the place of the passphrase.
 */
pin_set: boolean, 
/**
 * True when more than one person unlocks this laptop: finishing asks who is there.
 */
shared: boolean, 
/**
 * About box.
 */
about: About, };

/**
 * A PIN for signing until the screen locks.
 */
export type SetPin = { 
/**
 * The person's passphrase.
 */
passphrase: string, 
/**
 * Four to eight digits.
 */
pin: string, 
/**
 * The same again.
 */
pin_again: string, };

/**
 * The first-run form.
 */
export type SetUpForm = { 
/**
 * Name of the service.
 */
service: string, 
/**
 * Name of the site.
 */
site: string, 
/**
 * True for the hub site, false for a spoke.
 */
hub: boolean, 
/**
 * First staff member's full name.
 */
name: string, 
/**
 * Role value from `About::roles`.
 */
role: string, 
/**
 * Passphrase.
 */
passphrase: string, 
/**
 * The same again.
 */
passphrase_again: string, 
/**
 * False only when the person accepted to go without a keyring.
 */
use_keyring: boolean, 
/**
 * The person has read the intended-use statement.
 */
read_intended_use: boolean, };

/**
 * Settles a conflict.
 */
export type SettleForm = { 
/**
 * The conflict as it was seen.
 */
conflict: string, 
/**
 * Entries that hold.
 */
holds: Array<string>, 
/**
 * Why.
 */
reason: string, };

/**
 * Settling two views that differ, by a new decision.
 */
export type SettleOpinionForm = { 
/**
 * first, second or other.
 */
how: string, 
/**
 * Disposition code, for other.
 */
lead: string, 
/**
 * Urgency value, for other.
 */
urgency: string, 
/**
 * Strand values, for other.
 */
strands: Array<string>, 
/**
 * Why, in at least a sentence.
 */
words: string, 
/**
 * Digest of the basis it was read on.
 */
basis_digest: string, 
/**
 * Passphrase again: the signature is the person's.
 */
passphrase: string, };

/**
 * What is typed from the recovery sheet on a blank laptop, and where the hub server is.
 */
export type SheetForm = { 
/**
 * The code on the sheet, as typed.
 */
code: string, 
/**
 * The service's six words on the sheet, as typed.
 */
words: string, 
/**
 * Address of the hub server.
 */
address: string, 
/**
 * The hub server's key, 64 digits.
 */
pin: string, };

/**
 * What the recovery sheet opened when it was tried.
 */
export type SheetTried = { 
/**
 * The answer, in words.
 */
words: string, 
/**
 * The keys as they stand after it.
 */
keys: KeysHere, };

/**
 * Whether a button may be pressed.
 */
export type SignOffer = { 
/**
 * It may.
 */
allowed: boolean, 
/**
 * If not: why, in one sentence.
 */
why_not: string | null, };

/**
 * What changed since.
 */
export type SinceView = { 
/**
 * "Since the decision of 20-Nov-2026 10:20", "Since you looked, 20-Nov-2026 10:20".
 */
words: string, 
/**
 * What changed, newest first: who and when, and what. Empty when nothing did.
 */
lines: Array<Labelled>, 
/**
 * How many more there are.
 */
more: number, };

/**
 * How old what is here of a site is.
 */
export type SiteAsOf = { 
/**
 * The site.
 */
site: string, 
/**
 * "24-Nov-2026 10:12", or "Nothing received yet".
 */
as_of: string, 
/**
 * Older than a day.
 */
stale: boolean, };

/**
 * A site to be closed.
 */
export type SiteCloseForm = { 
/**
 * Id of the site that takes its patients over; empty where there are none.
 */
merge_into: string, 
/**
 * Who there was told of them.
 */
told: string, 
/**
 * Why, in words; nothing of a patient.
 */
reason: string, 
/**
 * The passphrase of whoever closes it.
 */
own_passphrase: string, };

/**
 * A site to be opened.
 */
export type SiteForm = { 
/**
 * Its name.
 */
name: string, 
/**
 * The passphrase of whoever opens it.
 */
own_passphrase: string, };

/**
 * One site.
 */
export type SiteRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Hub or Spoke.
 */
kind: string, 
/**
 * How many laptops are enrolled for it: "2 laptops".
 */
laptops: string, 
/**
 * It is closed.
 */
closed: boolean, 
/**
 * The person at work may close it here.
 */
may_close: boolean, };

/**
 * The sites of the service.
 */
export type Sites = { 
/**
 * Each site, the hub first.
 */
sites: Array<SiteRow>, 
/**
 * May open and close sites.
 */
may_keep: boolean, };

/**
 * Another role or other sites for a colleague.
 */
export type StaffChangeForm = { 
/**
 * Role value.
 */
role: string, 
/**
 * Site ids.
 */
sites: Array<string>, 
/**
 * The passphrase of whoever changes it.
 */
own_passphrase: string, };

/**
 * The end of a colleague's account.
 */
export type StaffEndForm = { 
/**
 * left: they went, and what they wrote so far counts. lost: somebody else may have used it.
 */
why: string, 
/**
 * In words, for the audit.
 */
reason: string, 
/**
 * The passphrase of whoever ends it.
 */
own_passphrase: string, };

/**
 * One member of staff.
 */
export type StaffRow = { 
/**
 * Staff id.
 */
id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Role in words, with "administrator" where they are that too.
 */
role: string, 
/**
 * The role's value.
 */
role_value: string, 
/**
 * Names of the sites.
 */
sites: string, 
/**
 * Ids of the sites.
 */
site_values: Array<string>, 
/**
 * holds, ends-soon, later, past or ended.
 */
state: string, 
/**
 * The state in words: "Until 24-Nov-2027".
 */
words: string, 
/**
 * When they last unlocked this laptop, if they did.
 */
last_used: string | null, 
/**
 * Let in by a lead for a short time.
 */
locum: boolean, 
/**
 * Whoever is at work.
 */
you: boolean, 
/**
 * The person at work may renew it.
 */
may_renew: boolean, 
/**
 * The person at work may change role or sites.
 */
may_change: boolean, 
/**
 * The person at work may end it.
 */
may_end: boolean, };

/**
 * The staff of this laptop, and what whoever is at work may do about them.
 */
export type StaffScreen = { 
/**
 * Everybody with a certificate here, those at work first.
 */
people: Array<StaffRow>, 
/**
 * The sites that may be chosen.
 */
sites: Array<Choice>, 
/**
 * The roles that may be given.
 */
roles: Array<Choice>, 
/**
 * May add, renew, change and revoke colleagues.
 */
may_keep: boolean, 
/**
 * May let locums in; for a lead that is all.
 */
may_grant: boolean, 
/**
 * Days for which a lead lets a locum in, at most.
 */
longest_days: number, 
/**
 * Absences that are covered now or will be.
 */
covers: Array<CoverRow>, 
/**
 * Who may cover and be covered.
 */
colleagues: Array<Choice>, 
/**
 * May say who covers whom.
 */
may_cover: boolean, };

/**
 * One person on the unlock screen.
 */
export type StaffTile = { 
/**
 * Staff id.
 */
id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Two letters.
 */
initials: string, 
/**
 * Role in words.
 */
role: string, 
/**
 * Seconds until the next try is allowed; 0 when it is.
 */
wait_seconds: number, 
/**
 * "Until 24-Nov-2026" or "Ended on 24-Nov-2026", for an account that ends by itself.
 */
ends: string | null, };

/**
 * Where the program stands when its window opens.
 */
export type Status = { "phase": "first-run" } & About | { "phase": "joining" } & Joining | { "phase": "locked" } & Door | { "phase": "recovery" } & Door | { "phase": "open" } & Session | { "phase": "broken" } & Broken;

/**
 * A step of the pathways, to be added by hand.
 */
export type StepChoice = { 
/**
 * Step id.
 */
value: string, 
/**
 * What is to be done.
 */
label: string, 
/**
 * The role that does it.
 */
role: string, };

/**
 * A stick that is in this computer.
 */
export type Stick = { 
/**
 * Its folder, to be sent back.
 */
folder: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The bundles on it, the newest name first.
 */
bundles: Array<string>, };

/**
 * What a doctor in training decided: it counts as proposed.
 */
export type SupervisedView = { 
/**
 * Lead disposition in words.
 */
lead: string, 
/**
 * Urgency in words.
 */
urgency: string, 
/**
 * Urgency tag.
 */
urgency_tag: UrgencyTag, 
/**
 * Strands in words.
 */
strands: Array<string>, 
/**
 * Reason, if it is not as proposed.
 */
reason: string | null, 
/**
 * Comment.
 */
comment: string, 
/**
 * Signed by, role, when.
 */
signed: string, 
/**
 * Who is asked to countersign.
 */
supervisor: string, 
/**
 * The person at work may countersign it.
 */
may_countersign: boolean, 
/**
 * Entries that arrived after: "made without seeing ...".
 */
not_seen: Array<string>, };

/**
 * How the line to the hub server stands, for the app bar: said once, never in the way.
 */
export type SyncChip = { 
/**
 * Which look it has.
 */
state: SyncState, 
/**
 * "Offline since 09:12 · 14 entries to send", "12 of 40 patients sent, about 6 minutes", "Up to date 09:41".
 */
words: string, 
/**
 * One sentence more, for whoever asks.
 */
detail: string, };

/**
 * One line of the log.
 */
export type SyncLine = { 
/**
 * When, by this laptop's clock.
 */
at: string, 
/**
 * What happened.
 */
words: string, };

/**
 * Something that a person has to know of, under its own name.
 */
export type SyncProblem = { 
/**
 * Tells problems apart.
 */
id: string, 
/**
 * "Refused", "Withheld", "Copied disk", "Clock".
 */
name: string, 
/**
 * What it means and what to do.
 */
words: string, };

/**
 * The sync screen.
 */
export type SyncScreen = { 
/**
 * As in the app bar.
 */
chip: SyncChip, 
/**
 * Address of the hub server, and when something last went to and fro.
 */
facts: Array<Labelled>, 
/**
 * How old what is here is, site by site.
 */
sites: Array<SiteAsOf>, 
/**
 * What waits to be sent, emergencies first, then the oldest; at most 200.
 */
queue: Array<QueueRow>, 
/**
 * "14 entries in 3 envelopes, 4 kB", or that nothing waits.
 */
queue_words: string, 
/**
 * What a person has to know of or look at, each under its own name.
 */
problems: Array<SyncProblem>, 
/**
 * What happened, newest first.
 */
log: Array<SyncLine>, 
/**
 * There is a hub server to be tried now.
 */
may_try: boolean, };

/**
 * The look of the chip. Never red: offline is ordinary.
 */
export type SyncState = "alone" | "offline" | "sending" | "up-to-date" | "look";

/**
 * One tab.
 */
export type Tab = { 
/**
 * Id sent back.
 */
id: string, 
/**
 * Label.
 */
label: string, 
/**
 * Rows in it.
 */
count: number, };

/**
 * What is to be done, as one tab of the list shows it.
 */
export type TaskList = { 
/**
 * Every tab with its count.
 */
tabs: Array<Tab>, 
/**
 * The tab shown: mine, here, overdue or all.
 */
tab: string, 
/**
 * What is due first stands first.
 */
rows: Array<TaskRow>, 
/**
 * Which content the tasks come from, and that nobody has adopted it.
 */
content: string, };

/**
 * One thing to do.
 */
export type TaskRow = { 
/**
 * What tells it from the others.
 */
id: string, 
/**
 * task, enquiry (the spoke is asked) or reply (the spoke has answered).
 */
kind: string, 
/**
 * Patient id.
 */
patient: string, 
/**
 * The assessment it belongs to, if any.
 */
assessment: string | null, 
/**
 * Patient's name as in lists.
 */
name: string, 
/**
 * What is to be done.
 */
words: string, 
/**
 * Whose it is: "You", "A. Osei, for L. Byrne", "Nurse, Hexham spoke".
 */
who: string, 
/**
 * By when: "Today", "26-Nov-2026", "No date".
 */
due: string, 
/**
 * `3 days late`, or none.
 */
late: string | null, 
/**
 * Another decision is acted on until somebody has settled it.
 */
held: boolean, };

/**
 * One task.
 */
export type TaskView = { 
/**
 * Task id.
 */
id: string, 
/**
 * What is to be done.
 */
words: string, 
/**
 * Whose it is.
 */
who: string, 
/**
 * The person at work has taken it or was given it.
 */
yours: boolean, 
/**
 * By when.
 */
due: string, 
/**
 * The same as an ISO date.
 */
due_on: string, 
/**
 * `3 days late`, or none.
 */
late: string | null, 
/**
 * open, held, done or not-needed.
 */
state: string, 
/**
 * The state in words: "Done 24-Nov-2026. Told: Dr Example. Reference: 1234".
 */
state_words: string, 
/**
 * The letter that goes with it, in words.
 */
letter: string | null, 
/**
 * What is written down when it is done: none, told or reference.
 */
asks: string, };

/**
 * The tasks of one patient, and what the spoke was asked of them.
 */
export type TasksOf = { 
/**
 * Patient id.
 */
patient: string, 
/**
 * The day at the desk, ISO: until when something can have been done.
 */
today: string, 
/**
 * Which content the tasks come from, and that nobody has adopted it.
 */
content: string, 
/**
 * How many are done: "2 of 4 done"; empty while there is none.
 */
said: string, 
/**
 * Why no task of the newest decision is open yet; none where there are, or nothing is decided.
 */
waits: string | null, 
/**
 * An assessment whose decision has no task and opens none by itself.
 */
unopened: string | null, 
/**
 * Open first, the soonest due first.
 */
tasks: Array<TaskView>, 
/**
 * The newest first.
 */
enquiries: Array<EnquiryView>, 
/**
 * The assessment about which the spoke can be asked now, if any.
 */
ask_about: string | null, 
/**
 * The site that is asked.
 */
ask_whom: string, 
/**
 * What is said of the clock to whoever asks.
 */
clock: string, 
/**
 * Steps to choose from when a task is added.
 */
steps: Array<StepChoice>, 
/**
 * Roles that do tasks.
 */
roles: Array<Choice>, 
/**
 * Colleagues to whom one can be given.
 */
colleagues: Array<Choice>, 
/**
 * May take, give, finish and add tasks.
 */
may_keep: boolean, 
/**
 * May ask the spoke, and answer.
 */
may_ask: boolean, };

/**
 * One thing that a vignette names.
 */
export type TestLine = { 
/**
 * Urgency, Pathway and so on.
 */
what: string, 
/**
 * What was expected.
 */
expected: string, 
/**
 * What came of it.
 */
got: string, 
/**
 * The two are the same.
 */
same: boolean, };

/**
 * One vignette, run.
 */
export type TestRow = { 
/**
 * Id.
 */
id: string, 
/**
 * The case in words.
 */
words: string, 
/**
 * Why it is among them.
 */
reason: string, 
/**
 * As expected.
 */
passed: boolean, 
/**
 * What it names, expected and got.
 */
lines: Array<TestLine>, 
/**
 * Rules that fired.
 */
fired: Array<string>, };

/**
 * The vignettes, run.
 */
export type TestSet = { 
/**
 * Which rules.
 */
ruleset: RulesetHead, 
/**
 * "124 of 124 as expected".
 */
words: string, 
/**
 * As expected.
 */
passed: number, 
/**
 * Not as expected.
 */
failed: number, 
/**
 * Every vignette, those not as expected first.
 */
rows: Array<TestRow>, };

/**
 * One line of the timeline; opens in place.
 */
export type TimelineEntry = { 
/**
 * Entry id.
 */
id: string, 
/**
 * assessments, decisions, medicines, letters, contacts, scores, record.
 */
group: string, 
/**
 * DD-Mmm-YYYY.
 */
date: string, 
/**
 * HH:MM.
 */
time: string, 
/**
 * One line.
 */
title: string, 
/**
 * Who and where.
 */
who: string, 
/**
 * What is seen when it is opened.
 */
detail: Array<Labelled>, 
/**
 * Struck through: later corrected or entered in error.
 */
struck: boolean, 
/**
 * Why, if struck.
 */
reason: string | null, 
/**
 * Can be marked as entered in error by this person.
 */
correctable: boolean, 
/**
 * The note's id, where the line is a note.
 */
note: string | null, 
/**
 * A restricted note: it has to be opened, with a reason.
 */
restricted: boolean, 
/**
 * Can be moved to the right patient by itself by this person.
 */
movable: boolean, 
/**
 * The assessment it belongs to, which can be moved as a whole; none if it belongs to none.
 */
assessment: string | null, };

/**
 * A transfer to another site.
 */
export type TransferForm = { 
/**
 * Site id.
 */
to: string, 
/**
 * Value of the grounds.
 */
grounds: string, 
/**
 * Who at the other site was told.
 */
told: string, 
/**
 * What they have to know.
 */
note: string, };

/**
 * What may be chosen for a transfer.
 */
export type TransferView = { 
/**
 * Name of the site that keeps the record.
 */
from: string, 
/**
 * The sites it may be transferred to.
 */
sites: Array<Choice>, 
/**
 * Why.
 */
grounds: Array<Choice>, };

/**
 * A patient who was transferred.
 */
export type Transferred = { 
/**
 * Where they are now, in one sentence.
 */
words: string, };

/**
 * A treatment that was tried.
 */
export type TreatmentRow = { 
/**
 * What it was.
 */
name: string, 
/**
 * Its kind in words.
 */
kind: string, 
/**
 * Dose or amount.
 */
dose: string, 
/**
 * How long.
 */
duration: string, 
/**
 * When.
 */
when: string, 
/**
 * Whether it helped.
 */
benefit: string, 
/**
 * Why it stopped.
 */
stopped: string, };

/**
 * One instrument's scores over time, oldest first.
 */
export type Trend = { 
/**
 * Instrument's name.
 */
name: string, 
/**
 * Points.
 */
points: Array<TrendPoint>, 
/**
 * Highest possible score.
 */
max: number, 
/**
 * Words for the last value: "17 of 27, moderately severe".
 */
last: string, 
/**
 * Change against the one before: only past the published reliable change, else "no reliable change".
 */
change: string | null, 
/**
 * A sentence for those who cannot see the chart.
 */
summary: string, };

/**
 * One score.
 */
export type TrendPoint = { 
/**
 * DD-Mmm-YYYY.
 */
date: string, 
/**
 * Total, none when incomplete: a gap.
 */
total: Figure | null, };

/**
 * "Triage so far". A proposal, never a decision.
 */
export type Triage = { 
/**
 * Parts in the order of the panel: not settled first.
 */
parts: Array<PartView>, 
/**
 * How many are settled.
 */
settled: number, 
/**
 * The best question to ask next.
 */
next: NextView | null, 
/**
 * "Rules uk-community-pain 2026.1 DRAFT".
 */
ruleset: string, 
/**
 * "Not a decision until a clinician signs".
 */
footer: string, 
/**
 * A live service without an adopted ruleset: proposals are off, in one sentence.
 */
off: string | null, 
/**
 * Under 18, or another reason for which the rules refuse: one sentence.
 */
refused: string | null, 
/**
 * Urgency as proposed for tags, `not-settled` unless settled.
 */
urgency: UrgencyTag, 
/**
 * Hidden until the clinician has chosen (one case in ten).
 */
hidden: boolean, };

/**
 * The triage result screen.
 */
export type TriageResult = { 
/**
 * Assessment id.
 */
assessment: string, 
/**
 * Banner.
 */
banner: Banner, 
/**
 * The proposal.
 */
triage: Triage, 
/**
 * Signed decision, if any.
 */
decision: DecisionView | null, 
/**
 * Whether "Sign as proposed" may be pressed, and if not, why.
 */
sign_as_proposed: SignOffer, 
/**
 * Dispositions to choose.
 */
dispositions: Array<Choice>, 
/**
 * Urgencies to choose, most urgent first.
 */
urgencies: Array<Choice>, 
/**
 * Strands to choose.
 */
strands: Array<Choice>, 
/**
 * Reasons to choose when something else is signed.
 */
reasons: Array<Choice>, 
/**
 * The proposal's own values, for filling the form: empty when not settled or hidden.
 */
proposed: DecisionForm, 
/**
 * Warning signs that stay listed until a decision is signed.
 */
warning_signs: Array<string>, 
/**
 * Red actions open on this patient.
 */
open_actions: Array<OpenAction>, 
/**
 * What the signature will cover: "47 entries, the last 24-Nov-2026 10:42".
 */
basis: string, 
/**
 * Digest of that basis; sent back, so that an entry which arrives meanwhile blocks signing.
 */
basis_digest: string, 
/**
 * Answers in short, for the signer: label and value.
 */
summary: Array<Labelled>, 
/**
 * Scores.
 */
scores: Array<ScoreView>, 
/**
 * This person may sign.
 */
may_sign: boolean, 
/**
 * What a doctor in training decided, until it is countersigned.
 */
supervised: SupervisedView | null, 
/**
 * Who may be asked to countersign; only for a doctor in training.
 */
supervisors: Array<Choice>, 
/**
 * Warning signs, allergies and medicines that are unverified: ask the patient again.
 */
unverified: Array<string>, };

/**
 * A decision that may still be taken back.
 */
export type UndoView = { 
/**
 * Assessment id.
 */
assessment: string, 
/**
 * `FAMILY, Given`.
 */
name: string, 
/**
 * For so many seconds.
 */
seconds: number, };

/**
 * What was typed, did not become an entry and cannot be read.
 */
export type Unread = { 
/**
 * How much it is, where it is, and what to do.
 */
words: string, 
/**
 * The patients it is about, by id.
 */
patients: Array<string>, };

/**
 * Urgency as shown in lists. Words and shape, never colour alone.
 */
export type UrgencyTag = "emergency" | "crisis" | "same-day" | "two-days" | "suspected-cancer" | "urgent" | "soon" | "routine" | "not-settled" | "not-known";

/**
 * A vignette in short.
 */
export type VignetteLine = { 
/**
 * Id.
 */
id: string, 
/**
 * The case in words.
 */
words: string, };

/**
 * The waiting-time clock in words.
 */
export type Wait = { 
/**
 * "Day 41 of 126", "Local wait, day 41", "Clock stopped", "No national clock".
 */
words: string, 
/**
 * Day number while it runs.
 */
day: number | null, 
/**
 * 0 to 100 for the bar while it runs.
 */
percent: number | null, 
/**
 * ok, mid (from day 84), near (from day 112), over (from day 127).
 */
level: string, 
/**
 * The rule that was applied, in words.
 */
rule: string, 
/**
 * The first day past 18 weeks while it runs, which may have gone by: DD-Mmm-YYYY.
 */
forecast: string | null, 
/**
 * A date is missing that it may depend on.
 */
missing: boolean, };

/**
 * One patient on the worklist.
 */
export type WorkRow = { 
/**
 * Patient id.
 */
patient: string, 
/**
 * Urgency tag.
 */
urgency: UrgencyTag, 
/**
 * Its word.
 */
urgency_label: string, 
/**
 * True when a clinician has signed that urgency; a proposal never looks like a decision.
 */
urgency_signed: boolean, 
/**
 * FAMILY name as shown.
 */
family: string, 
/**
 * Given name.
 */
given: string, 
/**
 * Title in brackets, may be empty.
 */
title: string, 
/**
 * `17-Sep-1979 (47y)` or "Not known".
 */
born: string, 
/**
 * NHS number 3-3-4 or "No NHS number".
 */
nhs_number: string, 
/**
 * Another patient here has a similar name.
 */
similar_name: boolean, 
/**
 * What to do next.
 */
next_step: string, 
/**
 * Stage in words.
 */
stage: string, 
/**
 * When it is due, in words: "Today", "26-Nov-2026".
 */
due: string, 
/**
 * `3 days late`, or none.
 */
late: string | null, 
/**
 * The waiting-time clock.
 */
wait: Wait, 
/**
 * Who has it.
 */
owner: string, 
/**
 * "Kept" on this laptop, or "Conflict".
 */
record_state: string, 
/**
 * What pressing Enter opens.
 */
opens: Opens, 
/**
 * Assessment to continue, if any.
 */
assessment: string | null, };

/**
 * The worklist as one tab shows it.
 */
export type Worklist = { 
/**
 * Every tab with its count.
 */
tabs: Array<Tab>, 
/**
 * The tab shown.
 */
tab: string, 
/**
 * Rows after the filter and after those passed over, at most 200.
 */
rows: Array<WorkRow>, 
/**
 * How many rows match the filter.
 */
matching: number, 
/**
 * There may be more: counting stopped there.
 */
matching_or_more: boolean, 
/**
 * How many rows the tab has without the filter.
 */
total: number, 
/**
 * The sort in words: "sorted by priority, then by what comes first: due, or 18 weeks".
 */
sorted: string, 
/**
 * Emergencies and open actions that stand above everything.
 */
open_actions: Array<OpenAction>, 
/**
 * Today's clinic.
 */
today: Array<ClinicSlot>, 
/**
 * Today, such as "Tue 24-Nov-2026".
 */
today_label: string, 
/**
 * When the record was last written, HH:MM:SS.
 */
last_saved: string | null, 
/**
 * What is wrong with the backups, in words; nothing while all is well.
 */
backup_warning: string | null, 
/**
 * What of the exchange with the hub a person at the list has to know, in words: sites of which
 * nothing came for over a day, and what has waited as long to be sent.
 */
line_warnings: Array<string>, 
/**
 * At the hub: pairs of records of two sites that may be of one person.
 */
duplicates: number, 
/**
 * What is said of sending: entries kept on this laptop.
 */
entries_kept: number, };

/**
 * A bundle that was written.
 */
export type WrittenBundle = { 
/**
 * Where it is.
 */
path: string, 
/**
 * Envelopes in it.
 */
envelopes: number, 
/**
 * Bytes of the file.
 */
bytes: number, 
/**
 * Six words that its reader sees as well.
 */
six_words: string, 
/**
 * What was done, and that the stick may be taken out.
 */
words: string, };

/** Every command: its arguments and what it answers. */
export interface Commands {
  status: { args: Record<string, never>; result: Status };
  set_up: { args: { form: SetUpForm }; result: RecoverySheetView };
  set_up_demo: { args: Record<string, never>; result: Status };
  put_back_record: { args: Record<string, never>; result: Status };
  confirm_sheet: { args: { first: string; second: string }; result: Session };
  save_sheet: { args: { folder: string }; result: SavedPdf };
  print_sheet: { args: { printer: string }; result: Printed };
  unlock: { args: { staff: string; passphrase: string }; result: Session };
  recover: { args: { form: RecoverForm }; result: RecoverySheetView };
  look_for_service: { args: { form: SheetForm }; result: FoundService };
  recover_service: { args: { form: BlankForm }; result: RecoverySheetView };
  lock: { args: Record<string, never>; result: Status };
  seal: { args: Record<string, never>; result: Status };
  still_here: { args: Record<string, never>; result: Session };
  save_preferences: { args: { preferences: Preferences }; result: Session };
  local_numbers: { args: Record<string, never>; result: LocalNumbers };
  save_local_numbers: { args: { numbers: LocalNumbers }; result: Session };
  begin_joining: { args: { form: JoinForm }; result: Status };
  save_request: { args: { folder: string }; result: SavedFile };
  give_up_joining: { args: Record<string, never>; result: Status };
  finish_joining: { args: { form: FinishJoiningForm }; result: RecoverySheetView };
  laptops: { args: Record<string, never>; result: Laptops };
  look_at_request: { args: { request: string }; result: RequestView };
  approve_joining: { args: { form: ApproveForm }; result: Approved };
  change_laptop: { args: { laptop: string; form: LaptopForm }; result: Laptops };
  end_laptop: { args: { laptop: string; form: LaptopEndForm }; result: Laptops };
  sites: { args: Record<string, never>; result: Sites };
  open_site: { args: { form: SiteForm }; result: Sites };
  close_site: { args: { site: string; form: SiteCloseForm }; result: Sites };
  reopen_site: { args: { site: string; own_passphrase: string }; result: Sites };
  transfer_form: { args: { patient: string }; result: TransferView };
  transfer_patient: { args: { patient: string; form: TransferForm }; result: Transferred };
  keys_here: { args: Record<string, never>; result: KeysHere };
  change_passphrase: { args: { form: ChangePassphrase }; result: KeysHere };
  reset_passphrase: { args: { form: ResetPassphrase }; result: KeysHere };
  set_pin: { args: { form: SetPin }; result: KeysHere };
  clear_pin: { args: Record<string, never>; result: KeysHere };
  try_sheet: { args: { code: string }; result: SheetTried };
  new_sheet: { args: { passphrase: string }; result: RecoverySheetView };
  renew_data_key: { args: { passphrase: string }; result: KeysHere };
  backups: { args: Record<string, never>; result: Backups };
  choose_backup_place: { args: { folder: string }; result: Backups };
  forget_backup_place: { args: Record<string, never>; result: Backups };
  back_up_now: { args: Record<string, never>; result: Backups };
  test_backup: { args: { backup: string }; result: Backups };
  backups_at: { args: { folder: string }; result: FoundBackups };
  restore_backup: { args: { form: RestoreForm }; result: RestoreDone };
  staff: { args: Record<string, never>; result: StaffScreen };
  add_colleague: { args: { form: ColleagueForm }; result: StaffScreen };
  renew_colleague: { args: { staff: string; last_day: string; own_passphrase: string }; result: StaffScreen };
  change_colleague: { args: { staff: string; form: StaffChangeForm }; result: StaffScreen };
  end_colleague: { args: { staff: string; form: StaffEndForm }; result: StaffScreen };
  cover_absence: { args: { form: CoverForm }; result: StaffScreen };
  take_cover_back: { args: { cover: string }; result: StaffScreen };
  hand_over: { args: { patient: string; form: HandOverForm }; result: PatientView };
  sit_at: { args: { site: string }; result: Session };
  instruments_in_use: { args: Record<string, never>; result: InstrumentsInUse };
  check_pack: { args: { text: string }; result: PackView };
  import_pack: { args: { text: string }; result: InstrumentsInUse };
  withdraw_pack: { args: { instrument: string; reason: string }; result: InstrumentsInUse };
  worklist: { args: { tab: string; filter: string; skip: number }; result: Worklist };
  search: { args: { text: string }; result: Found };
  overdue: { args: Record<string, never>; result: OverdueList };
  duplicates: { args: Record<string, never>; result: Duplicates };
  tell_apart: { args: { patient: string; other: string; grounds: string }; result: Duplicates };
  start_referral: { args: Record<string, never>; result: IntakeStart };
  check_nhs_number: { args: { text: string }; result: NhsCheck };
  check_referral: { args: { form: ReferralForm }; result: ReferralCheck };
  save_referral: { args: { form: ReferralForm; same_as: string | null }; result: ReferralSaved };
  check_csv: { args: { text: string }; result: CsvReport };
  import_csv: { args: { text: string }; result: CsvReport };
  record_clock_event: { args: { patient: string; form: ClockEventForm }; result: PatientView };
  clock_settings: { args: Record<string, never>; result: ClockSettings };
  save_clock_settings: { args: { settings: ClockSettings }; result: ClockSettings };
  open_patient: { args: { patient: string }; result: PatientView };
  mark_in_error: { args: { patient: string; entry: string; reason: string }; result: PatientView };
  write_note: { args: { patient: string; form: NoteForm }; result: PatientView };
  restrict_note: { args: { patient: string; note: string; restricted: boolean; reason: string }; result: PatientView };
  open_note: { args: { patient: string; note: string; reason: string }; result: NoteView };
  settle_conflict: { args: { patient: string; form: SettleForm }; result: PatientView };
  move_entries: { args: { patient: string; form: MoveForm }; result: PatientView };
  documents: { args: { patient: string }; result: DocumentsView };
  bring_document: { args: { patient: string; at: number; piece: string }; result: DocumentBrought };
  attach_document: { args: { patient: string; form: DocumentForm }; result: DocumentsView };
  fetch_document: { args: { patient: string; document: string }; result: DocumentsView };
  open_document: { args: { patient: string; document: string }; result: DocumentOpened };
  read_document: { args: { document: string; at: number }; result: DocumentPiece };
  save_document: { args: { patient: string; document: string; folder: string }; result: SavedDocument };
  open_person: { args: { patient: string }; result: PersonView };
  change_details: { args: { patient: string; form: DetailsForm }; result: PersonView };
  settle_detail: { args: { patient: string; field: string; value: string; reason: string }; result: PersonView };
  record_death: { args: { patient: string; form: DeathForm }; result: PersonView };
  link_records: { args: { patient: string; other: string; grounds: string }; result: PersonView };
  part_records: { args: { patient: string; other: string; grounds: string }; result: PersonView };
  ask_erasure: { args: { patient: string; form: ErasureForm }; result: PersonView };
  confirm_erasure: { args: { asked: string; passphrase: string }; result: ErasuresView };
  take_back_erasure: { args: { asked: string; passphrase: string }; result: ErasuresView };
  erasures: { args: Record<string, never>; result: ErasuresView };
  case_opinions: { args: { assessment: string }; result: CaseOpinions };
  ask_opinion: { args: { assessment: string; form: AskOpinionForm }; result: CaseOpinions };
  withdraw_opinion: { args: { opinion: string; reason: string }; result: CaseOpinions };
  lift_blind: { args: { opinion: string; reason: string }; result: CaseOpinions };
  opinions_for_me: { args: Record<string, never>; result: OpinionList };
  open_opinion: { args: { opinion: string }; result: OpinionCase };
  give_opinion: { args: { opinion: string; form: OpinionForm }; result: OpinionCase };
  settle_opinion: { args: { opinion: string; form: SettleOpinionForm }; result: OpinionCase };
  agreement: { args: Record<string, never>; result: Agreement };
  start_assessment: { args: { patient: string; mode: string }; result: string };
  start_late_assessment: { args: { patient: string; mode: string; late: LateEntry }; result: string };
  open_assessment: { args: { assessment: string }; result: AssessmentView };
  record_answer: { args: { assessment: string; question: string; answer: AnswerView }; result: AfterAnswer };
  record_item: { args: { assessment: string; list: string; item: string | null; fields: { [key in string]: AnswerValue } }; result: AfterAnswer };
  remove_item: { args: { assessment: string; list: string; item: string; reason: string }; result: AfterAnswer };
  record_list: { args: { assessment: string; list: string; state: AnswerView }; result: AfterAnswer };
  record_form: { args: { assessment: string; instrument: string; form: FormFields }; result: AfterAnswer };
  remove_form: { args: { assessment: string; instrument: string; reason: string }; result: AfterAnswer };
  correct_answer: { args: { assessment: string; question: string; answer: AnswerView; reason: string }; result: AfterAnswer };
  correct_item: { args: { assessment: string; list: string; item: string | null; fields: { [key in string]: AnswerValue }; reason: string }; result: AfterAnswer };
  correct_removal: { args: { assessment: string; list: string; item: string; reason: string }; result: AfterAnswer };
  take_offer: { args: { assessment: string; question: string }; result: AfterAnswer };
  take_offered_item: { args: { assessment: string; list: string; item: string }; result: AfterAnswer };
  leave_section: { args: { assessment: string }; result: AfterAnswer };
  finish_assessment: { args: { assessment: string; form: FinishForm }; result: FinishOutcome };
  open_route: { args: { patient: string; route: string }; result: RouteView };
  record_route: { args: { patient: string; route: string; form: RouteForm }; result: RouteView };
  record_hub_call: { args: { patient: string; action: string; taken_by: string }; result: Array<OpenAction> };
  call_card: { args: { patient: string; route: string }; result: PlanPreview };
  print_call_card: { args: { patient: string; route: string; form: PrintForm }; result: Printed };
  save_call_card: { args: { patient: string; route: string; folder: string }; result: SavedPdf };
  triage_result: { args: { assessment: string }; result: TriageResult };
  explain_proposal: { args: { assessment: string }; result: Explanation };
  choose_first: { args: { assessment: string; form: DecisionForm }; result: TriageResult };
  sign_decision: { args: { assessment: string; form: DecisionForm }; result: TriageResult };
  sign_for_countersigning: { args: { assessment: string; supervisor: string; form: DecisionForm }; result: TriageResult };
  countersign: { args: { assessment: string; form: CountersignForm }; result: TriageResult };
  review_choices: { args: Record<string, never>; result: ReviewChoices };
  begin_review: { args: { form: ReviewForm }; result: ReviewSession };
  review_case: { args: { assessment: string }; result: ReviewCase };
  sign_reviewed: { args: { assessment: string; supervisor: string; form: DecisionForm }; result: ReviewStep };
  countersign_reviewed: { args: { assessment: string; form: CountersignForm }; result: ReviewStep };
  put_aside: { args: { assessment: string; until: string; reason: string }; result: ReviewStep };
  ask_in_review: { args: { assessment: string; form: AskForm }; result: ReviewStep };
  pass_by: { args: { assessment: string }; result: ReviewStep };
  take_back: { args: { assessment: string }; result: ReviewStep };
  end_review: { args: Record<string, never>; result: ReviewEnd };
  review_rates: { args: Record<string, never>; result: ReviewRates };
  open_plan: { args: { assessment: string }; result: PlanView };
  save_plan_block: { args: { assessment: string; block: string; text: string }; result: PlanView };
  save_plan_goals: { args: { assessment: string; goals: Array<Goal> }; result: PlanView };
  save_plan_review: { args: { assessment: string; review: string }; result: PlanView };
  agree_plan: { args: { assessment: string; form: AgreeForm }; result: PlanView };
  preview_plan: { args: { assessment: string; large: boolean }; result: PlanPreview };
  save_plan_pdf: { args: { assessment: string; large: boolean; folder: string }; result: SavedPdf };
  printers: { args: Record<string, never>; result: Printers };
  print_plan: { args: { assessment: string; form: PrintForm }; result: Printed };
  plan_given: { args: { assessment: string; form: GivenForm }; result: PlanView };
  open_letter: { args: { assessment: string; to: string }; result: LetterView };
  save_letter_part: { args: { assessment: string; to: string; part: string; text: string }; result: LetterView };
  approve_letter: { args: { assessment: string; to: string; form: ApproveLetterForm }; result: LetterView };
  preview_letter: { args: { assessment: string; to: string; large: boolean }; result: PlanPreview };
  save_letter_pdf: { args: { assessment: string; to: string; large: boolean; folder: string }; result: SavedPdf };
  print_letter: { args: { assessment: string; to: string; form: PrintForm }; result: Printed };
  letter_given: { args: { assessment: string; to: string; form: GivenForm }; result: LetterView };
  sync_chip: { args: Record<string, never>; result: SyncChip };
  sync_screen: { args: Record<string, never>; result: SyncScreen };
  try_now: { args: Record<string, never>; result: SyncChip };
  case_sync: { args: { patient: string }; result: CaseSync };
  hub_server: { args: Record<string, never>; result: HubServerView };
  save_hub_server: { args: { form: HubServerForm }; result: HubServerView };
  save_hub_set_up: { args: { folder: string }; result: SavedHubSetUp };
  audit_trail: { args: { query: AuditQuery; skip: number }; result: AuditPage };
  check_record: { args: Record<string, never>; result: RecordCheck };
  export_audit: { args: { query: AuditQuery; folder: string }; result: SavedAudit };
  tasks: { args: { tab: string }; result: TaskList };
  tasks_of: { args: { patient: string }; result: TasksOf };
  open_tasks: { args: { assessment: string }; result: TasksOf };
  take_task: { args: { patient: string; task: string }; result: TasksOf };
  give_task: { args: { patient: string; task: string; form: GiveTaskForm }; result: TasksOf };
  finish_task: { args: { patient: string; task: string; form: FinishTaskForm }; result: TasksOf };
  drop_task: { args: { patient: string; task: string; reason: string }; result: TasksOf };
  add_task: { args: { patient: string; form: AddTaskForm }; result: TasksOf };
  ask_spoke: { args: { assessment: string; form: AskForm }; result: TasksOf };
  answer_enquiry: { args: { patient: string; enquiry: string; answer: string }; result: TasksOf };
  bundles: { args: Record<string, never>; result: BundlesView };
  bundle_contents: { args: { form: BundleForm }; result: BundleContents };
  write_bundle: { args: { form: BundleForm }; result: WrittenBundle };
  inspect_bundle: { args: { path: string }; result: InspectedBundle };
  begin_reading_bundle: { args: { path: string }; result: BundleReading };
  read_bundle_on: { args: Record<string, never>; result: BundleReading };
  adoptions: { args: Record<string, never>; result: Adoptions };
  review_content: { args: { what: string; digest: string }; result: ContentReview };
  offer_ruleset: { args: { text: string }; result: Adoptions };
  adopt_content: { args: { what: string; digest: string; passphrase: string }; result: Adoptions };
  withdraw_content: { args: { what: string; digest: string; reason: string; passphrase: string }; result: Adoptions };
  cases_under: { args: { what: string; digest: string }; result: CasesUnder };
  open_rulebook: { args: Record<string, never>; result: Rulebook };
  open_rule: { args: { rule: string }; result: RuleView };
  start_case: { args: { vignette: string }; result: BenchCase };
  try_case: { args: { case: BenchCase; rule: string }; result: BenchResult };
  run_vignettes: { args: Record<string, never>; result: TestSet };
  try_ruleset: { args: { text: string }; result: Comparison };
}
