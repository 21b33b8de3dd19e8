// The entries of the navigation, in their order and groups. Only what is built stands here.
import type { RouteLocationRaw } from 'vue-router';
import type { Act } from '@/keys/keymap';

/** One entry. */
export interface Entry {
    /** As the program counts it: `today` or a register's id. */
    id: string;
    label: string;
    to: RouteLocationRaw;
    /** Its key. */
    act: Act | null;
}

const list = (register: string, label: string, act: Act | null): Entry => ({
    id: register,
    label,
    to: { name: 'list', params: { register } },
    act,
});

/** Groups of entries, parted by a line. */
export const GROUPS: readonly (readonly Entry[])[] = [
    [
        { id: 'today', label: '今日', to: { name: 'today' }, act: 'today' },
        list('project', '工程', 'projects'),
    ],
    [list('complaint', '投诉', 'complaints')],
    [
        list('customer', '顾客信息', 'customers'),
        list('person', '人员', null),
        list('paper', '文书', 'papers'),
    ],
];

/** The entry at the foot. */
export const SETTINGS: Entry = {
    id: 'settings',
    label: '设置',
    to: { name: 'settings' },
    act: 'settings',
};
