/**
 * How long this process computes while it runs (ms). A loaded machine changes nothing: the time in which it waits for its
 * turn is not counted.
 */
export function cpuMsOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
