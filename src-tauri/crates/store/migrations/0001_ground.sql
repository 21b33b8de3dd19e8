-- The ground: registers of the first release, history, numbers, deadlines, drafts, search.
-- reader floor: 1
--
-- Not released yet, so edited in place; a released file never changes.
-- Every register has the system columns first, then one column for each stored field of its spec;
-- a test compares both and prints missing lines ready to paste. Moments and dates are ISO text,
-- money is integer fen, ticks are 0 and 1, links hold the UUID of the record they point to.
-- Nothing cascades: deleting is a status, erasing an op of its own.

-- What was done to this file, for support.
CREATE TABLE schema_migration (
    number INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    reader_floor INTEGER NOT NULL,
    app_version TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;

-- One record: the office itself and its settings.
CREATE TABLE office (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    name TEXT,
    short_name TEXT,
    code TEXT,
    office_type TEXT,
    company TEXT,
    credit_code TEXT,
    address TEXT,
    phone TEXT,
    hotline TEXT,
    reception TEXT,
    operator TEXT,
    site TEXT,
    work_calendar TEXT,
    number_pattern TEXT,
    privacy_notice TEXT
) STRICT;


CREATE TABLE department (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    name TEXT,
    printed_name TEXT,
    head TEXT,
    phone TEXT,
    complaint_body INTEGER CHECK (complaint_body IN (0, 1)),
    remark TEXT
) STRICT;
CREATE INDEX department_name ON department(name) WHERE deleted_at IS NULL;

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    name TEXT,
    kind TEXT,
    legal_representative TEXT,
    credit_code TEXT,
    contact_name TEXT,
    phone TEXT,
    address TEXT,
    status TEXT,
    remark TEXT
) STRICT;
CREATE UNIQUE INDEX customer_number ON customer(number) WHERE number IS NOT NULL;
CREATE INDEX customer_name ON customer(name) WHERE deleted_at IS NULL;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    name TEXT,
    kind TEXT,
    unit TEXT,
    title TEXT,
    phone TEXT,
    address TEXT,
    customer TEXT REFERENCES customer(uuid) DEFERRABLE INITIALLY DEFERRED,
    legal_basis TEXT,
    remark TEXT
) STRICT;
CREATE INDEX person_name ON person(name) WHERE deleted_at IS NULL;
CREATE INDEX person_phone ON person(phone) WHERE phone IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX person_customer ON person(customer) WHERE customer IS NOT NULL AND deleted_at IS NULL;

-- Projects with their unit works.
CREATE TABLE project (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    name TEXT,
    code TEXT,
    province TEXT,
    city TEXT,
    address TEXT,
    area INTEGER,
    structure TEXT,
    phase TEXT,
    customer TEXT REFERENCES customer(uuid) DEFERRABLE INITIALLY DEFERRED,
    designer TEXT,
    surveyor TEXT,
    supervisor TEXT,
    started_on TEXT,
    finished_on TEXT,
    accepted_on TEXT,
    handed_over_on TEXT,
    manager TEXT,
    phone TEXT,
    successor TEXT,
    remark TEXT
) STRICT;
CREATE INDEX project_code ON project(code) WHERE deleted_at IS NULL;
CREATE INDEX project_name ON project(name) WHERE deleted_at IS NULL;

CREATE TABLE unit_work (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    parent TEXT NOT NULL REFERENCES project(uuid) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    name TEXT,
    accepted_on TEXT,
    households INTEGER,
    remark TEXT
) STRICT;
CREATE INDEX unit_work_parent ON unit_work(parent, position);

