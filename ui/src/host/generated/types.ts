// Made from the command tables by `cargo run -p commands --example bindings`.

/**
 * Hangs a file that is already among the attachments on a record.
 */
export type AddAttachment = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Which record.
 */
record: string, 
/**
 * Hash of the file, as [`take_file`] answered.
 */
file: string, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * Its name as the person knows it.
 */
name: string, 
/**
 * What it shows.
 */
note?: string, 
/**
 * `photo`, `scan`, `recording`, `file`; missing means by the name's ending.
 */
kind?: string | null, };

/**
 * Adds a record.
 */
export type AddRecord = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Values by field id, as typed.
 */
values: { [key in string]: JsonValue }, };

/**
 * Where the answer to a question belongs in the request.
 */
export type AskOn = "record" | "action" | "order";

/**
 * One choice that follows from the case.
 */
export type AskOption = { 
/**
 * What is sent.
 */
code: string, 
/**
 * What is shown.
 */
label: string, };

/**
 * Hangs files on a record.
 */
export type AttachFiles = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Which record.
 */
record: string, 
/**
 * Files that were dropped; missing means that a dialog asks.
 */
tokens?: Array<string> | null, };

/**
 * Names an attachment.
 */
export type AttachmentRef = { 
/**
 * Its identifier.
 */
attachment: string, };

/**
 * Names a backup.
 */
export type BackupRef = { 
/**
 * File name.
 */
name: string, };

/**
 * One backup.
 */
export type BackupView = { 
/**
 * File name.
 */
name: string, 
/**
 * Running number; greater is newer.
 */
sequence: number, 
/**
 * When it was made.
 */
made_at: string, 
/**
 * Length in bytes.
 */
bytes: number, 
/**
 * Records by register.
 */
counts: { [key in string]: number }, 
/**
 * Finished and of the right length.
 */
whole: boolean, };

/**
 * A batch of imports.
 */
export type BatchView = { 
/**
 * Its name, for taking it back.
 */
batch: string, 
/**
 * What was imported.
 */
label: string, 
/**
 * When it was entered.
 */
entry_at: string, 
/**
 * Taken back.
 */
undone: boolean, };

/**
 * Begins long work.
 */
export type Begin = { 
/**
 * The command.
 */
name: string, 
/**
 * Its request.
 */
request?: JsonValue, };

/**
 * One day.
 */
export type CalendarDay = { 
/**
 * The day.
 */
date: string, 
/**
 * Not a working day.
 */
rest: boolean, 
/**
 * A rest day that is worked in exchange for a holiday.
 */
make_up: boolean, 
/**
 * The name of the holiday, or the reason of the office; may be empty.
 */
name: string, };

/**
 * What a holiday table brought.
 */
export type CalendarImported = { 
/**
 * Its year.
 */
year: number, 
/**
 * Days off.
 */
off: number, 
/**
 * Make-up working days.
 */
make_up: number, };

/**
 * Asks for a year.
 */
export type CalendarYear = { 
/**
 * The year.
 */
year: number, };

/**
 * One year of those that can be looked at.
 */
export type CalendarYearHead = { 
/**
 * The year.
 */
year: number, 
/**
 * The notice that the table was made from.
 */
source: string, 
/**
 * There is a table.
 */
known: boolean, 
/**
 * The table is the office's own.
 */
own: boolean, };

/**
 * A year day by day.
 */
export type CalendarYearView = { 
/**
 * The year.
 */
year: number, 
/**
 * The notice that the table was made from; empty for a year without a table.
 */
source: string, 
/**
 * There is a table; without one it is counted Monday to Friday.
 */
known: boolean, 
/**
 * The table is the office's own.
 */
own: boolean, 
/**
 * Every day of the year.
 */
days: Array<CalendarDay>, };

/**
 * Every register and choice list.
 */
export type CatalogView = { 
/**
 * Registers and line registers, by id.
 */
registers: Array<RegisterView>, 
/**
 * Choice lists by id.
 */
lists: { [key in string]: ChoiceListView }, };

/**
 * Changes a form from a day on.
 */
export type ChangeForm = { 
/**
 * Form code.
 */
form: string, 
/**
 * Title, code, wording, signature places, margins, logo; see the form language.
 */
change: JsonValue, 
/**
 * From this day on; missing means today.
 */
effective_from?: string | null, 
/**
 * Why.
 */
reason: string, };

/**
 * Changes a rule from a day on.
 */
export type ChangeRule = { 
/**
 * Code.
 */
rule: string, 
/**
 * The new figure, or the word by its code or its Chinese.
 */
value: string, 
/**
 * The new unit; missing keeps the present one.
 */
unit?: Unit | null, 
/**
 * From this day on; missing means today.
 */
effective_from?: string | null, 
/**
 * Why.
 */
reason: string, };

/**
 * What a check found.
 */
export type CheckAnswer = { 
/**
 * Nothing harmful was found.
 */
good: boolean, 
/**
 * Findings in words.
 */
findings: Array<CheckFinding>, 
/**
 * Rows by table.
 */
counts: { [key in string]: number }, 
/**
 * Ops in the chain.
 */
ops: number, 
/**
 * Head of the chain.
 */
history_head: string, 
/**
 * Attachments read.
 */
files: number, };

/**
 * One finding of a check.
 */
export type CheckFinding = { 
/**
 * Stable code.
 */
code: string, 
/**
 * In words.
 */
message: string, 
/**
 * Where: a table, an op, a hash; never a value.
 */
place: string, 
/**
 * What was found, in the words of the checker: for support.
 */
detail: string, };

/**
 * Asks how typed values are read.
 */
export type CheckValues = { 
/**
 * Register or line register, by id or Chinese name.
 */
register: string, 
/**
 * The record that is being changed; missing for a new one. A step's time is compared with
 * what happened to it.
 */
record?: string | null, 
/**
 * The step whose dialog is filled in; then `at` is read as well.
 */
step?: string | null, 
/**
 * Values by field id, as typed.
 */
values: { [key in string]: JsonValue }, };

/**
 * How typed values are read.
 */
export type CheckedValues = { 
/**
 * Each value as it is shown.
 */
shown: { [key in string]: string }, 
/**
 * Each value as it is to be sent.
 */
values: { [key in string]: JsonValue }, 
/**
 * What is wrong, by field.
 */
faults: Array<FieldFault>, };

/**
 * How much of the file was checked when it was opened.
 */
export type CheckedWhole = "not_needed" | "whole" | "quickly" | "partly";

/**
 * A choice list.
 */
export type ChoiceListView = { 
/**
 * Chinese name.
 */
label: string, 
/**
 * The choices in their order.
 */
choices: Array<ChoiceView>, };

