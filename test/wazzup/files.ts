import type { Written } from '#test/functions/content-host';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function file(type: string, body: Uint8Array | string): Written {
  const length = Buffer.byteLength(body);
  return { head: ['200 OK', `content-type: ${type}`, `content-length: ${length}`], body };
}

/** What lies at `{files}`, by its path. */
export const FILES: Readonly<Record<string, Written>> = {
  '/picture.png': file('image/png', PNG),
  '/price.pdf': file('application/pdf', '%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  '/voice.ogg': file(
    'audio/ogg',
    Buffer.concat([Buffer.from('OggS\0\u0002', 'latin1'), Buffer.alloc(22), Buffer.from('OpusHead')]),
  ),
  '/empty.png': file('image/png', ''),
  '/page.html': file('text/html', '<!doctype html><title>Sign in</title>'),
  '/program.exe': file('application/octet-stream', Buffer.from('MZ\x90\0\u0003\0\0\0', 'latin1')),
  '/11-megabytes.png': file('image/png', Buffer.concat([PNG, Buffer.alloc(11 * 1024 * 1024)])),
  '/6-megabytes.png': file('image/png', Buffer.concat([PNG, Buffer.alloc(6 * 1024 * 1024)])),
  '/moved.png': { head: ['302 Found', 'location: /picture.png'] },
  '/broken.png': { head: ['500 Internal Server Error'] },
};