-- Complaints; the actions on each are its lines.
CREATE TABLE complaint (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    project TEXT REFERENCES project(uuid) DEFERRABLE INITIALLY DEFERRED,
    intake_type TEXT,
    received_at TEXT,
    channel TEXT,
    receiver TEXT,
    original_no TEXT,
    transfer_no TEXT,
    transfer_from TEXT,
    outer_deadline TEXT,
    anonymous INTEGER CHECK (anonymous IN (0, 1)),
    complainant_name TEXT,
    complainant_unit TEXT,
    phone TEXT,
    address TEXT,
    relation TEXT,
    person TEXT REFERENCES person(uuid) DEFERRABLE INITIALLY DEFERRED,
    unit_work TEXT,
    location TEXT,
    content TEXT,
    detail TEXT,
    demand TEXT,
    class TEXT,
    grade TEXT,
    urgent INTEGER CHECK (urgent IN (0, 1)),
    accept_department TEXT REFERENCES department(uuid) DEFERRABLE INITIALLY DEFERRED,
    acceptor TEXT,
    accepted_at TEXT,
    accept_opinion TEXT,
    refuse_reason TEXT,
    other_channel TEXT,
    department TEXT REFERENCES department(uuid) DEFERRABLE INITIALLY DEFERRED,
    duplicate_of TEXT REFERENCES complaint(uuid) DEFERRABLE INITIALLY DEFERRED,
    repeat_of TEXT REFERENCES complaint(uuid) DEFERRABLE INITIALLY DEFERRED,
    converted_to TEXT,
    handler TEXT,
    contact_promise TEXT,
    facts TEXT,
    cause TEXT,
    liability TEXT,
    outcome TEXT,
    opinion TEXT,
    measures TEXT,
    measures_by TEXT,
    due_on TEXT,
    cost INTEGER,
    approver TEXT,
    approve_opinion TEXT,
    public_matter INTEGER CHECK (public_matter IN (0, 1)),
    customer_opinion TEXT,
    result TEXT,
    handled_at TEXT,
    department_head TEXT,
    visited INTEGER CHECK (visited IN (0, 1)),
    visited_at TEXT,
    visitor TEXT,
    visit_mode TEXT,
    satisfaction TEXT,
    satisfaction_reason TEXT,
    visit_conclusion TEXT,
    round INTEGER,
    escalated INTEGER CHECK (escalated IN (0, 1)),
    malicious INTEGER CHECK (malicious IN (0, 1)),
    waiting INTEGER CHECK (waiting IN (0, 1)),
    paper_outstanding INTEGER CHECK (paper_outstanding IN (0, 1)),
    import_batch TEXT,
    remark TEXT
) STRICT;
CREATE UNIQUE INDEX complaint_number ON complaint(number) WHERE number IS NOT NULL;
CREATE INDEX complaint_state ON complaint(state, received_at) WHERE deleted_at IS NULL;
CREATE INDEX complaint_project ON complaint(project, received_at) WHERE deleted_at IS NULL;
CREATE INDEX complaint_received_at ON complaint(received_at) WHERE deleted_at IS NULL;
-- `deleted_at` stands in indexes that answer counts by themselves: SQLite asks for it all the same.
CREATE INDEX complaint_grade ON complaint(grade, received_at, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX complaint_anonymous ON complaint(received_at, deleted_at) WHERE anonymous = 1 AND deleted_at IS NULL;
CREATE INDEX complaint_handled_at ON complaint(handled_at, received_at, deleted_at) WHERE handled_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX complaint_visited_at ON complaint(visited_at, satisfaction, deleted_at) WHERE visited_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX complaint_duplicate_of ON complaint(duplicate_of) WHERE duplicate_of IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX complaint_repeat_of ON complaint(repeat_of) WHERE repeat_of IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX complaint_person ON complaint(person) WHERE person IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX complaint_phone ON complaint(phone) WHERE phone IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX complaint_import_batch ON complaint(import_batch) WHERE import_batch IS NOT NULL AND deleted_at IS NULL;

CREATE TABLE complaint_action (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    parent TEXT NOT NULL REFERENCES complaint(uuid) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    step TEXT,
    occurred_at TEXT,
    person TEXT,
    text TEXT,
    round INTEGER,
    rule TEXT,
    until TEXT,
    archive_item TEXT,
    from_state TEXT,
    to_state TEXT,
    entered_at TEXT
) STRICT;
CREATE INDEX complaint_action_parent ON complaint_action(parent, position);

-- Papers: what was printed, with the values as printed.
CREATE TABLE paper (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    paper_number TEXT,
    form TEXT,
    form_version INTEGER,
    override_version INTEGER,
    title TEXT,
    register TEXT,
    record TEXT,
    project TEXT REFERENCES project(uuid) DEFERRABLE INITIALLY DEFERRED,
    own_values TEXT,
    printed_values TEXT,
    history_head TEXT,
    printed_at TEXT,
    printed_by TEXT,
    prints INTEGER,
    pages INTEGER,
    blank INTEGER CHECK (blank IN (0, 1)),
    file TEXT,
    status TEXT,
    returned_at TEXT,
    returned_file TEXT
) STRICT;
CREATE INDEX paper_record ON paper(record) WHERE deleted_at IS NULL;
CREATE INDEX paper_paper_number ON paper(paper_number) WHERE deleted_at IS NULL;
CREATE INDEX paper_printed_at ON paper(printed_at) WHERE deleted_at IS NULL;
CREATE INDEX paper_project ON paper(project) WHERE deleted_at IS NULL;
-- Sheets that are still out.
CREATE INDEX paper_out ON paper(printed_at, record, deleted_at) WHERE status = 'printed' AND deleted_at IS NULL;

-- Files kept beside the database, by hash.
CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    name TEXT,
    file TEXT,
    size INTEGER,
    media_type TEXT,
    kind TEXT,
    register TEXT,
    record TEXT,
    line TEXT,
    taken_at TEXT,
    added_at TEXT,
    note TEXT
) STRICT;
CREATE INDEX attachment_record ON attachment(record) WHERE deleted_at IS NULL;
CREATE INDEX attachment_file ON attachment(file);

-- The office's own dated figures, calendars and form wording.
CREATE TABLE rule_change (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    rule TEXT,
    value TEXT,
    unit TEXT,
    effective_from TEXT,
    reason TEXT
) STRICT;
CREATE INDEX rule_change_rule ON rule_change(rule, effective_from) WHERE deleted_at IS NULL;

