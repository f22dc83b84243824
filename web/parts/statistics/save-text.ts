/** Lets the browser save a text as a file for a spreadsheet, which needs the mark at its beginning to read letters right. */
export function saveText(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([`\u{feff}${text}`], { type: 'text/csv' }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