/**
 * One choice.
 */
export type ChoiceView = { 
/**
 * Stable code.
 */
code: string, 
/**
 * Chinese label.
 */
label: string, 
/**
 * No longer offered.
 */
retired: boolean, 
/**
 * Other words that find it, parted by blanks: synonyms, pinyin, initials.
 */
found_by: string, };

/**
 * What kind of failure it is; a code exists only where somebody acts on it.
 */
export type Code = "bad_request" | "invalid" | "refused" | "conflict" | "not_found" | "in_use" | "bad_file" | "disk_full" | "read_only" | "io" | "internal";

/**
 * One column.
 */
export type ColumnAnswer = { 
/**
 * Letters.
 */
column: string, 
/**
 * Header as in the file.
 */
header: string, 
/**
 * Field id, or nothing when it is not taken over.
 */
field: string | null, 
/**
 * The field in Chinese.
 */
label: string | null, };

/**
 * What a column is used for.
 */
export type ColumnUse = { "field": string } | "row_number" | "ignore";

/**
 * A column of the list.
 */
export type ColumnView = { 
/**
 * Width in pixels at 16 px type.
 */
width: number, 
/**
 * Not shown until asked for.
 */
hidden: boolean, };

/**
 * A failed command.
 */
export type CommandError = { 
/**
 * What kind of failure.
 */
code: Code, 
/**
 * Chinese: what happened, what was kept, what to do.
 */
message: string, 
/**
 * The fields concerned.
 */
fields: Array<FieldFault>, };

/**
 * One condition of a list.
 */
export type Condition = { 
/**
 * Field id, or `number`, `state`; `@deadline` (`overdue`, `today`, `soon`, `none`, `late`,
 * `in_time`), `@papers` (`out`), `@closed` (`yes`, `no`).
 */
field: string, 
/**
 * `=`, `!=`, `<`, `<=`, `>`, `>=`, `~` (contains), `in` (codes joined by commas), `within`
 * (`today`, `this_month`, `last_31_days`, `next_7_days` …), `empty`, `filled`.
 */
op: string, 
/**
 * The value as typed.
 */
value?: string, };

/**
 * When a field is shown or required; exactly one of the tests is given.
 */
export type ConditionView = { 
/**
 * The field that is looked at.
 */
field: string, 
/**
 * A tick that must be so.
 */
ticked: boolean | null, 
/**
 * Codes of which one must be the value.
 */
one_of: Array<string> | null, 
/**
 * Whether anything must have been entered.
 */
filled: boolean | null, };

/**
 * One count.
 */
export type CountAnswer = { 
/**
 * How many.
 */
count: number, 
/**
 * False when it may include a few too many.
 */
exact: boolean, };

/**
 * Counts one date.
 */
export type CountDue = { 
/**
 * Where the count starts.
 */
from: string, 
/**
 * `2w`, `3d`, `48h`, `6m`, `2y`.
 */
add: string, 
/**
 * A legal period: a last day of rest moves on.
 */
legal?: boolean, };

/**
 * One selection of records.
 */
export type CountQuery = { 
/**
 * Conditions; all must hold.
 */
filters?: Array<Condition>, 
/**
 * Text that must occur anywhere in the record.
 */
text?: string | null, };

/**
 * Asks how many records fit each of several conditions.
 */
export type CountRecords = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * The conditions.
 */
queries: Array<CountQuery>, };

/**
 * A counted date.
 */
export type CountedDate = { 
/**
 * The moment it is due.
 */
due_at: string, 
/**
 * The day.
 */
due_on: string, 
/**
 * How it was counted, line by line.
 */
counted: Array<string>, 
/**
 * Counted without a table for some year.
 */
assumed: boolean, };

/**
 * The counts, in the order asked.
 */
export type Counts = { 
/**
 * One for each query.
 */
counts: Array<CountAnswer>, };

/**
 * One day of the strip.
 */
export type DayAhead = { 
/**
 * The day.
 */
date: string, 
/**
 * 周一 to 周日.
 */
weekday: string, 
/**
 * Not a working day.
 */
rest: boolean, 
/**
 * A rest day that is worked in exchange for a holiday.
 */
make_up: boolean, 
/**
 * The name of a holiday; may be empty.
 */
name: string, 
/**
 * Cases that are late; only on the first day.
 */
overdue: number, 
/**
 * Cases with a deadline on this day, visits left out.
 */
due: number, 
/**
 * Visits that are due on this day.
 */
visits: number, };

/**
 * One day in the count of a deadline.
 */
export type DayCell = { 
/**
 * The day.
 */
date: string, 
/**
 * 周一 to 周日.
 */
weekday: string, 
/**
 * Not a working day.
 */
rest: boolean, 
/**
 * Its number among the counted days, from 1.
 */
counted: number | null, 
/**
 * The clock stood still.
 */
paused: boolean, 
/**
 * What else the day is.
 */
mark: DayMark | null, };

/**
 * What a day is beside its number.
 */
export type DayMark = "start" | "today" | "end";

/**
 * How loud the words of a deadline are.
 */
export type DeadlineTone = "overdue" | "today" | "later" | "done" | "paused";

/**
 * A deadline as people see it.
 */
export type DeadlineView = { 
/**
 * Rule code.
 */
rule: string, 
/**
 * What it demands.
 */
title: string, 
/**
 * Round of the case.
 */
round: number, 
/**
 * `running`, `overdue`, `paused`, `met`, `met_late`.
 */
state: string, 
/**
 * A hard limit (red) or a target (amber).
 */
hard: boolean, 
/**
 * When its clock started.
 */
started_at: string, 
/**
 * When it is due.
 */
due_at: string | null, 
/**
 * When it was met.
 */
met_at: string | null, 
/**
 * How it was counted, line by line.
 */
counted: Array<string>, 
/**
 * Counted Monday to Friday because the year's table is not known yet.
 */
assumed: boolean, 
/**
 * Version of the rule.
 */
rule_version: string, 
/**
 * Where it stands, in words.
 */
words: DeadlineWords | null, 
/**
 * Day by day from its start to its end; only for the deadlines of one record, and empty for
 * clocks in hours.
 */
days: Array<DayCell>, };

/**
 * A deadline in words.
 */
export type DeadlineWords = { 
/**
 * How loud.
 */
tone: DeadlineTone, 
/**
 * What is left or late.
 */
text: string, 
/**
 * Until when, in brackets; may be empty.
 */
tail: string, 
/**
 * What has to be done, in one or two words; empty when it was.
 */
act: string, 
/**
 * The rule.
 */
rule: string, };

/**
 * Deletes a record into the recycle bin.
 */