CREATE TABLE calendar_table (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    year INTEGER,
    source TEXT,
    "table" TEXT
) STRICT;
CREATE INDEX calendar_table_year ON calendar_table(year) WHERE deleted_at IS NULL;

CREATE TABLE form_change (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    form TEXT,
    version INTEGER,
    change TEXT,
    effective_from TEXT,
    reason TEXT
) STRICT;
CREATE INDEX form_change_form ON form_change(form, version) WHERE deleted_at IS NULL;

-- What was imported from which ledger.
CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    number TEXT,
    state TEXT,
    row_version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    deleted_reason TEXT,
    name TEXT,
    file_hash TEXT,
    target TEXT,
    imported_at TEXT,
    rows_in INTEGER,
    rows_bad INTEGER,
    undone INTEGER CHECK (undone IN (0, 1))
) STRICT;
CREATE INDEX import_batch_imported_at ON import_batch(imported_at) WHERE deleted_at IS NULL;

-- History. Ops and changes are append-only; values and names stand apart, so that they can be
-- erased without breaking the chain, which holds only their salted digests.
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    operator TEXT NOT NULL,
    site TEXT NOT NULL,
    salt BLOB NOT NULL,
    UNIQUE (operator, site)
) STRICT;

CREATE TABLE op (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    actor INTEGER NOT NULL,
    actor_digest BLOB NOT NULL,
    event_at TEXT,
    entry_at TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    batch TEXT,
    undoes INTEGER REFERENCES op(id),
    reason_digest BLOB,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX op_undoes ON op(undoes) WHERE undoes IS NOT NULL;
CREATE INDEX op_batch ON op(batch) WHERE batch IS NOT NULL;

-- The records that an op touched; each owns `count` changes from `first` on.
CREATE TABLE touched (
    op INTEGER NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    register TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (op, first)
) STRICT, WITHOUT ROWID;
CREATE INDEX touched_record ON touched(record);

CREATE TABLE change (
    op INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    line_register TEXT,
    line BLOB,
    field TEXT NOT NULL,
    before_digest BLOB,
    after_digest BLOB,
    PRIMARY KEY (op, seq)
) STRICT, WITHOUT ROWID;

-- Values of a change; sequence 0 holds the reason of the op as its value after.
CREATE TABLE history_value (
    op INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    salt BLOB NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (op, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER op_is_kept BEFORE DELETE ON op BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER op_is_fixed BEFORE UPDATE ON op BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER touched_is_kept BEFORE DELETE ON touched BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER touched_is_fixed BEFORE UPDATE ON touched BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER change_is_fixed BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- Numbers: what comes next in each series, and what became of each number.
CREATE TABLE number_series (
    series TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE number_given (
    series TEXT NOT NULL REFERENCES number_series(series),
    sequence INTEGER NOT NULL,
    number TEXT UNIQUE,
    register TEXT,
    record TEXT,
    status TEXT NOT NULL CHECK (status IN ('given', 'reserved', 'void')),
    reason TEXT,
    PRIMARY KEY (series, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX number_given_record ON number_given(record) WHERE record IS NOT NULL;

-- Derived: counted anew whenever an event, a rule or the calendar changes.
CREATE TABLE deadline (
    id INTEGER PRIMARY KEY,
    register TEXT NOT NULL,
    record TEXT NOT NULL,
    rule TEXT NOT NULL,
    round INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    due_at TEXT,
    met_at TEXT,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    state TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (json_valid(detail)),
    rule_version TEXT NOT NULL,
    calendar_version TEXT NOT NULL,
    UNIQUE (record, rule, round)
) STRICT;
-- With all that lists and the page of the day ask of it, so that they never read the row.
CREATE INDEX deadline_due ON deadline(due_at, register, record, rule, round) WHERE open = 1 AND due_at IS NOT NULL;

-- What was typed and not saved yet.
CREATE TABLE draft (
    key TEXT PRIMARY KEY,
    register TEXT NOT NULL,
    record TEXT,
    body TEXT NOT NULL CHECK (json_valid(body)),
    saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How the office likes its window: columns, views, phrases. Outside history and undo.
CREATE TABLE preference (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- Search. A doc is one record outside the recycle bin: register number times 2^40 plus row key.
-- `search_block` holds, for each piece of text and each 65,536 docs, the set of docs that have it.
-- Docs written since the sets were last brought up to date stand in `search_pending` with the text
-- that the sets still know of them.
CREATE TABLE search_register (
    id INTEGER PRIMARY KEY,
    register TEXT NOT NULL UNIQUE
) STRICT;

-- By which rules the texts were made; other rules, and they are made anew when the file is opened.
CREATE TABLE search_rules (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    fingerprint TEXT NOT NULL
) STRICT;

CREATE TABLE search_doc (
    doc INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE search_pending (
    doc INTEGER PRIMARY KEY,
    indexed TEXT
) STRICT;

CREATE TABLE search_block (
    block INTEGER NOT NULL,
    term TEXT NOT NULL,
    docs BLOB NOT NULL,
    PRIMARY KEY (block, term)
) STRICT, WITHOUT ROWID;
