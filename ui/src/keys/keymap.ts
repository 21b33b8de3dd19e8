// The one list of keys: what the keyboard does, where, and in which words F1 says it.

/** Where a key acts. `all` acts everywhere; the others on their page or dialog. */
export type Place = 'all' | 'list' | 'record' | 'entry' | 'paper';

/** One act that has a key. */
export interface KeyAct {
    /** Spelled like `Ctrl+Shift+S`, `F2`, `Escape`. Several are alternatives. */
    keys: readonly string[];
    place: Place;
    /** For F1. */
    words: string;
    /** Acts although the cursor stands in a field. Keys with Ctrl, Alt and the F keys always do. */
    inField?: boolean;
}

export const KEYMAP = {
    search: { keys: ['Ctrl+K'], place: 'all', words: '查任何一条' },
    help: { keys: ['F1'], place: 'all', words: '看全部快捷键' },
    nextArea: { keys: ['F6', 'Shift+F6'], place: 'all', words: '到下一块：导航、页面、侧栏' },
    undo: { keys: ['Ctrl+Z'], place: 'all', words: '撤销刚才登记的事' },
    redo: { keys: ['Ctrl+Y', 'Ctrl+Shift+Z'], place: 'all', words: '重做撤销的事' },
    back: { keys: ['Escape'], place: 'all', words: '退一步：关对话框、回列表', inField: true },
    today: { keys: ['Alt+1'], place: 'all', words: '到“今日”' },
    complaints: { keys: ['Alt+2'], place: 'all', words: '到“投诉”' },
    projects: { keys: ['Alt+3'], place: 'all', words: '到“工程”' },
    customers: { keys: ['Alt+4'], place: 'all', words: '到“顾客信息”' },
    papers: { keys: ['Alt+5'], place: 'all', words: '到“文书”' },
    settings: { keys: ['Alt+0'], place: 'all', words: '到“设置”' },
    create: { keys: ['Ctrl+N'], place: 'list', words: '登记一条' },
    open: { keys: ['F2', 'Enter'], place: 'list', words: '打开选中的一条' },
    choose: { keys: [' '], place: 'list', words: '选中或不选这一条' },
    print: { keys: ['Ctrl+P'], place: 'list', words: '打印选中的' },
    filter: { keys: ['Ctrl+F'], place: 'list', words: '到筛选' },
    exportList: { keys: ['Ctrl+E'], place: 'list', words: '导出 Excel' },
    copyRows: { keys: ['Ctrl+C'], place: 'list', words: '复制选中的行，可贴到 Excel' },
    remove: { keys: ['Delete'], place: 'list', words: '放进回收站' },
    edit: { keys: ['F2'], place: 'record', words: '修改' },
    next: { keys: ['Ctrl+Enter'], place: 'record', words: '办下一步' },
    printRecord: { keys: ['Ctrl+P'], place: 'record', words: '打印文书' },
    attach: { keys: ['Ctrl+O'], place: 'record', words: '添加附件' },
    note: { keys: ['Ctrl+J'], place: 'record', words: '记一笔' },
    previous: { keys: ['Alt+ArrowUp', 'Ctrl+PageUp'], place: 'record', words: '上一条' },
    following: { keys: ['Alt+ArrowDown', 'Ctrl+PageDown'], place: 'record', words: '下一条' },
    save: { keys: ['Ctrl+S'], place: 'entry', words: '登记，或存修改' },
    saveAndNew: { keys: ['Ctrl+Shift+S'], place: 'entry', words: '登记并再记一条' },
    saveAndPrint: { keys: ['Ctrl+P'], place: 'entry', words: '登记并打印记录表' },
    fieldNext: { keys: ['Enter'], place: 'entry', words: '下一栏', inField: true },
    fieldBack: { keys: ['Shift+Enter'], place: 'entry', words: '上一栏', inField: true },
    newLine: { keys: ['Ctrl+Enter'], place: 'entry', words: '长文字里换行' },
    copyLast: { keys: ['Ctrl+D'], place: 'entry', words: '照抄上一条' },
    phrases: { keys: ['F4'], place: 'entry', words: '常用语，再按数字插入' },
    printNow: { keys: ['Enter'], place: 'paper', words: '打印' },
    savePdf: { keys: ['Ctrl+S'], place: 'paper', words: '存为 PDF' },
    zoomIn: { keys: ['Ctrl+=', 'Ctrl++', 'Ctrl+Shift++'], place: 'paper', words: '放大' },
    zoomOut: { keys: ['Ctrl+-'], place: 'paper', words: '缩小' },
    pageUp: { keys: ['PageUp'], place: 'paper', words: '上一页' },
    pageDown: { keys: ['PageDown'], place: 'paper', words: '下一页' },
} as const satisfies Record<string, KeyAct>;

/** The name of an act that has a key. */
export type Act = keyof typeof KEYMAP;

/** The heading of a place on the F1 sheet. */
export const PLACES: Record<Place, string> = {
    all: '到处',
    list: '列表',
    record: '一条记录',
    entry: '填写',
    paper: '打印',
};

const SHOWN: Record<string, string> = {
    Escape: 'Esc',
    ' ': '空格',
    ArrowUp: '↑',
    ArrowDown: '↓',
    '=': '+',
};

/** A key as it is printed on buttons: `Ctrl+S`, `Alt+↑`. */
export function shownKey(act: Act): string {
    return spelled(KEYMAP[act].keys[0]);
}

/** Any spelling of the keymap as it is printed. */
export function spelled(key: string): string {
    return key
        .split('+')
        .map((part) => SHOWN[part] ?? part)
        .join('+');
}
