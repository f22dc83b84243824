/** Where a client's file is: at an address, or at the addresses that MAX tells for the token of a video. */
export interface FilePlace {
  readonly url?: string;
  readonly videoToken?: string;
}

const LONGEST = 2048;

/** The place as an id of a file. Undefined if nothing of it can be used. */
export function toFileId({ url, videoToken }: FilePlace): string | undefined {
  const address = url !== undefined && isAddress(url) ? url : '';
  const token = videoToken !== undefined && /^[\w=+/~.-]{1,1024}$/.test(videoToken) ? videoToken : '';
  return address === '' && token === '' ? undefined : `${token} ${address}`.trimEnd();
}

/** The place that an id names. */
export function placeOf(fileId: string): FilePlace {
  const [videoToken = '', url = ''] = fileId.split(' ');
  return { ...(url !== '' && { url }), ...(videoToken !== '' && { videoToken }) };
}

function isAddress(url: string): boolean {
  return url.length <= LONGEST && /^https?:\/\/\S+$/.test(url) && URL.canParse(url);
}
