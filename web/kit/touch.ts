/** Whether the page is touched rather than pointed at. */
export function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