export type DeleteRecord = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Which record.
 */
record: string, 
/**
 * Why.
 */
reason?: string, };

/**
 * Names a draft.
 */
export type DraftKey = { 
/**
 * Its key.
 */
key: string, };

/**
 * A draft as it crosses the seam.
 */
export type DraftView = { 
/**
 * One for each entry screen.
 */
key: string, 
/**
 * Register id.
 */
register: string, 
/**
 * Identifier of the record that is edited; missing for a new one.
 */
record: string | null, 
/**
 * What was typed.
 */
body: JsonValue, 
/**
 * When it was kept; set by the program.
 */
saved_at: string, };

/**
 * Asks what is due.
 */
export type Due = { 
/**
 * Up to the end of this day; missing means three days from now.
 */
date?: string | null, };

/**
 * Cases that press alike.
 */
export type DueGroup = { 
/**
 * `overdue`, `today`, `soon`.
 */
id: string, 
/**
 * Chinese label.
 */
label: string, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * The first of them, the most pressing first.
 */
lines: Array<DueLine>, 
/**
 * How many more there are.
 */
more: number, };

/**
 * One thing that is due.
 */
export type DueLine = { 
/**
 * Register id.
 */
register: string, 
/**
 * Identifier of the record.
 */
uuid: string, 
/**
 * Number of the record.
 */
number: string | null, 
/**
 * What the record is about; never a person's name.
 */
title: string, 
/**
 * State of the record in Chinese.
 */
state_label: string | null, 
/**
 * Who must act: the handler, else the receiver.
 */
person: string | null, 
/**
 * Whose matter it is and where, masked.
 */
who: string, 
/**
 * Where the deadline stands, in words.
 */
words: DeadlineWords | null, 
/**
 * The deadline.
 */
deadline: DeadlineView, 
/**
 * Past due.
 */
overdue: boolean, };

/**
 * Edits a record.
 */
export type EditRecord = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Which record.
 */
record: string, 
/**
 * Values to change, as typed. In a table of lines a row with `uuid` changes that line, with
 * `remove` takes it out, without `uuid` adds one.
 */
values: { [key in string]: JsonValue }, 
/**
 * The version that was seen; a newer one refuses the save.
 */
seen?: number | null, 
/**
 * Why; needed for a closed case.
 */
reason?: string, };

/**
 * Erases what is held about a person.
 */
export type ErasePerson = { 
/**
 * The person, by name or identifier.
 */
person: string, 
/**
 * Why, for the history: who asked and when.
 */
reason: string, };

/**
 * What an erasure touched.
 */
export type Erased = { 
/**
 * Records from which values were erased.
 */
records: number, };

/**
 * What of a register goes into a workbook.
 */
export type ExportList = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Conditions; all must hold.
 */
filters?: Array<Condition>, 
/**
 * Text that must occur anywhere in the record.
 */
text?: string | null, 
/**
 * Fields to sort by; a leading `-` turns the order. Missing means by the time of the event.
 */
sort?: Array<string>, 
/**
 * Personal data in full.
 */
unmask?: boolean, };

/**
 * One field that is wrong or missing.
 */
export type FieldFault = { 
/**
 * Field id, or the guard's code where no field is concerned.
 */
field: string, 
/**
 * Stable code.
 */
code: string, 
/**
 * Chinese sentence.
 */
message: string, };

/**
 * What a field holds and how it is entered.
 */
export type FieldKind = "text" | "long_text" | "person" | "phone" | "date" | "moment" | "int" | "money" | "score" | "flag" | "choice" | "link" | "lines" | "file" | "computed";

/**
 * One field.
 */
export type FieldView = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Chinese label.
 */
label: string, 
/**
 * What it holds.
 */
kind: FieldKind, 
/**
 * The section it stands in; may be empty.
 */
section: string, 
/**
 * Must always be filled.
 */
required: boolean, 
/**
 * Steps that need it filled.
 */
required_for: Array<string>, 
/**
 * Only then it is shown.
 */
shown_if: ConditionView | null, 
/**
 * Only then it may be required.
 */
required_if: ConditionView | null, 
/**
 * The choice list of a choice.
 */
list: string | null, 
/**
 * The register of a link.
 */
target: string | null, 
/**
 * The line register of a table of lines.
 */
lines: string | null, 
/**
 * The function of a computed field.
 */
function: string | null, 
/**
 * Value of a new record, as typed.
 */
default: string | null, 
/**
 * Shown in the list.
 */
column: ColumnView | null, 
/**
 * Searched in this tier.
 */
search: SearchTier | null, 
/**
 * Personal data, masked unless asked for.
 */
personal: Personal | null, 
/**
 * Set only by the program.
 */
read_only: boolean, 
/**
 * A line of help; may be empty.
 */
help: string, 
/**
 * Longest text in characters.
 */
max_chars: number | null, };

/**
 * One figure with the list behind it.
 */
export type Figure = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Chinese label.
 */
label: string, 
/**
 * The figure; nothing where there is nothing to count.
 */
value: number | null, 
/**
 * Out of how many.
 */
of: number | null, 
/**
 * The register of the list.
 */
register: string, 
/**
 * The conditions of the list.
 */
filters: Array<Condition>, };

/**
 * One finding.
 */
export type FindingAnswer = { 
/**
 * Column letters; missing for the row as a whole.
 */
column: string | null, 
/**
 * The field in Chinese.
 */
label: string | null, 
/**
 * Stable code.
 */
code: string, 
/**
 * In words.
 */
message: string, 
/**
 * Text as it stands in the file.
 */
found: string | null, };

/**
 * The first project of a new office.
 */
export type FirstProject = { 
/**
 * Name.
 */
name: string, 
/**
 * Code used in numbers.
 */
code: string, 
/**
 * For whom it is built.
 */
builder?: string | null, 
/**
 * When it was completed, as typed.
 */
completed_on?: string | null, };

/**
 * The version that a change made.
 */
export type FormChanged = { 
/**
 * Form code.
 */
form: string, 
/**
 * Version of the office's wording, counted from 1.
 */
version: number, };

/**
 * A form that can be printed.
 */
export type FormView = { 
/**
 * Code.
 */
code: string, 
/**
 * Title.
 */
title: string, 
/**
 * Version.
 */
version: number, 
/**
 * Register of its records.
 */
register: string | null, 
/**
 * One paper about many records.
 */
list: boolean, 
/**
 * The sheet is signed and has to come back.
 */
signed: boolean, 
/**
 * The fields that only the paper has.
 */
own_fields: Array<OwnFieldView>, };

/**
 * One record that was found.
 */
