// Places that are small, closed or full, for the claims about what goes wrong. Mounting needs root.
import { execFileSync } from 'node:child_process';
import {
    chmodSync,
    closeSync,
    mkdtempSync,
    openSync,
    readdirSync,
    rmSync,
    statSync,
    writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const IS_ROOT = process.getuid?.() === 0;

/** A disk of a few megabytes, its own for one claim. */
export class SmallDisk {
    readonly path = mkdtempSync(join(tmpdir(), 'taizhang-disk-'));

    constructor(megabytes: number) {
        execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.path]);
    }

    /** Fills it to the last byte. */
    fill(): void {
        const ballast = openSync(join(this.path, 'ballast'), 'a');
        for (const size of [1 << 20, 1 << 16, 1 << 12, 1])
            try {
                for (;;) if (writeSync(ballast, Buffer.alloc(size)) === 0) break;
            } catch {
                // Full for pieces of this size.
            }
        closeSync(ballast);
    }

    /** Makes room again. */
    free(): void {
        rmSync(join(this.path, 'ballast'));
    }

    /** Closes it for writing, or opens it again. Nobody may have a file open for writing. */
    readOnly(closed: boolean): void {
        execFileSync('mount', ['-o', closed ? 'remount,ro' : 'remount,rw', this.path]);
    }

    /** Takes it away, as a stick is pulled out. */
    pull(): void {
        execFileSync('umount', ['-l', this.path]);
        rmSync(this.path, { recursive: true, force: true });
    }
}

/** A folder in which nobody can write, and how it goes away. */
export function closedFolder(): { path: string; end: () => void } {
    if (IS_ROOT) {
        const disk = new SmallDisk(1);
        disk.readOnly(true);
        return { path: disk.path, end: () => disk.pull() };
    }
    const path = mkdtempSync(join(tmpdir(), 'taizhang-closed-'));
    chmodSync(path, 0o555);
    return { path, end: () => rmSync(path, { recursive: true, force: true }) };
}

/** All files below a folder. */
export function filesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile());
}
