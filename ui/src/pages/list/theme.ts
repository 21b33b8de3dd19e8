// The look of the grid. Every size is a token of the page, so that 大 and 特大 and high windows change
// it without asking the grid; no zebra, hairlines, one accent.
import { themeQuartz } from 'ag-grid-community';

export const theme = themeQuartz.withParams({
    accentColor: 'var(--accent)',
    backgroundColor: 'var(--paper)',
    foregroundColor: 'var(--ink)',
    textColor: 'var(--ink)',
    borderColor: 'var(--line)',
    fontFamily: 'inherit',
    fontSize: '1rem',
    headerFontSize: '1rem',
    headerFontWeight: 700,
    headerBackgroundColor: 'var(--head)',
    headerTextColor: 'var(--ink)',
    headerCellHoverBackgroundColor: 'var(--head)',
    // Head and the row of filters, which lies over its lower part.
    headerHeight: 'calc(var(--grid-head) + var(--grid-filters))',
    rowHeight: 'var(--row)',
    spacing: '0.5rem',
    cellHorizontalPadding: '0.5rem',
    columnBorder: { color: 'var(--line)' },
    rowBorder: { color: 'var(--line)' },
    headerColumnBorder: { color: 'var(--line-2)' },
    headerRowBorder: { color: 'var(--line-2)' },
    oddRowBackgroundColor: 'var(--paper)',
    rowHoverColor: 'var(--label)',
    selectedRowBackgroundColor: 'var(--accent-wash)',
    wrapperBorder: false,
    wrapperBorderRadius: 0,
    borderRadius: 4,
    iconSize: '1rem',
});
