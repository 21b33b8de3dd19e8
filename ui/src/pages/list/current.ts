// The list from which a record was opened, for 上一条 and 下一条 on its page. Nothing is kept here that
// the list itself needs when one comes back; that is `kept.ts`.
import { shallowRef } from 'vue';
import type { Condition } from '@/host';

/** A list and the place in it. */
export interface CurrentList {
    register: string;
    filters: Condition[];
    /** Text that must occur anywhere in a record. */
    text: string | null;
    /** Fields to sort by; a leading `-` turns the order. */
    sort: string[];
    /** The opened row, from 0. */
    index: number;
    total: number;
}

/** The list that was left; set when a row is opened. */
export const currentList = shallowRef<CurrentList | null>(null);
