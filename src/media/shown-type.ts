/** What a browser may show. Everything else could hold a script, or is of no use in a page. */
const SHOWN = /^(image\/(jpeg|png|gif|webp)|audio\/[\w.+-]+|video\/(mp4|webm)|application\/pdf)$/;

/** The type of a file that nothing is known of, or that a browser is not to look into. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** How a file is handed out: the type, and what a browser is to do with it. */
export interface ShownAs {
  readonly type: string;
  /** A `Content-Disposition` (RFC 6266). */
  readonly disposition: string;
}

/**
 * How a file of that type is handed out. The type is what its bytes say, never what its sender says. A type that could
 * run a script, such as SVG or HTML, is an attachment without a type.
 */
export function shownAs(type: string | undefined, name: string): ShownAs {
  const [plain = ''] = (type ?? '').split(';', 1);
  const isShown = SHOWN.test(plain.trim());
  const disposition = isShown ? 'inline' : 'attachment';
  return {
    type: isShown ? plain.trim() : UNKNOWN_TYPE,
    disposition: `${disposition}; filename*=UTF-8''${encoded(name)}`,
  };
}

/** The headers of a file of that type. Nothing in it runs in any browser. */
export function fileHeaders(type: string | undefined, name: string) {
  const shown = shownAs(type, name);
  return {
    'content-type': shown.type,
    'content-disposition': shown.disposition,
    'content-security-policy': "sandbox; default-src 'none'",
    'accept-ranges': 'bytes',
  };
}

/** As RFC 8187 wants it: what `encodeURIComponent` leaves of the marks is encoded too. */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
}
