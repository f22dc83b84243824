/** The last time that has 13 digits (epoch ms), in 2286. */
export const LAST_TIME = 9_999_999_999_999;

/** The beginning of such keys. */
export const TIME_KEY = /^\d{13}#/;

/** A key that sorts by its time: 13 digits (epoch ms), `#` and an id that is unique among the keys of that time. */
export function timeKey(time: number, id: string): string {
  return `${String(time).padStart(13, '0')}#${id}`;
}

/** The time in such a key (epoch ms). A key that holds no time counts as one of 1970. */
export function timeOf(key: string): number {
  return TIME_KEY.test(key) ? Number(key.slice(0, 13)) : 0;
}

/** What sorts before every such key of that time or later, and after all earlier ones. */
export function beginOfTime(time: number): string {
  return timeKey(time, '');
}