export type Found = { 
/**
 * Register id.
 */
register: string, 
/**
 * Register in Chinese.
 */
register_label: string, 
/**
 * Identifier.
 */
uuid: string, 
/**
 * Number.
 */
number: string | null, 
/**
 * What names the record.
 */
title: string, 
/**
 * State in Chinese.
 */
state_label: string | null, 
/**
 * `number`, `name`, `phone` or `text`.
 */
tier: SearchTier, 
/**
 * The field that holds the text, in Chinese.
 */
field_label: string, 
/**
 * Its text, masked when personal.
 */
excerpt: string, };

/**
 * Founds the office.
 */
export type FoundOffice = { 
/**
 * Full name.
 */
name: string, 
/**
 * Code used in numbers: letters and digits.
 */
code: string, 
/**
 * Who works here.
 */
operator: string, 
/**
 * Its first project.
 */
project?: FirstProject | null, };

/**
 * One field that an act changed.
 */
export type HistoryChange = { 
/**
 * Field id.
 */
field: string, 
/**
 * The field in Chinese.
 */
label: string, 
/**
 * Before, as text for people.
 */
before: string | null, 
/**
 * After.
 */
after: string | null, 
/**
 * The value is gone for good.
 */
erased: boolean, };

/**
 * One change in the history of a record.
 */
export type HistoryLine = { 
/**
 * The op's id, for undo.
 */
op: number, 
/**
 * The op in words.
 */
what: string, 
/**
 * Why.
 */
reason: string | null, 
/**
 * Who.
 */
operator: string, 
/**
 * On which computer.
 */
site: string, 
/**
 * When it happened.
 */
event_at: string | null, 
/**
 * When it was entered.
 */
entry_at: string, 
/**
 * Field id.
 */
field: string, 
/**
 * The field in Chinese.
 */
label: string, 
/**
 * Before, as text for people.
 */
before: string | null, 
/**
 * After.
 */
after: string | null, 
/**
 * Erased: the value is gone for good.
 */
erased: boolean, };

/**
 * One act in the history of a record.
 */
export type HistoryOp = { 
/**
 * The op's id, for undo.
 */
op: number, 
/**
 * The op in words.
 */
what: string, 
/**
 * Why.
 */
reason: string | null, 
/**
 * Who.
 */
operator: string, 
/**
 * On which computer.
 */
site: string, 
/**
 * When it happened.
 */
event_at: string | null, 
/**
 * When it was entered.
 */
entry_at: string, 
/**
 * It was taken back.
 */
undone: boolean, 
/**
 * It is of a kind that can be taken back, and was not.
 */
can_undo: boolean, 
/**
 * What it changed in the record.
 */
changes: Array<HistoryChange>, };

/**
 * What an import, or a look at one, found.
 */
export type ImportAnswer = { 
/**
 * The batch; missing for a dry run.
 */
batch: string | null, 
/**
 * Name of the sheet.
 */
sheet: string, 
/**
 * Rows of the header.
 */
header_rows: Array<number>, 
/**
 * What the title says: project, year, office.
 */
context: { [key in string]: string }, 
/**
 * Every column with the field it goes to.
 */
columns: Array<ColumnAnswer>, 
/**
 * Required fields without a column, in Chinese.
 */
missing_columns: Array<string>, 
/**
 * Records found.
 */
total: number, 
/**
 * Records by status: good, partial, bad, duplicate.
 */
status: { [key in string]: number }, 
/**
 * Rows that are no records, by kind.
 */
skipped: { [key in string]: number }, 
/**
 * Rows with something to say, in order.
 */
rows: Array<RowAnswer>, 
/**
 * Departments and projects that were made because the ledger names them.
 */
made: Array<string>, 
/**
 * The first rows that are taken over, as they will be shown; only for a look.
 */
preview: Array<PreviewRow>, };

/**
 * A holiday table as text.
 */
export type ImportCalendar = { 
/**
 * The table file's text (TOML).
 */
text: string, };

/**
 * Names a job.
 */
export type JobRef = { 
/**
 * The job.
 */
job: string, };

/**
 * How a job stands.
 */
export type JobState = "running" | "done" | "failed" | "stopped";

/**
 * A job as it stands.
 */
export type JobView = { 
/**
 * How it stands.
 */
state: JobState, 
/**
 * What it does now, in words.
 */
phase: string, 
/**
 * Pieces of the phase that are done.
 */
done: number, 
/**
 * Pieces of the phase; 0 when that is not known.
 */
total: number, 
/**
 * The answer of the command.
 */
answer: JsonValue | null, 
/**
 * Why it failed.
 */
error: CommandError | null, };

export type JsonValue = unknown;

/**
 * Keeps papers and writes them to a place that the clerk chooses.
 */
export type KeepAs = { 
/**
 * What is printed, form by form.
 */
prints: Array<PrintPapers>, 
/**
 * The name that is offered for a single file.
 */
name: string, };

/**
 * Papers that were kept and written.
 */
export type KeptAs = { 
/**
 * Where they are.
 */
saved: Saved, 
/**
 * What they are.
 */
files: Array<Printed>, };

/**
 * The newest backup.
 */
export type LastBackup = { 
/**
 * When it was made.
 */
made_at: string, 
/**
 * Whole days since.
 */
age_days: number, };

/**
 * One line as it crosses the seam.
 */
export type LineView = { 
/**
 * Identifier.
 */
uuid: string, 
/**
 * Place, counted from 1.
 */
position: number, 
/**
 * Values by field id.
 */
values: { [key in string]: JsonValue }, 
/**
 * The same as text for people.
 */
shown: { [key in string]: string }, };

/**
 * Many records that name this one.
 */
export type LinkedList = { 
/**
 * Register id.
 */
register: string, 
/**
 * Register in Chinese.
 */
label: string, 
/**
 * The field that holds the link, in Chinese.
 */
field_label: string, 
/**
 * How many.
 */
count: number, 
/**
 * The conditions of the list.
 */
filters: Array<Condition>, };

/**
 * A linked record.
 */
export type LinkedRecord = { 
/**
 * Register id.
 */
register: string, 
/**
 * Register in Chinese.
 */
register_label: string, 
/**
 * Identifier.
 */
uuid: string, 
/**
 * Number.
 */
number: string | null, 
/**
 * What names it, masked.
 */
title: string, 
/**
 * State in Chinese.
 */
state_label: string | null, 
/**
 * The mark of the state.
 */
mark: StateMark | null, 
/**
 * The field that holds the link, in Chinese.
 */
field_label: string, 
/**
 * The link stands in the other record and points here.
 */
inward: boolean, };

/**
 * What a record is linked to.
 */
