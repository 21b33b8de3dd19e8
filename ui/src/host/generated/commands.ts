// Made from the command tables by `cargo run -p commands --example bindings`.
import type {
    AddAttachment,
    AddRecord,
    AttachFiles,
    AttachmentRef,
    BackupRef,
    BackupView,
    BatchView,
    Begin,
    CalendarImported,
    CalendarYear,
    CalendarYearHead,
    CalendarYearView,
    CatalogView,
    ChangeForm,
    ChangeRule,
    CheckAnswer,
    CheckValues,
    CheckedValues,
    CountDue,
    CountRecords,
    CountedDate,
    Counts,
    DeadlineView,
    DeleteRecord,
    DraftKey,
    DraftView,
    Due,
    DueLine,
    EditRecord,
    ErasePerson,
    Erased,
    ExportList,
    FormChanged,
    FormView,
    FoundOffice,
    HistoryLine,
    HistoryOp,
    ImportAnswer,
    ImportCalendar,
    JobRef,
    JobView,
    JsonValue,
    KeepAs,
    KeptAs,
    LinkedView,
    ListRecords,
    LookUp,
    LookedUp,
    NavEntry,
    Nothing,
    NumberExample,
    NumberSpelled,
    OfficeView,
    OwnPhrase,
    PaperRef,
    PaperReturned,
    Papers,
    PeopleByPhone,
    PhraseView,
    Phrases,
    PickedFile,
    Preview,
    PreviewRef,
    PrintOut,
    PrintPapers,
    PrintedFile,
    PrintedFiles,
    PrintedRef,
    PrintedRefs,
    RecordPage,
    RecordRef,
    RecordView,
    RegisterRef,
    ReserveNumbers,
    ReservedNumbers,
    ReturnScan,
    RuleView,
    SavePreference,
    Saved,
    Search,
    SearchAnswer,
    Similar,
    SimilarCase,
    Status,
    StepOffer,
    StepTaken,
    TakeLedger,
    TakeStep,
    TakenBack,
    TellFault,
    Thumbnail,
    TodayView,
    TokenRef,
    Totals,
    TotalsView,
    Undo,
    UndoImport,
    UndoOffer,
    UsedBefore,
    ViewView,
    Views,
    WayView,
} from './types';

