/**
 * What the page may reach beside its own origin, if it is asked for at that host: the files, which have one host,
 * though this machine has several names, and the doorbell, which has the host of the page. Not every browser takes
 * a socket of the same host for the same origin.
 */
export function pagePlacesAt(host: string, filesUrl: string) {
  const isPlain = /^[a-z0-9.-]+(:\d+)?$/i.test(host);
  return { files: [new URL(filesUrl).origin], doorbell: isPlain ? [`ws://${host}`, `wss://${host}`] : [] };
}
