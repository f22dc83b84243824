/** What refuses something, without these secrets: it may quote what was asked, and its texts are shown and stored. */
export function withoutSecrets<T>(refusal: T, secrets: readonly (string | undefined)[]): T {
  if (refusal === undefined) return refusal;
  let text = JSON.stringify(refusal);
  for (const secret of secrets) if (secret) text = text.replaceAll(JSON.stringify(secret).slice(1, -1), '<token>');
  return JSON.parse(text);
}
