//! The table of commands: their names, arguments and answers, said once.
//!
//! From it come the handlers, and by a test the TypeScript in `ui/src/backend/bindings.ts`, so that
//! a misspelt command or argument does not compile on either side. Each command is a use case of
//! the same name in the module of `clinic` that it stands under.

use std::collections::BTreeMap;

#[allow(
    clippy::wildcard_imports,
    reason = "the table names every type that crosses; a list of them would say it twice"
)]
use clinic::view::*;
use tauri::State;

use crate::desk::SharedDesk;

/// Calls another macro with the whole table.
macro_rules! with_commands {
    ($then:ident) => {
        $then! {
            door {
                status() -> Status;
                set_up(form: SetUpForm) -> RecoverySheetView;
                set_up_demo() -> Status;
                put_back_record() -> Status;
                confirm_sheet(first: String, second: String) -> Session;
                save_sheet(folder: String) -> SavedPdf;
                print_sheet(printer: String) -> Printed;
                unlock(staff: String, passphrase: String) -> Session;
                recover(form: RecoverForm) -> RecoverySheetView;
                look_for_service(form: SheetForm) -> FoundService;
                recover_service(form: BlankForm) -> RecoverySheetView;
                lock() -> Status;
                seal() -> Status;
                still_here() -> Session;
                save_preferences(preferences: Preferences) -> Session;
                local_numbers() -> LocalNumbers;
                save_local_numbers(numbers: LocalNumbers) -> Session;
            }
            enrol {
                begin_joining(form: JoinForm) -> Status;
                save_request(folder: String) -> SavedFile;
                give_up_joining() -> Status;
                finish_joining(form: FinishJoiningForm) -> RecoverySheetView;
                laptops() -> Laptops;
                look_at_request(request: String) -> RequestView;
                approve_joining(form: ApproveForm) -> Approved;
                change_laptop(laptop: String, form: LaptopForm) -> Laptops;
                end_laptop(laptop: String, form: LaptopEndForm) -> Laptops;
            }
            sites {
                sites() -> Sites;
                open_site(form: SiteForm) -> Sites;
                close_site(site: String, form: SiteCloseForm) -> Sites;
                reopen_site(site: String, own_passphrase: String) -> Sites;
            }
            transfer {
                transfer_form(patient: String) -> TransferView;
                transfer_patient(patient: String, form: TransferForm) -> Transferred;
            }
            keys {
                keys_here() -> KeysHere;
                change_passphrase(form: ChangePassphrase) -> KeysHere;
                reset_passphrase(form: ResetPassphrase) -> KeysHere;
                set_pin(form: SetPin) -> KeysHere;
                clear_pin() -> KeysHere;
                try_sheet(code: String) -> SheetTried;
                new_sheet(passphrase: String) -> RecoverySheetView;
                renew_data_key(passphrase: String) -> KeysHere;
            }
            backups {
                backups() -> Backups;
                choose_backup_place(folder: String) -> Backups;
                forget_backup_place() -> Backups;
                back_up_now() -> Backups;
                test_backup(backup: String) -> Backups;
                backups_at(folder: String) -> FoundBackups;
                restore_backup(form: RestoreForm) -> RestoreDone;
            }
            staff {
                staff() -> StaffScreen;
                add_colleague(form: ColleagueForm) -> StaffScreen;
                renew_colleague(staff: String, last_day: String, own_passphrase: String) -> StaffScreen;
                change_colleague(staff: String, form: StaffChangeForm) -> StaffScreen;
                end_colleague(staff: String, form: StaffEndForm) -> StaffScreen;
                cover_absence(form: CoverForm) -> StaffScreen;
                take_cover_back(cover: String) -> StaffScreen;
                hand_over(patient: String, form: HandOverForm) -> PatientView;
                sit_at(site: String) -> Session;
            }
            instruments {
                instruments_in_use() -> InstrumentsInUse;
                check_pack(text: String) -> PackView;
                import_pack(text: String) -> InstrumentsInUse;
                withdraw_pack(instrument: String, reason: String) -> InstrumentsInUse;
            }
            worklist {
                worklist(tab: String, filter: String, skip: u32) -> Worklist;
                search(text: String) -> Found;
                overdue() -> OverdueList;
                duplicates() -> Duplicates;
                tell_apart(patient: String, other: String, grounds: String) -> Duplicates;
            }
            intake {
                start_referral() -> IntakeStart;
                check_nhs_number(text: String) -> NhsCheck;
                check_referral(form: ReferralForm) -> ReferralCheck;
                save_referral(form: ReferralForm, same_as: Option<String>) -> ReferralSaved;
                check_csv(text: String) -> CsvReport;
                import_csv(text: String) -> CsvReport;
            }
            clock {
                record_clock_event(patient: String, form: ClockEventForm) -> PatientView;
                clock_settings() -> ClockSettings;
                save_clock_settings(settings: ClockSettings) -> ClockSettings;
            }
            patient {
                open_patient(patient: String) -> PatientView;
                mark_in_error(patient: String, entry: String, reason: String) -> PatientView;
                write_note(patient: String, form: NoteForm) -> PatientView;
                restrict_note(patient: String, note: String, restricted: bool, reason: String) -> PatientView;
                open_note(patient: String, note: String, reason: String) -> NoteView;
                settle_conflict(patient: String, form: SettleForm) -> PatientView;
                move_entries(patient: String, form: MoveForm) -> PatientView;
            }
            documents {
                documents(patient: String) -> DocumentsView;
                bring_document(patient: String, at: u32, piece: String) -> DocumentBrought;
                attach_document(patient: String, form: DocumentForm) -> DocumentsView;
                fetch_document(patient: String, document: String) -> DocumentsView;
                open_document(patient: String, document: String) -> DocumentOpened;
                read_document(document: String, at: u32) -> DocumentPiece;
                save_document(patient: String, document: String, folder: String) -> SavedDocument;
            }
            person {
                open_person(patient: String) -> PersonView;
                change_details(patient: String, form: DetailsForm) -> PersonView;
                settle_detail(patient: String, field: String, value: String, reason: String) -> PersonView;
                record_death(patient: String, form: DeathForm) -> PersonView;
                link_records(patient: String, other: String, grounds: String) -> PersonView;
                part_records(patient: String, other: String, grounds: String) -> PersonView;
                ask_erasure(patient: String, form: ErasureForm) -> PersonView;
                confirm_erasure(asked: String, passphrase: String) -> ErasuresView;
                take_back_erasure(asked: String, passphrase: String) -> ErasuresView;
                erasures() -> ErasuresView;
            }
            opinion {
                case_opinions(assessment: String) -> CaseOpinions;
                ask_opinion(assessment: String, form: AskOpinionForm) -> CaseOpinions;
                withdraw_opinion(opinion: String, reason: String) -> CaseOpinions;
                lift_blind(opinion: String, reason: String) -> CaseOpinions;
                opinions_for_me() -> OpinionList;
                open_opinion(opinion: String) -> OpinionCase;
                give_opinion(opinion: String, form: OpinionForm) -> OpinionCase;
                settle_opinion(opinion: String, form: SettleOpinionForm) -> OpinionCase;
                agreement() -> Agreement;
            }
            assess {
                start_assessment(patient: String, mode: String) -> String;
                start_late_assessment(patient: String, mode: String, late: LateEntry) -> String;
                open_assessment(assessment: String) -> AssessmentView;
                record_answer(assessment: String, question: String, answer: AnswerView) -> AfterAnswer;
                record_item(assessment: String, list: String, item: Option<String>, fields: BTreeMap<String, AnswerValue>) -> AfterAnswer;
                remove_item(assessment: String, list: String, item: String, reason: String) -> AfterAnswer;
                record_list(assessment: String, list: String, state: AnswerView) -> AfterAnswer;
                record_form(assessment: String, instrument: String, form: FormFields) -> AfterAnswer;
                remove_form(assessment: String, instrument: String, reason: String) -> AfterAnswer;
                correct_answer(assessment: String, question: String, answer: AnswerView, reason: String) -> AfterAnswer;
                correct_item(assessment: String, list: String, item: Option<String>, fields: BTreeMap<String, AnswerValue>, reason: String) -> AfterAnswer;
                correct_removal(assessment: String, list: String, item: String, reason: String) -> AfterAnswer;
                take_offer(assessment: String, question: String) -> AfterAnswer;
                take_offered_item(assessment: String, list: String, item: String) -> AfterAnswer;
                leave_section(assessment: String) -> AfterAnswer;
                finish_assessment(assessment: String, form: FinishForm) -> FinishOutcome;
            }
            route {
                open_route(patient: String, route: String) -> RouteView;
                record_route(patient: String, route: String, form: RouteForm) -> RouteView;
                record_hub_call(patient: String, action: String, taken_by: String) -> Vec<OpenAction>;
                call_card(patient: String, route: String) -> PlanPreview;
                print_call_card(patient: String, route: String, form: PrintForm) -> Printed;
                save_call_card(patient: String, route: String, folder: String) -> SavedPdf;
            }
            decide {
                triage_result(assessment: String) -> TriageResult;
                explain_proposal(assessment: String) -> Explanation;
                choose_first(assessment: String, form: DecisionForm) -> TriageResult;
                sign_decision(assessment: String, form: DecisionForm) -> TriageResult;
                sign_for_countersigning(assessment: String, supervisor: String, form: DecisionForm) -> TriageResult;
                countersign(assessment: String, form: CountersignForm) -> TriageResult;
            }
            review {
                review_choices() -> ReviewChoices;
                begin_review(form: ReviewForm) -> ReviewSession;
                review_case(assessment: String) -> ReviewCase;
                sign_reviewed(assessment: String, supervisor: String, form: DecisionForm) -> ReviewStep;
                countersign_reviewed(assessment: String, form: CountersignForm) -> ReviewStep;
                put_aside(assessment: String, until: String, reason: String) -> ReviewStep;
                ask_in_review(assessment: String, form: AskForm) -> ReviewStep;
                pass_by(assessment: String) -> ReviewStep;
                take_back(assessment: String) -> ReviewStep;
                end_review() -> ReviewEnd;
                review_rates() -> ReviewRates;
            }
            plan {
                open_plan(assessment: String) -> PlanView;
                save_plan_block(assessment: String, block: String, text: String) -> PlanView;
                save_plan_goals(assessment: String, goals: Vec<Goal>) -> PlanView;
                save_plan_review(assessment: String, review: String) -> PlanView;
                agree_plan(assessment: String, form: AgreeForm) -> PlanView;
                preview_plan(assessment: String, large: bool) -> PlanPreview;
                save_plan_pdf(assessment: String, large: bool, folder: String) -> SavedPdf;
                printers() -> Printers;
                print_plan(assessment: String, form: PrintForm) -> Printed;
                plan_given(assessment: String, form: GivenForm) -> PlanView;
            }
            letter {
                open_letter(assessment: String, to: String) -> LetterView;
                save_letter_part(assessment: String, to: String, part: String, text: String) -> LetterView;
                approve_letter(assessment: String, to: String, form: ApproveLetterForm) -> LetterView;
                preview_letter(assessment: String, to: String, large: bool) -> PlanPreview;
                save_letter_pdf(assessment: String, to: String, large: bool, folder: String) -> SavedPdf;
                print_letter(assessment: String, to: String, form: PrintForm) -> Printed;
                letter_given(assessment: String, to: String, form: GivenForm) -> LetterView;
            }
            line {
                sync_chip() -> SyncChip;
                sync_screen() -> SyncScreen;
                try_now() -> SyncChip;
                case_sync(patient: String) -> CaseSync;
                hub_server() -> HubServerView;
                save_hub_server(form: HubServerForm) -> HubServerView;
                save_hub_set_up(folder: String) -> SavedHubSetUp;
            }
            audit {
                audit_trail(query: AuditQuery, skip: u32) -> AuditPage;
                check_record() -> RecordCheck;
                export_audit(query: AuditQuery, folder: String) -> SavedAudit;
            }
            task {
                tasks(tab: String) -> TaskList;
                tasks_of(patient: String) -> TasksOf;
                open_tasks(assessment: String) -> TasksOf;
                take_task(patient: String, task: String) -> TasksOf;
                give_task(patient: String, task: String, form: GiveTaskForm) -> TasksOf;
                finish_task(patient: String, task: String, form: FinishTaskForm) -> TasksOf;
                drop_task(patient: String, task: String, reason: String) -> TasksOf;
                add_task(patient: String, form: AddTaskForm) -> TasksOf;
                ask_spoke(assessment: String, form: AskForm) -> TasksOf;
                answer_enquiry(patient: String, enquiry: String, answer: String) -> TasksOf;
            }
            bundles {
                bundles() -> BundlesView;
                bundle_contents(form: BundleForm) -> BundleContents;
                write_bundle(form: BundleForm) -> WrittenBundle;
                inspect_bundle(path: String) -> InspectedBundle;
                begin_reading_bundle(path: String) -> BundleReading;
                read_bundle_on() -> BundleReading;
            }
            adoption {
                adoptions() -> Adoptions;
                review_content(what: String, digest: String) -> ContentReview;
                offer_ruleset(text: String) -> Adoptions;
                adopt_content(what: String, digest: String, passphrase: String) -> Adoptions;
                withdraw_content(what: String, digest: String, reason: String, passphrase: String) -> Adoptions;
                cases_under(what: String, digest: String) -> CasesUnder;
            }
            rulebook {
                open_rulebook() -> Rulebook;
                open_rule(rule: String) -> RuleView;
                start_case(vignette: String) -> BenchCase;
                try_case(case: BenchCase, rule: String) -> BenchResult;
                run_vignettes() -> TestSet;
                try_ruleset(text: String) -> Comparison;
            }
        }
    };
}

macro_rules! handlers {
    ($($module:ident { $($name:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)* })*) => {
        $($(
            #[tauri::command(rename_all = "snake_case")]
            async fn $name(desk: State<'_, SharedDesk>, $($argument: $kind),*) -> Result<$answer, Fault> {
                desk.work(move |desk| clinic::$module::$name(desk, $($argument),*)).await
            }
        )*)*

        /// Answers every command of the table.
        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($($name),*),*]
        }
    };
}

with_commands!(handlers);

#[cfg(test)]
pub(crate) use with_commands;
