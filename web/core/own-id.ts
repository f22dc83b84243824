const START = 'konvert-';

/** The id of something that was made here, and not in a CRM. */
export function ownId(random: string): string {
  return START + random;
}

/** Whether the id was made here. */
export function isOwnId(id: string): boolean {
  return id.startsWith(START);
}