export type LinkedView = { 
/**
 * Records one by one.
 */
records: Array<LinkedRecord>, 
/**
 * Registers in which many records name this one.
 */
lists: Array<LinkedList>, };

/**
 * Asks for a page of a register.
 */
export type ListRecords = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Conditions; all must hold.
 */
filters?: Array<Condition>, 
/**
 * Text that must occur anywhere in the record.
 */
text?: string | null, 
/**
 * Fields to sort by; a leading `-` turns the order.
 */
sort?: Array<string>, 
/**
 * Rows to skip.
 */
offset?: number, 
/**
 * Rows to answer, at most 1,000.
 */
limit?: number, 
/**
 * Personal data in full.
 */
unmask?: boolean, 
/**
 * Whether the total is asked for as well; without it the page comes sooner and the total is 0.
 */
count?: boolean, };

/**
 * Asks which records a link may mean.
 */
export type LookUp = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * A part of the name, of its pinyin or of the number; empty for the newest.
 */
text?: string, 
/**
 * At most so many.
 */
limit?: number, };

/**
 * A record that a link may mean.
 */
export type LookedUp = { 
/**
 * Identifier.
 */
uuid: string, 
/**
 * Number.
 */
number: string | null, 
/**
 * What names it, masked.
 */
title: string, 
/**
 * What else tells it from others.
 */
hint: string, };

/**
 * What a person has decided about a table; everything left out is found by the program.
 */
export type Mapping = { 
/**
 * The sheet to read.
 */
sheet: string | null, 
/**
 * The rows of the header, from 1: one or two.
 */
header_rows: Array<number>, 
/**
 * Column letters and their use.
 */
columns: { [key in string]: ColumnUse }, 
/**
 * By field: a word of the ledger and the code that it means in this office.
 */
words: { [key in string]: { [key in string]: string } }, };

/**
 * One entry of the navigation.
 */
export type NavEntry = { 
/**
 * `today`, or a register's id.
 */
id: string, 
/**
 * Chinese name.
 */
label: string, 
/**
 * What is open there, where that can be said.
 */
count: number | null, };

/**
 * No request, or no answer.
 */
export type Nothing = Record<symbol, never>;

/**
 * Tries a pattern of numbers while it is typed.
 */
export type NumberExample = { 
/**
 * The pattern; empty means the usual one.
 */
pattern: string, 
/**
 * The code of the office, as typed.
 */
office: string, };

/**
 * A number as a pattern spells it.
 */
export type NumberSpelled = { 
/**
 * A complaint's number, or nothing when the pattern is none.
 */
example: string | null, 
/**
 * What is wrong with the pattern, in words.
 */
problem: string | null, };

/**
 * An act by its name.
 */
export type OfferedOp = { 
/**
 * The op's id.
 */
op: number, 
/**
 * The op in words.
 */
what: string, };

/**
 * The open office.
 */
export type OfficeStatus = { 
/**
 * Full name.
 */
name: string, 
/**
 * Code used in numbers.
 */
code: string, 
/**
 * Who works here.
 */
operator: string, 
/**
 * Its folder, to be read by a person.
 */
folder_shown: string, 
/**
 * It is the invented office.
 */
demo: boolean, 
/**
 * Nothing can be written.
 */
read_only: boolean, 
/**
 * How much was checked when it was opened.
 */
checked: CheckedWhole, };

/**
 * The office.
 */
export type OfficeView = { 
/**
 * Full name.
 */
name: string, 
/**
 * The name that fits a head: the short one if there is one.
 */
short_name: string, 
/**
 * Code used in numbers.
 */
code: string, 
/**
 * Who works here.
 */
operator: string, 
/**
 * Code of this computer.
 */
site: string, 
/**
 * Projects on file.
 */
projects: number, 
/**
 * Customers on file.
 */
customers: number, 
/**
 * Complaints on file.
 */
complaints: number, };

/**
 * A field that only the paper has.
 */
export type OwnFieldView = { 
/**
 * Id.
 */
id: string, 
/**
 * Label.
 */
label: string, 
/**
 * `text`, `long_text`, `date`, `moment` or `choice`.
 */
kind: string, 
/**
 * Code and label of what can be chosen.
 */
options: Array<[string, string]>, };

/**
 * Adds or drops a phrase of the office's own.
 */
export type OwnPhrase = { 
/**
 * Register id.
 */
register: string, 
/**
 * Field id.
 */
field: string, 
/**
 * The class of the matter; missing for all.
 */
class?: string | null, 
/**
 * The words.
 */
text: string, };

/**
 * A form that a step offers.
 */
export type PaperOffer = { 
/**
 * Code.
 */
form: string, 
/**
 * Title.
 */
title: string, };

/**
 * A sheet that is still out.
 */
export type PaperOut = { 
/**
 * Number of the sheet.
 */
paper: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Number of its record.
 */
number: string | null, 
/**
 * Register of its record.
 */
register: string, 
/**
 * Its record.
 */
uuid: string, 
/**
 * Days since it was printed.
 */
days: number, };

/**
 * Names one paper.
 */
export type PaperRef = { 
/**
 * Paper number.
 */
paper: string, };

/**
 * A signed sheet came back.
 */
export type PaperReturned = { 
/**
 * Paper number.
 */
paper: string, 
/**
 * Hash of the scan among the attachments.
 */
scan?: string | null, 
/**
 * No sheet has to come back.
 */
not_needed?: boolean, };

/**
 * Asks for papers.
 */
export type Papers = { 
/**
 * Those of one complaint; missing means all sheets that are still out.
 */
record?: string | null, };

/**
 * Asks whose number it is.
 */
export type PeopleByPhone = { 
/**
 * The number as typed; four digits of its tail are enough.
 */
phone: string, };

/**
 * Which rule masks a personal value.
 */
export type Personal = "name" | "phone" | "address";

/**
 * One phrase.
 */
export type PhraseView = { 
/**
 * The words.
 */
text: string, 
/**
 * The initials of their reading.
 */
pinyin: string, 
/**
 * The office's own.
 */
own: boolean, };

/**
 * Asks for the phrases of a field.
 */
export type Phrases = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Field id.
 */
field: string, 
/**
 * The class of the matter, by code.
 */
class?: string | null, };

/**
 * A file that was picked or dropped.
 */
export type PickedFile = { 
/**
 * By this name it is asked for.
 */
token: string, 
/**
 * Its name as the person knows it.
 */
name: string, 
/**
 * Its size in bytes.
 */
size: number, };

/**
 * Papers as they would come out of the printer; nothing is kept.
 */
