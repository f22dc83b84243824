/** A value of a command, as PHP reads it from a query. What is undefined is left out. */
export type Value = string | number | undefined | Reference | readonly Value[] | { readonly [name: string]: Value };

/** What an earlier command of the same batch has answered. */
export class Reference {
  readonly text: string;

  constructor(command: string, ...path: readonly string[]) {
    this.text = `$result${[command, ...path].map((part) => `[${part}]`).join('')}`;
  }
}

/**
 * A command of a batch. https://apidocs.bitrix24.com/settings/how-to-call-rest-api/batch.html
 * Bitrix24 puts the answers of earlier commands in for `$result[…]` in any text, so the names and texts of clients are
 * disarmed: an unseen sign stands between the dollar and the word.
 */
export function commandOf(method: string, parameters: { readonly [name: string]: Value }): string {
  return `${method}?${pairsOf(parameters).join('&')}`;
}

function pairsOf(value: Value, path = ''): string[] {
  if (value === undefined) return [];
  if (value instanceof Reference) return [`${path}=${encodeURIComponent(value.text)}`];
  if (typeof value !== 'object') {
    return [`${path}=${encodeURIComponent(String(value).toWellFormed().replaceAll('$result', '$\u2060result'))}`];
  }
  return Object.entries(value).flatMap(([name, inner]: [string, Value]) => {
    const part = encodeURIComponent(name);
    return pairsOf(inner, path === '' ? part : `${path}[${part}]`);
  });
}
