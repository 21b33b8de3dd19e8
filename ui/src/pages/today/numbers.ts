// How a record is named where there is little room: 投诉 0038; with its project's code where several
// projects stand beside each other.
/** Whether numbers of several projects occur, so that the running figure alone does not name one. */
export function manyProjects(numbers: readonly (string | null)[]): boolean {
    const codes = numbers
        .filter((number) => number !== null)
        .map((number) => number.split('-').slice(-2, -1).join());
    return new Set(codes).size > 1;
}

/** The short name of a record of the register with this label. */
export function shortName(label: string, number: string | null, long: boolean): string {
    if (number === null || number === '') return `${label} 未编号`;
    const parts = number.split('-');
    return long ? parts.slice(-2).join('-') : `${label} ${parts.at(-1) ?? ''}`;
}