export type Preview = { 
/**
 * By this name its PDF is asked for.
 */
preview: string, 
/**
 * Pages in all.
 */
pages: number, 
/**
 * The files, in order.
 */
files: Array<PreviewFile>, 
/**
 * What to look at before printing.
 */
warnings: Array<Warning>, };

/**
 * A file that would be printed.
 */
export type PreviewFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its pages.
 */
pages: number, };

/**
 * Names a preview.
 */
export type PreviewRef = { 
/**
 * The preview.
 */
preview: string, };

/**
 * One row as it will be shown.
 */
export type PreviewRow = { 
/**
 * Row as the spreadsheet shows it.
 */
row: number, 
/**
 * Values by field id.
 */
shown: { [key in string]: string }, };

/**
 * Prints papers, as one file or several.
 */
export type PrintOut = { 
/**
 * What is printed, form by form.
 */
prints: Array<PrintPapers>, 
/**
 * How often each sheet comes out.
 */
copies: number, };

/**
 * Prints a form.
 */
export type PrintPapers = { 
/**
 * Form code or title.
 */
form: string, 
/**
 * Records, by number, name or identifier.
 */
records?: Array<string>, 
/**
 * Or all records that fit.
 */
filters?: Array<Condition>, 
/**
 * A blank form for the pen.
 */
blank?: boolean, 
/**
 * The paper's own fields, as typed.
 */
values?: { [key in string]: JsonValue }, 
/**
 * Who fills the paper in; missing means the operator.
 */
filler?: string | null, 
/**
 * One file for all.
 */
merge?: boolean, 
/**
 * Only to look at: nothing is kept.
 */
trial?: boolean, };

/**
 * A file that was printed.
 */
export type Printed = { 
/**
 * By this name it is asked for.
 */
printed: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its pages.
 */
pages: number, 
/**
 * The papers in it, by number.
 */
papers: Array<string>, };

/**
 * One file that was printed.
 */
export type PrintedFile = { 
/**
 * A name for the file.
 */
name: string, 
/**
 * The papers in it, by number; empty for blanks and trials.
 */
papers: Array<string>, 
/**
 * Pages.
 */
pages: number, 
/**
 * Hash under which the PDF is kept, when it is one kept paper.
 */
file: string | null, };

/**
 * Files that were printed.
 */
export type PrintedFiles = { 
/**
 * In order.
 */
files: Array<Printed>, };

/**
 * Names a printed file, or a kept paper by its number.
 */
export type PrintedRef = { 
/**
 * The file.
 */
printed: string, };

/**
 * Names printed files, or kept papers by their numbers.
 */
export type PrintedRefs = { 
/**
 * The files.
 */
printed: Array<string>, };

/**
 * A page of a register.
 */
export type RecordPage = { 
/**
 * The rows.
 */
rows: Array<RecordView>, 
/**
 * How many records the conditions fit in all; 0 when it was not asked for.
 */
total: number, 
/**
 * False when the total may include a few records too many.
 */
exact: boolean, };

/**
 * Names one record.
 */
export type RecordRef = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Number, old number, name or identifier.
 */
record: string, 
/**
 * Personal data in full.
 */
unmask?: boolean, };

/**
 * One record as it crosses the seam.
 */
export type RecordView = { 
/**
 * Register id.
 */
register: string, 
/**
 * Identifier.
 */
uuid: string, 
/**
 * Display number.
 */
number: string | null, 
/**
 * What names the record to a person.
 */
title: string, 
/**
 * State of the workflow.
 */
state: string | null, 
/**
 * The state in Chinese.
 */
state_label: string | null, 
/**
 * How the state is marked, with the word that stands for it in lists.
 */
mark: StateMark | null, 
/**
 * The deadline that presses most, or the verdict of a closed case; only in lists and on the
 * page of one record.
 */
deadline: DeadlineWords | null, 
/**
 * Counts the writes; give it back when saving.
 */
row_version: number, 
/**
 * Entry time.
 */
created_at: string, 
/**
 * Entry time of the last change.
 */
updated_at: string, 
/**
 * Entry time of the deletion, when it is in the recycle bin.
 */
deleted_at: string | null, 
/**
 * Values by field id; personal ones masked unless asked for.
 */
values: { [key in string]: JsonValue }, 
/**
 * The same values as text for people: labels of choices, names of linked records.
 */
shown: { [key in string]: string }, 
/**
 * Lines by their field.
 */
lines: { [key in string]: Array<LineView> }, };

/**
 * Names a register.
 */
export type RegisterRef = { 
/**
 * Register id or Chinese name.
 */
register: string, };

/**
 * One register, or one table of lines when `parent` is given.
 */
export type RegisterView = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Chinese name.
 */
label: string, 
/**
 * For lines: the register they stand in.
 */
parent: string | null, 
/**
 * The field that names a record to a person.
 */
title: string, 
/**
 * The field with the event time.
 */
event: string | null, 
/**
 * Kept by the program itself.
 */
internal: boolean, 
/**
 * Its records have numbers.
 */
numbered: boolean, 
/**
 * Groups of fields, in the order of the paper.
 */
sections: Array<SectionView>, 
/**
 * Fields in order.
 */
fields: Array<FieldView>, 
/**
 * States and steps, when it has any.
 */
workflow: WorkflowView | null, };

/**
 * Reserves numbers for a hand-written book.
 */
export type ReserveNumbers = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Project, by code or name; missing for a register without projects.
 */
project?: string | null, 
/**
 * The year the numbers carry; missing means this one.
 */
year?: number | null, 
/**
 * How many.
 */
count: number, 
/**
 * What for: which book, which site.
 */
reason: string, };

/**
 * Numbers that are kept free.
 */
export type ReservedNumbers = { 
/**
 * The numbers, to be written into the book.
 */
numbers: Array<string>, 
/**
 * The first place in its series, to be named when the paper is typed.
 */
first: number, 
/**
 * The last one.
 */
last: number, };

/**
 * Takes a signed sheet back.
 */
export type ReturnScan = { 
/**
 * Paper number.
 */
paper: string, 
/**
 * A file that was dropped; missing means that a dialog asks.
 */
token?: string | null, };

/**
 * One row with findings.
 */
export type RowAnswer = { 
/**
 * Row as the spreadsheet shows it.
 */
row: number, 
/**
 * What becomes of it.
 */
status: string, 
/**
 * Cells that are left out.
 */
issues: Array<FindingAnswer>, 
/**
 * Cells that were repaired or look odd.
 */
warnings: Array<FindingAnswer>, };

/**
 * One rule as it stands today.
 */
