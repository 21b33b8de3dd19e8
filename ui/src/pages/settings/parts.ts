// The parts of the settings, in the order of their list.

/** Every part: its address, its name, and in a few words what it is for. */
export const PARTS = [
    { id: 'office', label: '单位', about: '名称和代码印在文书上，编号格式只管以后的编号' },
    { id: 'departments', label: '部门', about: '责任部门、投诉管理机构从这里选' },
    { id: 'rules', label: '规则', about: '时限和做法的依据；改动从改的那天起算，办着的仍按原来的' },
    { id: 'calendar', label: '工作日历', about: '工作日按这里数；没有表的年份暂按周一至周五计' },
    { id: 'forms', label: '表式', about: '单位自己的名称和表号；已印出的仍是原样' },
    { id: 'look', label: '显示', about: '只影响这台电脑上的字大小' },
    { id: 'backup', label: '备份与检查', about: '每份备份读回核对过才算数' },
    { id: 'imports', label: '导入记录', about: '每一批都可以整批撤销' },
    { id: 'bin', label: '回收站', about: '删掉的都在这里，可以放回' },
    { id: 'drafts', label: '草稿', about: '没登记完的内容' },
    { id: 'about', label: '关于', about: '版本、文件夹、用到的软件' },
] as const;

/** The id of a part. */
export type PartId = (typeof PARTS)[number]['id'];

/** The code of a rule as papers print it; empty for settings, which have only a name. */
export function printedCode(code: string): string {
    return /^[A-Z]-\d+/.exec(code)?.[0] ?? '';
}