/** Every command with what it is asked and what it answers. */
export interface Commands {
    list_records: { ask: ListRecords; answer: RecordPage };
    get_record: { ask: RecordRef; answer: RecordView };
    add_record: { ask: AddRecord; answer: RecordView };
    edit_record: { ask: EditRecord; answer: RecordView };
    delete_record: { ask: DeleteRecord; answer: RecordView };
    restore_record: { ask: RecordRef; answer: RecordView };
    recycle_bin: { ask: Nothing; answer: Array<RecordView> };
    next_steps: { ask: RecordRef; answer: Array<StepOffer> };
    take_step: { ask: TakeStep; answer: StepTaken };
    deadlines_of: { ask: RecordRef; answer: Array<DeadlineView> };
    due: { ask: Due; answer: Array<DueLine> };
    count_due: { ask: CountDue; answer: CountedDate };
    search: { ask: Search; answer: SearchAnswer };
    history_of: { ask: RecordRef; answer: Array<HistoryLine> };
    undo: { ask: Undo; answer: TakenBack };
    redo: { ask: Nothing; answer: TakenBack };
    forms: { ask: Nothing; answer: Array<FormView> };
    print_papers: { ask: PrintPapers; answer: Array<PrintedFile> };
    papers: { ask: Papers; answer: Array<RecordView> };
    reprint: { ask: PaperRef; answer: PrintedFile };
    paper_returned: { ask: PaperReturned; answer: RecordView };
    change_form: { ask: ChangeForm; answer: FormChanged };
    add_attachment: { ask: AddAttachment; answer: RecordView };
    attachments_of: { ask: RecordRef; answer: Array<RecordView> };
    undo_import: { ask: UndoImport; answer: TakenBack };
    import_batches: { ask: Nothing; answer: Array<BatchView> };
    save_draft: { ask: DraftView; answer: Nothing };
    drafts: { ask: Nothing; answer: Array<DraftView> };
    drop_draft: { ask: DraftKey; answer: boolean };
    people_by_phone: { ask: PeopleByPhone; answer: Array<RecordView> };
    erase_person: { ask: ErasePerson; answer: Erased };
    reserve_numbers: { ask: ReserveNumbers; answer: ReservedNumbers };
    number_example: { ask: NumberExample; answer: NumberSpelled };
    rules: { ask: Nothing; answer: Array<RuleView> };
    change_rule: { ask: ChangeRule; answer: Array<RuleView> };
    import_calendar: { ask: ImportCalendar; answer: CalendarImported };
    check: { ask: Nothing; answer: CheckAnswer };
    backup: { ask: Nothing; answer: BackupView };
    backups: { ask: Nothing; answer: Array<BackupView> };
    catalog: { ask: Nothing; answer: CatalogView };
    office: { ask: Nothing; answer: OfficeView };
    nav: { ask: Nothing; answer: Array<NavEntry> };
    way_of: { ask: RecordRef; answer: WayView };
    today: { ask: Nothing; answer: TodayView };
    count_records: { ask: CountRecords; answer: Counts };
    totals: { ask: Totals; answer: TotalsView };
    views: { ask: Views; answer: Array<ViewView> };
    check_values: { ask: CheckValues; answer: CheckedValues };
    look_up: { ask: LookUp; answer: Array<LookedUp> };
    used_before: { ask: UsedBefore; answer: Array<string> };
    similar: { ask: Similar; answer: Array<SimilarCase> };
    phrases: { ask: Phrases; answer: Array<PhraseView> };
    add_phrase: { ask: OwnPhrase; answer: Array<PhraseView> };
    drop_phrase: { ask: OwnPhrase; answer: Array<PhraseView> };
    linked: { ask: RecordRef; answer: LinkedView };
    history_ops: { ask: RecordRef; answer: Array<HistoryOp> };
    undo_offer: { ask: Nothing; answer: UndoOffer };
    show_personal: { ask: RecordRef; answer: RecordView };
    calendar_year: { ask: CalendarYear; answer: CalendarYearView };
    calendar_years: { ask: Nothing; answer: Array<CalendarYearHead> };
    preferences: { ask: Nothing; answer: { [key in string]: JsonValue } };
    save_preference: { ask: SavePreference; answer: Nothing };
    status: { ask: Nothing; answer: Status };
    found_office: { ask: FoundOffice; answer: Status };
    open_demo: { ask: Nothing; answer: Status };
    open_again: { ask: Nothing; answer: Status };
    leave_demo: { ask: Nothing; answer: Status };
    choose_office: { ask: Nothing; answer: Status };
    open_office_folder: { ask: Nothing; answer: Nothing };
    pick_ledger: { ask: Nothing; answer: PickedFile | null };
    look_at_ledger: { ask: TakeLedger; answer: ImportAnswer };
    take_ledger: { ask: TakeLedger; answer: ImportAnswer };
    save_import_report: { ask: TakeLedger; answer: Saved | null };
    save_import_template: { ask: RegisterRef; answer: Saved | null };
    export_list: { ask: ExportList; answer: Saved | null };
    attach_files: { ask: AttachFiles; answer: Array<RecordView> };
    save_attachment: { ask: AttachmentRef; answer: Saved | null };
    open_attachment: { ask: AttachmentRef; answer: Nothing };
    preview_papers: { ask: PrintPapers; answer: Preview };
    print_and_keep: { ask: PrintPapers; answer: PrintedFiles };
    print_out: { ask: PrintOut; answer: PrintedFiles };
    keep_as: { ask: KeepAs; answer: KeptAs | null };
    reprint_paper: { ask: PaperRef; answer: PrintedFiles };
    save_printed: { ask: PrintedRefs; answer: Saved | null };
    send_to_printer: { ask: PrintedRefs; answer: Nothing };
    return_scan: { ask: ReturnScan; answer: RecordView | null };
    restore_backup: { ask: BackupRef; answer: Status };
    backups_here: { ask: Nothing; answer: Array<BackupView> };
    save_backup_as: { ask: BackupRef; answer: Saved | null };
    show_saved: { ask: TokenRef; answer: Nothing };
    begin: { ask: Begin; answer: JobRef };
    job: { ask: JobRef; answer: JobView };
    stop: { ask: JobRef; answer: Nothing };
    tell_fault: { ask: TellFault; answer: Nothing };
}

/** The commands that answer bytes. */
export interface ByteCommands {
    preview_pdf: { ask: PreviewRef };
    printed_pdf: { ask: PrintedRef };
    paper_pdf: { ask: PaperRef };
    attachment_file: { ask: AttachmentRef };
    thumbnail: { ask: Thumbnail };
    returned_scan: { ask: PaperRef };
}

/** The commands after which records may be different. */
export const WRITES: ReadonlySet<keyof Commands> = new Set<keyof Commands>([
    'add_record',
    'edit_record',
    'delete_record',
    'restore_record',
    'take_step',
    'undo',
    'redo',
    'print_papers',
    'reprint',
    'paper_returned',
    'change_form',
    'add_attachment',
    'undo_import',
    'erase_person',
    'reserve_numbers',
    'change_rule',
    'import_calendar',
    'found_office',
    'open_demo',
    'open_again',
    'leave_demo',
    'choose_office',
    'take_ledger',
    'attach_files',
    'print_and_keep',
    'print_out',
    'keep_as',
    'reprint_paper',
    'return_scan',
    'restore_backup',
]);
