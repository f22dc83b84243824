/** ICU knows more names of three letters, which IANA never had and the calendar does not know: `IST` is India, Israel or Ireland. */
const IANA_SHORT = /^(?:CE|EE|ES|GM|HS|ME|MS|UC|WE)T$/i;
const SHORT = /^[A-Z]{2}T$/i;

/** Whether that is the name of a zone, an alias included. An offset is none: it would be wrong for half of the year. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name) || (SHORT.test(name) && !IANA_SHORT.test(name))) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