export type RuleView = { 
/**
 * Code.
 */
code: string, 
/**
 * What it demands.
 */
title: string, 
/**
 * The figure or word in force.
 */
value: string, 
/**
 * The words that can be chosen, each with its code; empty for a figure.
 */
options: Array<[string, string]>, 
/**
 * Its unit in Chinese.
 */
unit: string, 
/**
 * What starts it.
 */
trigger: string, 
/**
 * Who must act.
 */
who: string, 
/**
 * Where it comes from.
 */
source: string, 
/**
 * In force since.
 */
effective_from: string, 
/**
 * The office changed it, with this reason.
 */
changed: string | null, };

/**
 * Keeps one preference.
 */
export type SavePreference = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its value; `null` drops it.
 */
value?: JsonValue, };

/**
 * A file that was written.
 */
export type Saved = { 
/**
 * Its name.
 */
name: string, 
/**
 * Rows in it, for a list.
 */
rows: number | null, 
/**
 * By this name its folder is opened.
 */
token: string, };

/**
 * Searches for text.
 */
export type Search = { 
/**
 * Any part of a text, pinyin, a phone's tail, a number.
 */
text: string, 
/**
 * At most so many hits.
 */
limit?: number, 
/**
 * Personal data in full.
 */
unmask?: boolean, };

/**
 * What a search found.
 */
export type SearchAnswer = { 
/**
 * The first hits, the best tier first, then the newest.
 */
hits: Array<Found>, 
/**
 * How many records of each register there are, by its Chinese name.
 */
counts: { [key in string]: number }, 
/**
 * False when a count may include a few records too many.
 */
exact: boolean, };

/**
 * How a field takes part in the search over everything; also the tier it is ranked in.
 */
export type SearchTier = "number" | "name" | "phone" | "text";

/**
 * A group of fields.
 */
export type SectionView = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Chinese heading.
 */
label: string, };

/**
 * The mark beside a state's word. Round marks fill up as the case moves on.
 */
export type Shape = "dashed" | "empty" | "quarter" | "half" | "three_quarters" | "full" | "diamond" | "ticked" | "struck" | "redo";

/**
 * Asks for cases that may be the same matter.
 */
export type Similar = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * The record that is being changed, which is like itself.
 */
record?: string | null, 
/**
 * Values by field id, as typed so far.
 */
values: { [key in string]: JsonValue }, };

/**
 * A case that may be the same matter.
 */
export type SimilarCase = { 
/**
 * Identifier.
 */
uuid: string, 
/**
 * Number.
 */
number: string | null, 
/**
 * What it is about.
 */
title: string, 
/**
 * Whose matter and where, masked.
 */
who: string, 
/**
 * State in Chinese.
 */
state_label: string | null, 
/**
 * The mark of the state.
 */
mark: StateMark | null, 
/**
 * Days since it was received.
 */
days_ago: number, 
/**
 * Why, in words.
 */
why: string, };

/**
 * Where a stage stands for one case.
 */
export type StageState = "done" | "now" | "later" | "skipped";

/**
 * One stage of the ordinary way.
 */
export type StageView = { 
/**
 * Stable id.
 */
stage: string, 
/**
 * Chinese name.
 */
label: string, 
/**
 * States in which a case stands here.
 */
states: Array<string>, 
/**
 * Steps that end it.
 */
steps: Array<string>, };

/**
 * The mark of a state.
 */
export type StateMark = { 
/**
 * The word, 不满意重办 for a case that is investigated anew.
 */
label: string, 
/**
 * The shape beside it.
 */
shape: Shape, 
/**
 * How loud it is.
 */
tone: Tone, };

/**
 * One state.
 */
export type StateView = { 
/**
 * Stable code.
 */
code: string, 
/**
 * Chinese name.
 */
label: string, 
/**
 * Its mark.
 */
shape: Shape, 
/**
 * How loud it is.
 */
tone: Tone, };

/**
 * What the program knows of itself.
 */
export type Status = { 
/**
 * What is open.
 */
office: OfficeStatus | null, 
/**
 * An office can be founded here.
 */
can_found: boolean, 
/**
 * Why the office could not be opened; it was left as it is.
 */
problem: CommandError | null, 
/**
 * The program's version.
 */
version: string, 
/**
 * The present moment.
 */
now: string, };

/**
 * One thing that a step asks for.
 */
export type StepAsk = { 
/**
 * The field, or `at`, `person`, `text`.
 */
field: string, 
/**
 * Chinese label.
 */
label: string, 
/**
 * The step cannot be taken without it.
 */
required: boolean, 
/**
 * Nothing was entered yet.
 */
empty: boolean, 
/**
 * Where it belongs.
 */
on: AskOn, 
/**
 * What can be chosen, where that follows from the case and not from a list.
 */
options: Array<AskOption>, };

/**
 * A step that the present state offers.
 */
export type StepOffer = { 
/**
 * English id.
 */
step: string, 
/**
 * Chinese name.
 */
label: string, 
/**
 * The words of its button: what is done to what.
 */
act: string, 
/**
 * Whether it moves the case.
 */
moves: boolean, 
/**
 * Whether it can be taken now.
 */
ready: boolean, 
/**
 * Whether it fits the case: all that is missing can be typed with it or waived.
 */
applies: boolean, 
/**
 * What is missing, in words; `field` names what can be filled, else the condition.
 */
missing: Array<FieldFault>, 
/**
 * Conditions among the missing that may be waived with a reason.
 */
waivable: Array<string>, 
/**
 * What it asks for, in the order of the paper.
 */
asks: Array<StepAsk>, 
/**
 * Forms that it offers.
 */
papers: Array<PaperOffer>, };

/**
 * What a step did.
 */
export type StepTaken = { 
/**
 * The record afterwards.
 */
record: RecordView, 
/**
 * The steps that were taken, with the one that followed by itself.
 */
steps: Array<string>, 
/**
 * Forms that are offered for printing now.
 */
papers: Array<string>, };

/**
 * One step or act.
 */
export type StepView = { 
/**
 * Stable id.
 */
step: string, 
/**
 * Chinese name.
 */
label: string, 
/**
 * It moves the case.
 */
moves: boolean, 
/**
 * It ends the case.
 */
closes: boolean, 
/**
 * Where it leads.
 */
to: string | null, 
/**
 * Fields of the record that it needs.
 */
asks: Array<string>, 
/**
 * Fields of the record that are usually filled with it.
 */
also: Array<string>, 
/**
 * Fields of the action line that it needs.
 */
action_fields: Array<string>, 
/**
 * A text must be given.
 */
text_required: boolean, 
/**
 * Forms that it offers.
 */
papers: Array<string>, };

/**
 * The sum of a column.
 */
export type SumView = { 
/**
 * Field id.
 */
field: string, 
/**
 * Chinese label.
 */
label: string, 
/**
 * The sum as text.
 */
shown: string, };

