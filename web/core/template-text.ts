import type { Template } from '../models.ts';

/** The words that the client will read, for the bubble: the history tells them exactly once the template has left. */
export function templateText({ components, name }: Template, values: readonly string[]): string {
  let used = 0;
  const texts = components
    .filter(({ type, format }) => type.toUpperCase() !== 'HEADER' || (format ?? 'TEXT').toUpperCase() === 'TEXT')
    .flatMap(({ text = '' }) => {
      const first = used;
      // Values stand in the order of header and body; each text counts its own from one.
      const places = [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])];
      used += places.length;
      return places.reduce((said, place, at) => said.replaceAll(place, values[first + at] ?? place), text);
    });
  return texts.filter((text) => text !== '').join('\n') || name;
}
