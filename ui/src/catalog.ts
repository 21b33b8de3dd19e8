// Registers, fields and choice lists as the program describes them; read once an office.
import { shallowRef } from 'vue';
import { call, type CatalogView, type FieldView, type RegisterView } from './host';

const kept = shallowRef<CatalogView | null>(null);
let reading: Promise<CatalogView> | null = null;

/** The catalog, read at the first need. */
export function readCatalog(): Promise<CatalogView> {
    reading ??= call('catalog', {}).then((answer) => (kept.value = answer));
    return reading;
}

/** Forgets it: another office may have other words. */
export function forgetCatalog(): void {
    reading = null;
    kept.value = null;
}

/** The catalog that was read; pages are only mounted after that. */
export function catalog(): CatalogView {
    if (kept.value === null) throw new Error('catalog is not read yet');
    return kept.value;
}

/** A register by its id. */
export function register(id: string): RegisterView {
    const found = catalog().registers.find((r) => r.id === id);
    if (found === undefined) throw new Error(`no register ${id}`);
    return found;
}

/** A field of a register by its id. */
export function field(of: RegisterView, id: string): FieldView | undefined {
    return of.fields.find((f) => f.id === id);
}

/** The choices of a list, in the order of the paper. */
export function choices(list: string): { code: string; label: string }[] {
    return catalog().lists[list]?.choices ?? [];
}