/**
 * A ledger and how it is taken over.
 */
export type TakeLedger = { 
/**
 * The file.
 */
token: string, 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * The project of all rows, by code or name; missing means the one in the title.
 */
project?: string | null, 
/**
 * What a person has decided about columns and words.
 */
mapping: Mapping, };

/**
 * Takes one step.
 */
export type TakeStep = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Which record.
 */
record: string, 
/**
 * The step's English id, or its Chinese name.
 */
step: string, 
/**
 * Values for the record, as typed.
 */
values?: { [key in string]: JsonValue }, 
/**
 * Values for the action line: `rule`, `until`, `archive_item`.
 */
action?: { [key in string]: JsonValue }, 
/**
 * When it happened; missing means now.
 */
at?: string | null, 
/**
 * Who did it, from the signed paper.
 */
person?: string, 
/**
 * What was found, said or decided.
 */
text?: string, 
/**
 * Guards that are waived, with reasons.
 */
waive?: Array<WaiveGuard>, 
/**
 * The version that was seen.
 */
seen?: number | null, 
/**
 * A reserved place in the series that a hand-written paper used, at the step that numbers.
 */
reserved?: number | null, };

/**
 * What was undone or redone.
 */
export type TakenBack = { 
/**
 * The op that was taken back, in words.
 */
what: string, 
/**
 * The records concerned, by number or, without one, by name (masked).
 */
records: Array<string>, };

/**
 * A fault of the page.
 */
export type TellFault = { 
/**
 * Where in the page.
 */
where: string, 
/**
 * What kind of fault; never a value.
 */
what: string, };

/**
 * Asks for a small picture.
 */
export type Thumbnail = { 
/**
 * The attachment's identifier.
 */
attachment: string, 
/**
 * The longest edge in points.
 */
edge: number, };

/**
 * The page of the day.
 */
export type TodayView = { 
/**
 * The day.
 */
date: string, 
/**
 * Cases that are late or due today.
 */
due_total: number, 
/**
 * The month in figures.
 */
figures: Array<Figure>, 
/**
 * Fourteen days from today on.
 */
days: Array<DayAhead>, 
/**
 * What presses, by how much.
 */
groups: Array<DueGroup>, 
/**
 * Sheets that are still out, the oldest first.
 */
papers_out: Array<PaperOut>, 
/**
 * How many there are in all.
 */
papers_out_total: number, 
/**
 * The newest backup.
 */
last_backup: LastBackup | null, };

/**
 * Names a file.
 */
export type TokenRef = { 
/**
 * The token.
 */
token: string, };

/**
 * How loud a word or mark is.
 */
export type Tone = "plain" | "warn" | "danger" | "done";

/**
 * Asks for the bar under a list.
 */
export type Totals = { 
/**
 * Register id or Chinese name.
 */
register: string, 
/**
 * Conditions; all must hold.
 */
filters?: Array<Condition>, 
/**
 * Text that must occur anywhere in the record.
 */
text?: string | null, };

/**
 * One part of the bar.
 */
export type TotalsPart = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Chinese label.
 */
label: string, 
/**
 * The count, or a mean in words.
 */
shown: string, 
/**
 * The count; nothing for a mean.
 */
count: number | null, 
/**
 * How loud.
 */
tone: Tone, 
/**
 * Conditions to be added to those of the list in order to see it; empty where there are none.
 */
filters: Array<Condition>, };

/**
 * The bar under a list.
 */
export type TotalsView = { 
/**
 * How many records fit.
 */
count: number, 
/**
 * False when the count may include a few too many.
 */
exact: boolean, 
/**
 * The parts, from left to right.
 */
parts: Array<TotalsPart>, 
/**
 * Sums of the columns that hold numbers.
 */
sums: Array<SumView>, };

/**
 * Takes one op back by its id; missing means the last one.
 */
export type Undo = { 
/**
 * The op.
 */
op?: number | null, };

/**
 * Names a batch.
 */
export type UndoImport = { 
/**
 * The batch.
 */
batch: string, };

/**
 * What undo and redo would take back.
 */
export type UndoOffer = { 
/**
 * The act that undo takes back.
 */
undo: OfferedOp | null, 
/**
 * The act that redo brings back.
 */
redo: OfferedOp | null, };

/**
 * The unit of a figure.
 */
export type Unit = "none" | "hours" | "calendar_days" | "working_days" | "days" | "months" | "years" | "percent" | "times";

/**
 * Asks what was written in a field before.
 */
export type UsedBefore = { 
/**
 * Register or line register.
 */
register: string, 
/**
 * Field id.
 */
field: string, 
/**
 * A part of the value or of its pinyin; empty for all.
 */
text?: string, 
/**
 * At most so many.
 */
limit?: number, };

/**
 * A view: a name for conditions and an order.
 */
export type ViewView = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Chinese name.
 */
label: string, 
/**
 * Its conditions.
 */
filters: Array<Condition>, 
/**
 * Its order, as in a list.
 */
sort: Array<string>, };

/**
 * Asks for the built-in views of a register.
 */
export type Views = { 
/**
 * Register id or Chinese name.
 */
register: string, };

/**
 * One waived guard.
 */
export type WaiveGuard = { 
/**
 * The guard's code.
 */
code: string, 
/**
 * Why.
 */
reason: string, };

/**
 * What to look at before printing.
 */
export type Warning = { 
/**
 * What it is about.
 */
kind: WarningKind, 
/**
 * In words.
 */
message: string, };

/**
 * What a warning is about.
 */
export type WarningKind = "fits" | "blank" | "reprint" | "glyph";

/**
 * One stage of the way.
 */
export type WayStage = { 
/**
 * Stable id.
 */
stage: string, 
/**
 * Chinese name.
 */
label: string, 
/**
 * Where it stands.
 */
state: StageState, 
/**
 * When it was done.
 */
at: string | null, };

/**
 * The way of one case.
 */
export type WayView = { 
/**
 * The ordinary way, stage by stage.
 */
steps: Array<WayStage>, 
/**
 * The step that usually comes next; nothing for a closed case.
 */
next: StepOffer | null, 
/**
 * All other steps and acts, the usual ones first.
 */
others: Array<StepOffer>, 
/**
 * How the case ended, when it did not end by the ordinary way.
 */
ended: string | null, };

/**
 * States and steps of a register.
 */
export type WorkflowView = { 
/**
 * The ordinary way.
 */
path: Array<StageView>, 
/**
 * States with their marks.
 */
states: Array<StateView>, 
/**
 * Steps and acts.
 */
steps: Array<StepView>, 
/**
 * States in which nothing more is due.
 */
closed: Array<string>, };
