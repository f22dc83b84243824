import { describe, expect, test } from 'vitest';
import { typeOf } from '#media/file-type';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('the type of a file', () => {
  test.each([
    {
      name: 'a picture is what its bytes say',
      file: PNG,
      hints: { type: 'text/html', name: 'a.html' },
      type: 'image/png',
    },
    { name: 'a PDF', file: bytes('%PDF-1.7\n'), hints: {}, type: 'application/pdf' },
    {
      name: 'a voice message, without parameters',
      file: bytes(`OggS\0\x02${'\0'.repeat(18)}\0\0\x01\x13OpusHead`),
      hints: {},
      type: 'audio/ogg',
    },
    {
      name: 'an MP3 file with a large picture',
      file: bytes(`ID3\x03\0\0\0\x7f\x7f\x7f${'x'.repeat(300)}`),
      hints: {},
      type: 'audio/mpeg',
    },
    {
      name: 'a page that is called a picture',
      file: bytes('\n<!DOCTYPE html><html>'),
      hints: { type: 'image/png', name: 'a.png' },
      type: 'text/html',
    },
    { name: 'a page behind a byte order mark', file: bytes('\xef\xbb\xbf<html>'), hints: {}, type: 'text/html' },
    {
      name: 'a drawing',
      file: bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      hints: { type: 'image/png' },
      type: 'image/svg+xml',
    },
    {
      name: 'a drawing in XML',
      file: bytes('<?xml version="1.0"?><svg/>'),
      hints: { name: 'a.svg' },
      type: 'image/svg+xml',
    },
    {
      name: 'a document in a container, by its type',
      file: bytes(`PK\x03\x04${'a'.repeat(40)}`),
      hints: { type: DOCX },
      type: DOCX,
    },
    {
      name: 'a document in a container, by its name',
      file: bytes(`PK\x03\x04${'a'.repeat(40)}`),
      hints: { type: 'application/octet-stream', name: 'A.DOCX' },
      type: DOCX,
    },
    {
      name: 'a container that is called a picture',
      file: bytes(`PK\x03\x04${'a'.repeat(40)}`),
      hints: { type: 'image/png' },
      type: 'application/zip',
    },
    {
      name: 'a table, by its type',
      file: bytes('a;b\n1;2'),
      hints: { type: 'Text/CSV; charset=utf-8' },
      type: 'text/csv',
    },
    { name: 'a text, by its name', file: bytes('hello'), hints: { name: 'a.TXT' }, type: 'text/plain' },
    {
      name: 'bytes that are called a picture',
      file: bytes('hello'),
      hints: { type: 'image/png', name: 'a.png' },
      type: 'application/octet-stream',
    },
    {
      name: 'bytes of which nothing is known',
      file: bytes('\x01\x02'),
      hints: { type: 'nonsense' },
      type: 'application/octet-stream',
    },
  ])('$name: $type', async ({ file, hints, type }) => {
    expect(await typeOf(file, hints)).toBe(type);
  });
});
